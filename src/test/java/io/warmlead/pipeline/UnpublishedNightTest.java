package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import io.warmlead.table.TierTransitions;
import io.warmlead.testing.Invocation;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of nights that were cut off, and that nobody has taken back. */
final class UnpublishedNightTest {
  private static final List<String> CUT_OFF = List.of("2026-01-06", "2026-01-07", "2027-01-07");

  @TempDir private Path folder;
  private SmallExports exports;

  @BeforeEach
  void oneNightAndThreeThatWereCutOff() {
    exports = new SmallExports(folder).writeSome("2026-01-02", "2026-01-03");
    exports.succeed("ingest");
    exports.succeed("score", "--as-of", "2026-01-05");
    Lake lake = exports.lake();
    Dataset<Row> scores = lake.read(LeadScores.TABLE).localCheckpoint();
    for (String date : CUT_OFF) {
      lake.append(
          LeadScores.TABLE,
          scores
              .withColumn("score_date", lit(date).cast("date"))
              .withColumn("tier", when(col("lead_id").equalTo("ada"), "hot").otherwise("cold"))
              .withColumn("run_id", lit("cut-off")));
    }
  }

  @Test
  void theNextNightFollowsFromTheOneThatWasPublishedAndHidesThem() {
    RunContext run = TestRuns.run("later", folder.resolve("lake"));
    assertThat(
            ScoredDates.between(run, LocalDate.parse("2026-01-01"), LocalDate.parse("2027-12-31"))
                .dates())
        .as("what the insight tables look at")
        .containsExactly(LocalDate.parse("2026-01-05"));

    exports.succeed("score", "--as-of", "2026-01-07");
    assertThat(exports.rows(LeadScores.CURRENT, "lead_id", "score_date", "tier", "previous_tier"))
        .containsExactly("ada 2026-01-07 warm warm", "bob 2026-01-07 cold cold");
    assertThat(exports.rows(TierTransitions.TABLE, "score_date", "kind"))
        .as("nobody has moved since")
        .containsOnly("2026-01-05 new");
    assertThat(exports.rows(LeadScores.TABLE, "score_date", "lead_id", "tier"))
        .as("those of its own date are replaced")
        .contains("2026-01-07 ada warm", "2026-01-07 bob cold")
        .doesNotContain("2026-01-07 ada hot");
    assertThat(
            exports
                .run("sql", "SELECT DISTINCT score_date FROM lead_scores", "--format", "csv")
                .lines())
        .containsExactlyInAnyOrder("score_date", "2026-01-05", "2026-01-07");
    Invocation audit = exports.run("audit");
    assertThat(audit.exitCode()).as(audit.out()).isZero();
    assertThat(audit.out()).contains("runs that were cut off or are under way");
  }
}
