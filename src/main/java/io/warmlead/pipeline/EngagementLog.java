package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** From when on engagements had arrived, so that a night of that time would have known them. */
final class EngagementLog {
  /** Little that is much older than all the rest does not make a log. */
  private static final double STRAY_SHARE = 0.001;

  private EngagementLog() {}

  /**
   * The day on which the log begins: before it leads may have done anything, and nobody knows.
   *
   * @param before only what had arrived before this date counts
   * @return empty where nothing had
   */
  static Optional<LocalDate> begins(Lake lake, LocalDate before) {
    List<Row> days =
        lake.read(DailyActivity.TABLE)
            .where(col("arrived_day").lt(lit(Date.valueOf(before))))
            .groupBy("arrived_day")
            // Rows, not engagements: of the latter a new source may bring a thousand times as many.
            .agg(count(lit(1)))
            .orderBy("arrived_day")
            .collectAsList();
    long all = days.stream().mapToLong(day -> day.getLong(1)).sum();
    long seen = 0;
    for (Row day : days) {
      seen += day.getLong(1);
      if (seen > STRAY_SHARE * all) {
        return Optional.of(day.getDate(0).toLocalDate());
      }
    }
    return Optional.empty();
  }
}
