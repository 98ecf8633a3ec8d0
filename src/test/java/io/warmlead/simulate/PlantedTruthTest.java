package io.warmlead.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class PlantedTruthTest {
  @Test
  void halfLivesDifferBySignalAndBySegment() {
    Map<String, Map<String, Double>> halfLives = PlantedTruth.halfLives();

    Map<String, Double> small = halfLives.get("small business");
    Map<String, Double> enterprise = halfLives.get("enterprise");
    assertThat(enterprise.keySet()).isEqualTo(small.keySet()).hasSizeGreaterThan(15);
    assertThat(new HashSet<>(small.values())).hasSizeGreaterThan(12);
    small.forEach(
        (signal, days) -> assertThat(enterprise.get(signal)).as(signal).isGreaterThan(3 * days));
    assertThat(small.get("page_view")).isLessThan(0.5);
    assertThat(enterprise.get("meeting")).isGreaterThan(20);
  }

  @Test
  void interestHalvesAfterTheHalfLifeOfItsSignal() {
    Interest interest = new Interest(Segment.ENTERPRISE, 10);
    interest.raise(Activity.DEMO_REQUEST, 2);
    interest.advanceTo(10 + Activity.DEMO_REQUEST.halfLifeDays(Segment.ENTERPRISE));

    assertThat(interest.total()).isCloseTo(1, within(1e-12));
  }

  @Test
  void offspringProlongsInterest() {
    Map<String, Map<String, Double>> prolonged = PlantedTruth.halfLivesWithOffspring();

    PlantedTruth.halfLives()
        .forEach(
            (segment, bySignal) ->
                bySignal.forEach(
                    (signal, days) ->
                        assertThat(prolonged.get(segment).get(signal))
                            .as(segment + " " + signal)
                            .isGreaterThan(days)
                            .isLessThan(6 * days)));
  }

  @Test
  void sharesSumToOne() {
    assertThat(sum(Activity.ALL.stream().mapToDouble(activity -> activity.projectShare)))
        .isCloseTo(1, within(1e-9));
    assertThat(sum(Activity.ALL.stream().mapToDouble(activity -> activity.interestShare)))
        .isCloseTo(1, within(1e-9));
    assertThat(sum(Arrays.stream(Segment.values()).mapToDouble(segment -> segment.share)))
        .isCloseTo(1, within(1e-9));
    assertThat(sum(Arrays.stream(LeadSource.values()).mapToDouble(source -> source.share)))
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void goodLeadsAreAnsweredFasterAndFastAnswersAreWorthMore() {
    assertThat(medianWait(1.5)).isLessThan(0.5 * medianWait(-1.5));
    assertThat(Response.effect(0)).isEqualTo(PlantedTruth.ANSWER_EFFECT);
    assertThat(Response.effect(0.25)).isCloseTo(PlantedTruth.ANSWER_EFFECT / 2, within(1e-9));
  }

  private static double medianWait(double quality) {
    CompanyCalendar calendar = new CompanyCalendar(60);
    SplittableRandom random = new SplittableRandom(2);
    double tuesdayMorning = calendar.firstMonday() + 8 + 7.0 / 24;
    double[] waits = new double[2_001];
    Arrays.setAll(
        waits,
        draw ->
            Response.answeredAt(tuesdayMorning, quality, draw % Owners.COUNT, calendar, random)
                - tuesdayMorning);
    Arrays.sort(waits);
    return waits[1_000];
  }

  private static double sum(DoubleStream values) {
    return values.sum();
  }
}
