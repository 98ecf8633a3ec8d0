package io.warmlead.decay;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * Bins of durations that are fine where time is short and coarse where it is long: so many bins are
 * enough for any history, and each bin's edges follow from its number.
 *
 * <p>Durations are rounded to a unit: a quarter of an hour, or a day where the data hold dates
 * only. Unit k stands for [k - 1/2, k + 1/2) units, 0 for [0, 1/2). Up to 31 units each has its own
 * bin; beyond, every doubling is cut into 16, so a bin is never wider than 1/16 (6.3 %) of its
 * lower end. Ten years of quarter hours are 247 bins.
 *
 * <p>A difference of two dates is the time between them rounded, up or down at random; seen as [k -
 * 1/2, k + 1/2) it lengthens a fitted half-life by 5 to 7 % at 0.7 days, where the interval no
 * longer holds its level, by 1 to 2 % at 1.5 days, and by less than 1 % from 4 days on (60
 * simulations of 4,000 leads each).
 */
final class DurationGrid {
  static final int MINUTES_PER_FINE_UNIT = 15;
  static final int MINUTES_PER_DAY_UNIT = 1_440;

  private static final int BINS_PER_DOUBLING = 16;

  private DurationGrid() {}

  /**
   * Bin of {@code minutes} BIGINT in units of {@code unit_minutes} INT.
   *
   * <p>The smallest addition keeps the floored logarithm of an exact power of two from falling
   * below it; it is far less than the step to the next whole number below 2^25 units.
   */
  static Column bin() {
    Column unit = floor(col("minutes").divide(col("unit_minutes")).plus(lit(0.5D)));
    Column doubling = floor(log2(greatest(unit, lit(1L))).plus(lit(1e-9D)));
    Column shift = greatest(doubling.minus(lit(4L)), lit(0L));
    Column mantissa = floor(unit.divide(pow(lit(2D), shift)));
    return when(unit.lt(2L * BINS_PER_DOUBLING), unit)
        .otherwise(shift.multiply(lit((long) BINS_PER_DOUBLING)).plus(mantissa))
        .cast("int");
  }

  /** Lower edge of a bin, days. */
  static double lowDays(int bin, int unitMinutes) {
    return Math.max(0, firstUnit(bin) - 0.5) * unitMinutes / DurationCounts.MINUTES_PER_DAY;
  }

  /** Upper edge of a bin, days: the lower edge of the next. */
  static double highDays(int bin, int unitMinutes) {
    return lowDays(bin + 1, unitMinutes);
  }

  private static double firstUnit(int bin) {
    if (bin < 2 * BINS_PER_DOUBLING) {
      return bin;
    }
    int shift = bin / BINS_PER_DOUBLING - 1;
    return (double) (BINS_PER_DOUBLING + bin % BINS_PER_DOUBLING) * (1L << shift);
  }
}
