package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.Drift;
import io.warmlead.table.LeadScores;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The night that drift is measured from, where nights were cut off before it. */
final class DriftReferenceTest {
  private static final LocalDate CUT_OFF = LocalDate.parse("2026-01-05");
  private static final LocalDate FIRST = LocalDate.parse("2026-01-06");
  private static final LocalDate TONIGHT = LocalDate.parse("2026-01-07");

  @TempDir private Path folder;
  private Lake lake;

  @BeforeEach
  void threeNights() {
    lake = TestRuns.run("tonight", folder).lake();
    scores(CUT_OFF, "dead");
    scores(FIRST, "first");
    scores(TONIGHT, "tonight");
    TestRuns.publish(lake, "first", FIRST);
  }

  @Test
  void theFirstPublishedNightOfAModelIsTheOneToMeasureFrom() {
    assertThat(reference()).isEqualTo(FIRST);
    drift(CUT_OFF, "dead");
    assertThat(reference()).as("what a night that was cut off remembers").isEqualTo(FIRST);
    drift(FIRST, "first");
    assertThat(reference()).isEqualTo(FIRST);
  }

  @Test
  void whereTheScoresOfThatNightAreGoneItIsTheNextOne() {
    drift(FIRST, "first");
    lake.replaceWhere(
        LeadScores.TABLE,
        lake.read(LeadScores.TABLE)
            .where("run_id = 'first'")
            .withColumn("run_id", functions.lit("dead")),
        "score_date = DATE'" + FIRST + "'");
    assertThat(reference()).isEqualTo(TONIGHT);
  }

  @Test
  void aRunThatNobodyPublishedMeasuresFromItself() {
    assertThat(new DriftStage(TestRuns.run("dead", folder)).referenceDate("m-1", CUT_OFF))
        .isEqualTo(CUT_OFF);
  }

  private LocalDate reference() {
    return new DriftStage(TestRuns.run("tonight", folder)).referenceDate("m-1", TONIGHT);
  }

  private void scores(LocalDate date, String runId) {
    lake.append(
        LeadScores.TABLE,
        TestRuns.filled(
            LeadScores.TABLE,
            frame(
                "lead_id STRING, score_date DATE, tier STRING, temperature INT, model_version"
                    + " STRING, run_id STRING",
                row("ada", Date.valueOf(date), "cold", 0, "m-1", runId))));
  }

  private void drift(LocalDate date, String runId) {
    lake.append(
        Drift.TABLE,
        TestRuns.filled(
            Drift.TABLE,
            frame(
                "score_date DATE, kind STRING, state STRING, reference_date DATE, model_version"
                    + " STRING, run_id STRING",
                row(Date.valueOf(date), "score", "steady", Date.valueOf(date), "m-1", runId))));
  }
}
