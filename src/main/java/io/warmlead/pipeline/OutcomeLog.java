package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.RunSettings;
import io.warmlead.lake.Lake;
import io.warmlead.table.Outcomes;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Up to when outcomes are recorded. Many systems hand them over by the week or the month: the days
 * since then are not days without a conversion, and who took them for such would find the rate of
 * conversion falling every night until the next delivery.
 */
final class OutcomeLog {
  /** What is looked at: pauses of longer ago tell little of today's ways. */
  private static final int RECENT_DAYS = 180;

  /** Fewer outcomes tell nothing of how long pauses are. */
  private static final long FEWEST_OUTCOMES = 20;

  /** A weekend is no sign. */
  private static final int SHORTEST_SILENCE = 3;

  /** So many times as long as the longest pause before. */
  private static final int UNUSUAL = 2;

  private OutcomeLog() {}

  /**
   * The end of the last day of which an outcome tells, where none has come since for more than
   * twice as long as ever before in half a year; else the as-of instant.
   */
  static Instant knownUntil(Lake lake, Instant asOf, RunSettings run) {
    LocalDate today = AsOf.date(asOf, run);
    List<Row> days =
        lake.read(Outcomes.TABLE)
            .where(col("occurred_at").lt(lit(Timestamp.from(asOf))))
            .where(
                col("occurred_at")
                    .geq(lit(Timestamp.from(AsOf.start(today.minusDays(RECENT_DAYS), run)))))
            .groupBy(DailyActivities.localTime(col("occurred_at"), run).cast("date").as("day"))
            .agg(count(lit(1)))
            .orderBy("day")
            .collectAsList();
    long outcomes = days.stream().mapToLong(day -> day.getLong(1)).sum();
    return outcomes < FEWEST_OUTCOMES
        ? asOf
        : knownUntil(days.stream().map(day -> day.getDate(0).toLocalDate()).toList(), today)
            .map(date -> AsOf.start(date, run))
            .orElse(asOf);
  }

  /**
   * The day after the last with an outcome; empty where the silence since is nothing unusual.
   *
   * @param days with outcomes, rising
   * @param today the as-of date
   */
  static Optional<LocalDate> knownUntil(List<LocalDate> days, LocalDate today) {
    LocalDate last = days.get(days.size() - 1);
    long silence = daysBetween(last, today);
    long longest = 0;
    for (int i = 1; i < days.size(); i++) {
      longest = Math.max(longest, daysBetween(days.get(i - 1), days.get(i)));
    }
    return silence >= SHORTEST_SILENCE && silence > UNUSUAL * longest
        ? Optional.of(last.plusDays(1))
        : Optional.empty();
  }

  /** Whole days between two days. */
  private static long daysBetween(LocalDate from, LocalDate to) {
    return ChronoUnit.DAYS.between(from, to) - 1;
  }
}
