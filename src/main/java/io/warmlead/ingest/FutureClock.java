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

/** Finds rows whose clock ran ahead: more than 30 days beyond 99.9 % of all rows. */
public final class FutureClock {
  private static final double SHARE = 0.999;
  private static final int DAYS = 30;

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
   * The first day that no engagement may have.
   *
   * @param days new rows per day
   * @param storedRows rows stored already
   * @param newestStored their newest day
   * @return empty when there are no rows at all
   */
  public static Optional<LocalDate> limit(
      Map<LocalDate, Long> days, long storedRows, Optional<LocalDate> newestStored) {
    long all = storedRows + days.values().stream().mapToLong(Long::longValue).sum();
    long needed = (long) Math.ceil(SHARE * all);
    // Stored rows were judged when they came; all of them lie at or before their newest day, which
    // is all that is needed to place the quantile among the new rows beyond it.
    LocalDate floor = newestStored.orElse(LocalDate.MIN);
    long below = storedRows;
    LocalDate quantile = floor;
    for (Map.Entry<LocalDate, Long> day : new TreeMap<>(days).entrySet()) {
      if (day.getKey().isAfter(floor) && below >= needed) {
        break;
      }
      below += day.getValue();
      quantile = day.getKey().isAfter(floor) ? day.getKey() : floor;
    }
    return all == 0 ? Optional.empty() : Optional.of(quantile.plusDays(DAYS + 1L));
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
