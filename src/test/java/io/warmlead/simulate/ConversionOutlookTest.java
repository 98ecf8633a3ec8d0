package io.warmlead.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stated probabilities are those with which leads then convert. */
final class ConversionOutlookTest {
  private static final int LEADS = 15_000;
  private static final int DAYS = 150;
  private static final List<Snapshot> SNAPSHOTS = new ArrayList<>();
  private static int won;

  private record Snapshot(Lead lead, double probability, boolean converted) {}

  @BeforeAll
  static void liveManyLives() {
    CompanyCalendar calendar = new CompanyCalendar(DAYS);
    ConversionOutlook outlook = new ConversionOutlook(calendar);
    for (int number = 0; number < LEADS; number++) {
      Lead lead = Lead.of(17, number, LEADS, calendar);
      LeadLife.live(lead, 17, calendar, outlook, new Observer());
    }
  }

  private static final class Observer implements LeadLog {
    private final Map<Double, Double> probabilities = new HashMap<>();

    @Override
    public void engaged(Lead lead, double time, Activity activity) {}

    @Override
    public void asOf(Lead lead, double time, double interest, double probability) {
      if (time <= DAYS - PlantedTruth.HORIZON_DAYS) {
        probabilities.put(time, probability);
      }
    }

    @Override
    public void ended(Lead lead, LeadStory story) {
      won += story.isWon() ? 1 : 0;
      probabilities.forEach(
          (time, probability) ->
              SNAPSHOTS.add(
                  new Snapshot(
                      lead,
                      probability,
                      story.isWon() && story.closedAt() < time + PlantedTruth.HORIZON_DAYS)));
    }
  }

  @Test
  void ratesAreThoseOfARealCompany() {
    assertThat((double) won / LEADS).isBetween(0.05, 0.10);
    assertThat(rate(SNAPSHOTS)).isBetween(0.01, 0.04);
  }

  @Test
  void probabilitiesAreCalibratedOverallBySegmentAndByLevel() {
    assertThat(expected(SNAPSHOTS) / rate(SNAPSHOTS)).isCloseTo(1, within(0.08));
    for (Segment segment : Segment.values()) {
      List<Snapshot> some =
          SNAPSHOTS.stream().filter(snapshot -> snapshot.lead().segment() == segment).toList();
      assertThat(expected(some) / rate(some)).as(segment.label).isCloseTo(1, within(0.15));
    }
    List<Snapshot> ordered =
        SNAPSHOTS.stream().sorted(Comparator.comparingDouble(Snapshot::probability)).toList();
    for (int tenth = 5; tenth < 10; tenth++) {
      List<Snapshot> level =
          ordered.subList(ordered.size() * tenth / 10, ordered.size() * (tenth + 1) / 10);
      assertThat(expected(level) / rate(level)).as("tenth %d", tenth).isCloseTo(1, within(0.2));
    }
  }

  @Test
  void theTruthRanksWellButNotPerfectly() {
    assertThat(areaUnderCurve()).isBetween(0.80, 0.88);
  }

  @Test
  void leadsThatCannotConvertNeverDo() {
    assertThat(SNAPSHOTS)
        .filteredOn(snapshot -> !snapshot.lead().canConvert())
        .isNotEmpty()
        .allMatch(snapshot -> snapshot.probability() == 0 && !snapshot.converted());
  }

  private static double expected(List<Snapshot> snapshots) {
    return snapshots.stream().mapToDouble(Snapshot::probability).average().orElseThrow();
  }

  private static double rate(List<Snapshot> snapshots) {
    return snapshots.stream()
        .mapToDouble(snapshot -> snapshot.converted() ? 1 : 0)
        .average()
        .orElseThrow();
  }

  /** Share of pairs in the right order (Mann and Whitney), ties counted half. */
  private static double areaUnderCurve() {
    List<Snapshot> ordered =
        SNAPSHOTS.stream().sorted(Comparator.comparingDouble(Snapshot::probability)).toList();
    double pairs = 0;
    double before = 0;
    double conversions = 0;
    for (int from = 0; from < ordered.size(); ) {
      int to = from;
      double converted = 0;
      while (to < ordered.size()
          && ordered.get(to).probability() == ordered.get(from).probability()) {
        converted += ordered.get(to++).converted() ? 1 : 0;
      }
      double not = to - from - converted;
      pairs += converted * (before + not / 2);
      before += not;
      conversions += converted;
      from = to;
    }
    return pairs / (conversions * before);
  }
}
