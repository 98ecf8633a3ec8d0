package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.HandoffTiming;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Outcomes;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of a week in March 2026, looked back on in April; the horizon is 30 days. */
final class InsightStageTest {
  private static final String SCORING = "scoring";

  @TempDir private Path folder;

  @Test
  void aHandOffOfMidweekIsSeenThoughTheLeadHasBoughtByTheEndOfTheWeek() {
    RunContext run = TestRuns.run("run", folder);
    score(
        run.lake(),
        // Monday 2 March.
        row("bought", "2026-03-02", "none", null),
        row("open", "2026-03-02", "none", null),
        row("bought", "2026-03-04", "SQL", "2026-03-04"),
        row("open", "2026-03-04", "none", null),
        row("open", "2026-03-09", "none", null));
    for (int day : new int[] {2, 4, 9}) {
      TestRuns.publish(run.lake(), SCORING, LocalDate.of(2026, 3, day));
    }
    won(run.lake(), "bought", "2026-03-06T12:00:00Z");

    new InsightStage(run, Instant.parse("2026-04-10T00:00:00Z")).analyze();

    assertThat(
            run
                .lake()
                .read(HandoffTiming.TABLE)
                .where("segment = 'all' AND mistake LIKE 'handed%'")
                .orderBy("mistake")
                .collectAsList()
                .stream()
                .map(
                    found ->
                        found.getAs("mistake")
                            + ": "
                            + found.getAs("leads")
                            + " of "
                            + found.getAs("n")))
        .containsExactly("handed_too_early: 0 of 1", "handed_too_late: 0 of 1");
  }

  private static void score(Lake lake, Row... rows) {
    lake.append(
        LeadScores.TABLE,
        TestRuns.filled(
            LeadScores.TABLE,
            frame(
                    "lead_id STRING, score_date STRING, handoff_stage STRING, handoff_at STRING",
                    rows)
                .selectExpr(
                    "*",
                    "'cold' AS tier",
                    "CAST(score_date AS TIMESTAMP) AS scored_as_of",
                    "'" + SCORING + "' AS run_id")));
  }

  private static void won(Lake lake, String lead, String at) {
    lake.append(
        Outcomes.TABLE,
        TestRuns.filled(
            Outcomes.TABLE,
            frame(
                "lead_id STRING, outcome STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN,"
                    + " closes BOOLEAN",
                row(lead, "won", Timestamp.from(Instant.parse(at)), true, true))));
  }
}
