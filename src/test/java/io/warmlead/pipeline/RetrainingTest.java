package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.Drift;
import io.warmlead.table.Models;
import io.warmlead.table.Outcomes;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A champion trained on the first day; by default a model is retrained after 28 days. */
final class RetrainingTest {
  private static final Instant TRAINED = Instant.parse("2026-01-05T00:00:00Z");

  @TempDir private Path folder;
  private RunContext run;
  private Lake lake;

  @BeforeEach
  void registerAChampionThatLearnedFromTenConversions() {
    run = TestRuns.run("run-1", folder);
    lake = run.lake();
    lake.append(
        Models.TABLE,
        TestRuns.filled(
            Models.TABLE,
            frame(
                "version STRING, status STRING, trained_as_of TIMESTAMP, uri STRING, digest STRING",
                row("m-1", "champion", Timestamp.from(TRAINED), "somewhere", "digest"))));
    convert(0, 10, -1);
    TestRuns.publish(lake, "published", LocalDate.parse("2026-01-05"));
  }

  @Test
  void ageAloneMakesATrainingDue() {
    assertThat(due(27)).isEmpty();
    assertThat(due(28)).isPresent();
    assertThat(due(-1)).isPresent();
  }

  @Test
  void driftOfTheScoreOrTheBaseRateMakesItDueAtHalfTheAge() {
    drift(20, "feature", "drifted");
    drift(20, "score", "moved");
    assertThat(due(21)).isEmpty();
    drift(21, "base_rate", "drifted");
    assertThat(due(22)).hasValue("the base rate drifted since m-1 took over");
    // Tonight's drift is measured after tonight's training.
    assertThat(due(21)).isEmpty();
    assertThat(due(13)).isEmpty();
  }

  @Test
  void onlyTheNewestMeasurementCounts() {
    drift(15, "score", "drifted");
    assertThat(due(16)).hasValue("the score drifted since m-1 took over");
    drift(16, "score", "steady");
    assertThat(due(17)).isEmpty();
  }

  @Test
  void driftOfANightThatWasNotPublishedCountsForNothing() {
    drift(20, "score", "steady");
    drift(21, "score", "drifted", "cut off");
    assertThat(due(22)).isEmpty();
    drift(23, "score", "drifted");
    drift(24, "score", "steady", "cut off");
    assertThat(due(25)).hasValue("the score drifted since m-1 took over");
  }

  @Test
  void halfAgainAsManyConversionsMakeItDueAfterOneSnapshot() {
    convert(10, 14, 3);
    assertThat(due(8)).isEmpty();
    convert(14, 15, 4);
    assertThat(due(8))
        .hasValue(
            "15 leads are known to have converted, 10 were when the newest model was trained");
    assertThat(due(6)).isEmpty();
    assertThat(due(3)).isEmpty();
  }

  @Test
  void whatAGateRefusedIsTriedAgainAfterOneSnapshot() {
    lake.append(
        Models.TABLE,
        TestRuns.filled(
            Models.TABLE,
            frame(
                "version STRING, status STRING, trained_as_of TIMESTAMP, refused_because STRING",
                row("m-2", "refused", Timestamp.from(at(30)), "no evidence"))));
    assertThat(due(30)).isEmpty();
    assertThat(due(36)).isEmpty();
    assertThat(due(37)).isPresent();
    // Without a champion every night tries.
    assertThat(due(-1)).isPresent();
  }

  private Optional<String> due(int day) {
    return new Retraining(run).due(at(day));
  }

  private void convert(int from, int to, int day) {
    lake.append(
        Outcomes.TABLE,
        TestRuns.filled(
            Outcomes.TABLE,
            frame(
                "lead_id STRING, outcome STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN",
                IntStream.range(from, to)
                    .mapToObj(lead -> row("lead-" + lead, "won", Timestamp.from(at(day)), true))
                    .toArray(Row[]::new))));
  }

  private void drift(int day, String kind, String state) {
    drift(day, kind, state, "published");
  }

  private void drift(int day, String kind, String state, String runId) {
    lake.append(
        Drift.TABLE,
        TestRuns.filled(
            Drift.TABLE,
            frame(
                "score_date DATE, kind STRING, name STRING, state STRING, model_version STRING,"
                    + " as_of TIMESTAMP, run_id STRING",
                row(
                    java.sql.Date.valueOf("2026-01-05"),
                    kind,
                    "x",
                    state,
                    "m-1",
                    Timestamp.from(at(day)),
                    runId))));
  }

  private static Instant at(int day) {
    return TRAINED.plus(Duration.ofDays(day));
  }
}
