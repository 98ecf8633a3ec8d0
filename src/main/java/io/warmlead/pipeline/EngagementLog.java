package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** From when on engagements tell of leads, and from when on a night would have known them. */
final class EngagementLog {
  /** Little that is much older than all the rest does not make a log. */
  private static final double STRAY_SHARE = 0.001;

  private static final int LATELY_DAYS = 90;

  /** Leaves places among those that {@link io.warmlead.temperature.Behaviour} has for names. */
  private static final int MOST_SIGNALS = 900;

  private EngagementLog() {}

  /**
   * The day on which the log begins: before it leads may have done anything, and nobody knows.
   *
   * @param before only what had arrived before this date counts
   * @return empty where nothing had
   */
  static Optional<LocalDate> begins(Lake lake, LocalDate before) {
    return firstDay(known(lake, before), col("arrived_day"), 0);
  }

  /**
   * The day of the first engagement that is known.
   *
   * @param before only what had arrived before this date counts
   * @return empty where nothing had
   */
  static Optional<LocalDate> tellsFrom(Lake lake, LocalDate before) {
    return firstDay(known(lake, before), col("day"), 0);
  }

  private static Dataset<Row> known(Lake lake, LocalDate before) {
    return lake.read(DailyActivity.TABLE).where(col("arrived_day").lt(lit(Date.valueOf(before))));
  }

  /**
   * Signals of the last {@value #LATELY_DAYS} days, those of most days of leads first; at most
   * {@value #MOST_SIGNALS}.
   *
   * @param before only what had arrived before this date counts
   */
  static List<String> signalsLately(Lake lake, LocalDate before) {
    return known(lake, before)
        .where(col("day").geq(lit(Date.valueOf(before.minusDays(LATELY_DAYS)))))
        .groupBy("signal")
        .agg(count(lit(1)).as("days"))
        .orderBy(desc("days"), col("signal"))
        .limit(MOST_SIGNALS)
        .select("signal")
        .as(Encoders.STRING())
        .collectAsList();
  }

  /**
   * The first day that rows tell of, strays left aside. Days reach the driver, rows do not.
   *
   * @param day DATE; rows without one do not count
   * @param strays that so few rows may be, where a thousandth is less
   */
  static Optional<LocalDate> firstDay(Dataset<Row> rows, Column day, int strays) {
    // Rows, not engagements: of the latter a new source may bring a thousand times as many.
    List<Row> days =
        rows.where(day.isNotNull())
            .groupBy(day.as("day"))
            .agg(count(lit(1)))
            .orderBy("day")
            .collectAsList();
    long all = days.stream().mapToLong(each -> each.getLong(1)).sum();
    long seen = 0;
    for (Row each : days) {
      seen += each.getLong(1);
      if (seen > Math.max(strays, STRAY_SHARE * all)) {
        return Optional.of(each.getDate(0).toLocalDate());
      }
    }
    return Optional.empty();
  }
}
