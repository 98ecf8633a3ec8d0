package io.warmlead.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Finds rows whose clock ran ahead of all others. */
public final class FutureClock {
  private static final double SHARE = 0.999;
  private static final int DAYS = 30;
  private static final int ENOUGH_TO_TELL = 100;
  private static final int LONGEST_PAUSE_DAYS = 366;

  private FutureClock() {}

  /**
   * Rows per UTC day of {@code occurred_at}: one row a day, whatever the number of engagements.
   *
   * @param rows of {@link RawRows#engagements}
   */
  public static Map<LocalDate, Long> daysOf(Dataset<Row> rows) {
    List<Row> counted =
        rows.where(RawRows.isGood())
            .groupBy(to_date(col("occurred_at")).as("day"))
            .agg(count(lit(1)))
            .collectAsList();
    Map<LocalDate, Long> days = new TreeMap<>();
    counted.forEach(row -> days.put(row.getDate(0).toLocalDate(), row.getLong(1)));
    return days;
  }

  /**
   * The first day that no engagement may have: more than 30 days beyond 99.9 % of all rows, or,
   * among a hundred rows or more, beyond all but one. A log that paused goes on: where most new
   * rows lie beyond that, within a year of what is stored, what they say counts; and so does the
   * date that a run was given.
   *
   * @param days new rows per day
   * @param storedRows rows stored already
   * @param newestStored their newest day
   * @param asOf date of the run, where it was given
   * @return empty when there are no rows at all
   */
  public static Optional<LocalDate> limit(
      Map<LocalDate, Long> days,
      long storedRows,
      Optional<LocalDate> newestStored,
      Optional<LocalDate> asOf) {
    long fresh = days.values().stream().mapToLong(Long::longValue).sum();
    long all = storedRows + fresh;
    if (all == 0) {
      return Optional.empty();
    }
    // Stored rows were judged when they came; all of them lie at or before their newest day, which
    // is all that is needed to place the quantile among the new rows beyond it.
    LocalDate floor = newestStored.orElse(LocalDate.MIN);
    LocalDate newest = quantile(days, storedRows, floor, all - few(all, all));
    if (newestStored.isPresent() && fresh > 0) {
      LocalDate most = quantile(days, 0, LocalDate.MIN, (fresh + 1) / 2);
      LocalDate ofFresh = quantile(days, 0, LocalDate.MIN, fresh - few(fresh, all));
      boolean isTold = fresh >= ENOUGH_TO_TELL || asOf.isEmpty();
      if (most.isAfter(floor.plusDays(DAYS))
          && !ofFresh.isAfter(floor.plusDays(LONGEST_PAUSE_DAYS))
          && (isTold || !ofFresh.isAfter(asOf.get().plusDays(DAYS)))) {
        newest = later(newest, ofFresh);
      }
    }
    return Optional.of(later(newest, asOf.orElse(newest)).plusDays(DAYS + 1L));
  }

  /** Rows that may all be wrong; never as many as those that are right. */
  private static long few(long rows, long all) {
    long lone = all >= ENOUGH_TO_TELL ? 1 : 0;
    return Math.min((rows - 1) / 2, Math.max((long) Math.floor((1 - SHARE) * rows), lone));
  }

  /** The day up to which so many rows lie, those before and those per day together. */
  private static LocalDate quantile(
      Map<LocalDate, Long> days, long before, LocalDate floor, long needed) {
    long below = before;
    LocalDate quantile = floor;
    for (Map.Entry<LocalDate, Long> day : new TreeMap<>(days).entrySet()) {
      if (day.getKey().isAfter(floor) && below >= needed) {
        break;
      }
      below += day.getValue();
      quantile = later(day.getKey(), floor);
    }
    return quantile;
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  /** Adds {@link RejectReason#FUTURE_CLOCK} to good rows on or after the limit. */
  public static Dataset<Row> withProblem(Dataset<Row> rows, LocalDate limit) {
    return rows.withColumn(
        "problems",
        when(isAhead(limit), functions.array(lit(RejectReason.FUTURE_CLOCK.description())))
            .otherwise(col("problems")));
  }

  /** Whether a row would be good, were it not for its clock. */
  public static Column isAhead(LocalDate limit) {
    return col("occurred_at").geq(lit(limit.toString()).cast("timestamp")).and(RawRows.isGood());
  }
}
