package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.DailyActivity;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngagementLogTest {
  @TempDir private Path folder;

  @Test
  void itBeginsWithTheDaysThatHoldMoreThanStrayEngagements() {
    RunContext run = TestRuns.run("run", folder);
    assertThat(EngagementLog.begins(run.lake(), LocalDate.parse("2026-06-01"))).isEmpty();
    run.lake()
        .append(
            DailyActivity.TABLE,
            TestRuns.filled(
                DailyActivity.TABLE,
                frame(
                    "lead_id STRING, day DATE, arrived_day DATE, events BIGINT",
                    day("ada", "2012-01-01", 2),
                    day("ada", "2026-01-10", 1_500),
                    day("bob", "2026-01-11", 2_000),
                    day("bob", "2026-06-01", 90_000_000))));
    assertThat(EngagementLog.begins(run.lake(), LocalDate.parse("2026-06-01")))
        .contains(LocalDate.parse("2026-01-10"));
    assertThat(EngagementLog.begins(run.lake(), LocalDate.parse("2013-01-01")))
        .contains(LocalDate.parse("2012-01-01"));
  }

  private static Row day(String lead, String day, long events) {
    return row(lead, Date.valueOf(day), Date.valueOf(day), events);
  }
}
