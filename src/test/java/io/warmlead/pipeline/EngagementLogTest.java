package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.DailyActivity;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngagementLogTest {
  @TempDir private Path folder;

  @Test
  void itBeginsWhenMoreThanStrayEngagementsHadArrived() {
    RunContext run = TestRuns.run("run", folder);
    assertThat(EngagementLog.begins(run.lake(), LocalDate.parse("2026-06-01"))).isEmpty();
    List<Row> days = new ArrayList<>(List.of(day("ada", "2012-01-01", "2012-01-01")));
    for (int lead = 0; lead < 2_000; lead++) {
      // Of an older day, and only then known.
      days.add(day("lead-" + lead, "2025-12-24", "2026-01-10"));
    }
    days.add(day("bob", "2026-01-11", "2026-01-11"));
    run.lake()
        .append(
            DailyActivity.TABLE,
            TestRuns.filled(
                DailyActivity.TABLE,
                frame(
                    "lead_id STRING, day DATE, arrived_day DATE, events BIGINT",
                    days.toArray(Row[]::new))));
    assertThat(EngagementLog.begins(run.lake(), LocalDate.parse("2026-06-01")))
        .contains(LocalDate.parse("2026-01-10"));
    assertThat(EngagementLog.begins(run.lake(), LocalDate.parse("2013-01-01")))
        .contains(LocalDate.parse("2012-01-01"));
  }

  @Test
  void rareSignalsAreKnownToo() {
    RunContext run = TestRuns.run("run", folder);
    run.lake()
        .append(
            DailyActivity.TABLE,
            TestRuns.filled(
                DailyActivity.TABLE,
                frame(
                    "lead_id STRING, day DATE, arrived_day DATE, signal STRING",
                    signal("ada", "2026-05-01", "2026-05-01", "Quiz solved"),
                    signal("ada", "2026-05-02", "2026-05-02", "page_view"),
                    signal("bob", "2026-05-02", "2026-05-02", "page_view"),
                    signal("bob", "2026-05-03", "2026-06-01", "arrived too late"),
                    signal("cid", "2026-01-01", "2026-01-01", "long given up"))));
    assertThat(EngagementLog.signalsLately(run.lake(), LocalDate.parse("2026-06-01")))
        .containsExactly("page_view", "Quiz solved");
  }

  private static Row signal(String lead, String day, String arrived, String signal) {
    return row(lead, Date.valueOf(day), Date.valueOf(arrived), signal);
  }

  @Test
  void oneMistypedYearAmongAFewOutcomesIsNoBeginning() {
    Dataset<Row> outcomes =
        frame(
            "day DATE",
            row(Date.valueOf("1926-03-02")),
            row(Date.valueOf("2026-03-02")),
            row(Date.valueOf("2026-03-05")),
            row((Object) null));
    assertThat(EngagementLog.firstDay(outcomes, col("day"), 1))
        .contains(LocalDate.parse("2026-03-02"));
    assertThat(EngagementLog.firstDay(outcomes, col("day"), 0))
        .contains(LocalDate.parse("1926-03-02"));
    assertThat(EngagementLog.firstDay(outcomes.limit(0), col("day"), 1)).isEmpty();
  }

  private static Row day(String lead, String day, String arrived) {
    return row(lead, Date.valueOf(day), Date.valueOf(arrived), 1_000L);
  }
}
