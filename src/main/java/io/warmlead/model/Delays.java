package io.warmlead.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How long conversions take: which share of the conversions within a horizon has come some time
 * after the snapshot. With it, young snapshots tell something about the present rate of conversion
 * long before their horizon has passed (delayed feedback: Chapelle 2014, "Modeling Delayed Feedback
 * in Display Advertising").
 *
 * @param counts conversions per snapshot date and quarter of a day
 */
record Delays(List<Count> counts, Duration horizon) {
  private static final int STEPS_PER_DAY = 4;

  /** Conversions of one snapshot date that came within one step of time. */
  record Count(Instant asOf, long step, long conversions) {}

  /**
   * Counts. The list is bounded by dates x 4 x horizon.
   *
   * @param rows with {@code as_of} and {@code delay_days}, NULL without a conversion
   */
  static Delays of(Dataset<Row> rows, Duration horizon) {
    List<Count> counts =
        rows
            .where(col("delay_days").isNotNull())
            .groupBy(
                unix_micros(col("as_of")).as("as_of"),
                floor(col("delay_days").multiply(lit((double) STEPS_PER_DAY))).as("step"))
            .agg(count(lit(1)).as("n"))
            .orderBy("as_of", "step")
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Count(
                        Instant.EPOCH.plus(row.getLong(0), ChronoUnit.MICROS),
                        row.getLong(1),
                        row.getLong(2)))
            .toList();
    return new Delays(counts, horizon);
  }

  /**
   * Share of the conversions within the horizon that come within some days, as known at an instant:
   * from snapshots whose horizon had passed by then. Without any, in proportion to time.
   */
  double shareWithin(double days, Instant knownAt) {
    double whole = horizon.toMillis() / 86_400_000.0;
    if (days >= whole) {
      return 1;
    }
    long before = 0;
    long all = 0;
    for (Count count : counts) {
      if (!count.asOf().plus(horizon).isAfter(knownAt)) {
        all += count.conversions();
        before += count.step() < days * STEPS_PER_DAY ? count.conversions() : 0;
      }
    }
    return all == 0 ? days / whole : (double) before / all;
  }
}
