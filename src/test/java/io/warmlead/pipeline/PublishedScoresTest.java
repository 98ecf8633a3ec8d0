package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.feature.Feature;
import io.warmlead.feature.Phrase;
import io.warmlead.lake.Lake;
import io.warmlead.model.Calibration;
import io.warmlead.model.LinearPredictor;
import io.warmlead.model.ScoringModel;
import io.warmlead.model.TierThresholds;
import io.warmlead.model.TrainingRecord;
import io.warmlead.table.ChallengerScores;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Outcomes;
import io.warmlead.table.TableContract;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every night the model says 10 %; then conversions come to as many as a test wants. */
final class PublishedScoresTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
  private static final int LEADS = 4_000;

  @TempDir private Path folder;
  private RunContext run;
  private Lake lake;

  @BeforeEach
  void openTheLake() {
    run = TestRuns.run("run-1", folder);
    lake = run.lake();
  }

  @Test
  void withoutEarlierScoresTheLevelStays() {
    assertThat(shift(0)).isZero();
    score(0, "other", 0.1, 0);
    assertThat(shift(7)).isZero();
  }

  @Test
  void trendsAreMeasuredFromAWeekAgoByTheSameModel() {
    score(0, "m-1", 0.1, 0);
    score(5, "m-1", 0.1, 0);
    score(9, "m-2", 0.1, 0);
    assertThat(trendFrom("m-1", 12)).contains(FIRST.plusDays(5));
    assertThat(trendFrom("m-1", 11)).contains(FIRST);
    // Younger than a week: from its oldest date.
    assertThat(trendFrom("m-1", 6)).contains(FIRST);
    assertThat(trendFrom("m-2", 12)).contains(FIRST.plusDays(9));
    assertThat(trendFrom("m-3", 12)).isEmpty();
    assertThat(trendFrom("m-1", 100)).isEmpty();
    assertThat(new PublishedScores(run).toMeasureTrendsFrom(Optional.empty(), FIRST).isEmpty())
        .isTrue();
  }

  private Optional<LocalDate> trendFrom(String version, int day) {
    return new PublishedScores(run)
            .toMeasureTrendsFrom(Optional.of(version), FIRST.plusDays(day))
            .select("score_date")
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> row.getDate(0).toLocalDate())
            .reduce(
                (one, other) -> {
                  throw new AssertionError("two dates: " + one + " and " + other);
                });
  }

  @Test
  void whereTwiceAsManyConvertTheLevelRisesAlreadyWhileTheHorizonIsRunning() {
    score(0, "m-1", 0.1, 0);
    convert(2 * LEADS / 10);
    // After half the horizon half the conversions should have come, and twice as many have.
    double early = shift(15);
    double late = shift(30);
    double odds = Math.log(0.2 / 0.8) - Math.log(0.1 / 0.9);
    assertThat(early).isBetween(0.5, 1.05);
    assertThat(late).isCloseTo(odds, within(0.05));
  }

  @Test
  void anEarlierShiftIsNotCountedTwice() {
    double odds = Math.log(0.2 / 0.8) - Math.log(0.1 / 0.9);
    score(0, "m-1", 0.2, odds);
    convert(2 * LEADS / 10);
    assertThat(shift(30)).isCloseTo(odds, within(0.05));
  }

  @Test
  void ofDatesLessThanOneSnapshotApartTheNewestIsRead() {
    score(20, "m-1", 0.9, 0);
    score(22, "m-1", 0.1, 0);
    double alone = shift(29);
    assertThat(alone).isNegative();
    // Both are within a week of another date that is read, or of tonight.
    score(23, "m-1", 0.9, 0);
    lake.replaceWhere(
        LeadScores.TABLE, lake.read(LeadScores.TABLE).limit(0), "score_date = DATE'2026-01-25'");
    assertThat(shift(29)).isEqualTo(alone);
  }

  @Test
  void whereTheHorizonIsShorterThanASnapshotDatesLieOneHorizonApart() {
    run = TestRuns.run("run-1", folder, "conversion.horizon = 2 days");
    score(0, "m-1", 0.1, 0);
    score(1, "m-1", 0.1, 0);
    // A fifth of the leads within the two days after the second date.
    convert(3 * LEADS);
    double shift = new PublishedScores(run).levelShift(model(2), at(3));
    assertThat(shift).isCloseTo(Math.log(0.2 / 0.8) - Math.log(0.1 / 0.9), within(0.05));
  }

  @Test
  void whatAChallengerSaidCountsToo() {
    score(LeadScores.TABLE, 0, "m-1", 0.1, 0);
    convert(2 * LEADS / 10);
    double asChampion = shift(30);
    lake.overwrite(LeadScores.TABLE, lake.read(LeadScores.TABLE).limit(0));
    assertThat(shift(30)).isZero();
    score(ChallengerScores.TABLE, 0, "m-1", 0.1, 0);
    assertThat(shift(30)).isEqualTo(asChampion).isPositive();
  }

  private double shift(int day) {
    return new PublishedScores(run).levelShift(model(), at(day));
  }

  private static Instant at(double day) {
    return Instant.parse(FIRST + "T00:00:00Z").plusSeconds((long) (day * 86_400));
  }

  private void score(int day, String version, double probability, double levelShift) {
    score(LeadScores.TABLE, day, version, probability, levelShift);
  }

  private void score(
      TableContract table, int day, String version, double probability, double levelShift) {
    String date = FIRST.plusDays(day).toString();
    lake.replaceWhere(
        table,
        TestRuns.filled(
            table,
            frame(
                "lead_id STRING, score_date STRING, tier STRING, probability DOUBLE, level_shift"
                    + " DOUBLE, model_version STRING, scored_as_of TIMESTAMP, run_id STRING",
                IntStream.range(0, LEADS)
                    .mapToObj(
                        lead ->
                            row(
                                "lead-" + lead,
                                date,
                                "warm",
                                probability,
                                levelShift,
                                version,
                                Timestamp.from(at(day)),
                                "run-1"))
                    .toArray(Row[]::new))),
        "score_date = DATE'" + date + "'");
  }

  /** Evenly over the 30 days after the first date. */
  private void convert(int leads) {
    lake.append(
        Outcomes.TABLE,
        TestRuns.filled(
            Outcomes.TABLE,
            frame(
                "lead_id STRING, outcome STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN",
                IntStream.range(0, leads)
                    .mapToObj(
                        lead ->
                            row(
                                "lead-" + lead,
                                "won",
                                Timestamp.from(at(30.0 * lead / leads)),
                                true))
                    .toArray(Row[]::new))));
  }

  private static ScoringModel model() {
    return model(30);
  }

  private static ScoringModel model(int horizon) {
    return new ScoringModel(
        3,
        "m-1",
        List.of(new Feature("one", Feature.Scale.LINEAR, "one", Phrase.of("{}"))),
        new LinearPredictor(0, List.of(1.0), List.of(0.0)),
        Calibration.straight(0, 1),
        new TierThresholds(0.4, 0.1),
        new TrainingRecord(
            at(0),
            at(-60),
            at(-30),
            Duration.ofDays(horizon),
            100,
            50,
            50,
            "by hand",
            IntStream.rangeClosed(1, horizon).mapToObj(day -> day / (double) horizon).toList(),
            List.of()),
        Map.of());
  }
}
