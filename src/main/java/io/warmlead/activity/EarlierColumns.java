package io.warmlead.activity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * What a row of {@link EarlierActivities#asActivity}, which stands for many days, counts at an
 * instant.
 */
public final class EarlierColumns {
  /** Name of the column that holds what a row of days has not; NULL in such a row. */
  public static final String EARLIER = "earlier";

  /** Half-lives in days of {@code decayed}, in its order. */
  static final List<Integer> HALF_LIVES = List.of(3, 14, 30, 60);

  /**
   * Half-lives of {@code points}, powers of the square root of two: what halves faster has faded.
   */
  static final double[] LADDER =
      IntStream.rangeClosed(5, 17).mapToDouble(rung -> StrictMath.pow(2, rung / 2.0)).toArray();

  private EarlierColumns() {}

  /** The column {@link #EARLIER} of rows that are days. */
  public static Column notEarlier() {
    return lit(null)
        .cast(
            "struct<until_at: timestamp, until_day: date, decayed: array<bigint>, points:"
                + " array<bigint>, week_bits: array<bigint>, digest: bigint>")
        .as(EARLIER);
  }

  /** Whether a row of {@link EarlierActivities#asActivity} or of days is one of days. */
  public static Column isDay() {
    return col(EARLIER).isNull();
  }

  /**
   * Engagements of a row of {@link EarlierActivities#asActivity}, faded to an instant, fixed point.
   *
   * @param days from {@code until_at} to that instant
   */
  public static Column decayed(int halfLifeDays, Column days) {
    int index = HALF_LIVES.indexOf(halfLifeDays);
    if (index < 0) {
      throw new IllegalArgumentException("earlier_activity keeps no half-life of " + halfLifeDays);
    }
    return FixedPoint.aged(
        col(EARLIER).getField("decayed").getItem(index), days, lit((double) halfLifeDays));
  }

  /**
   * Points of a row of {@link EarlierActivities#asActivity}, faded to an instant, fixed point.
   * Between the rungs of the ladder they are interpolated on the scale of logarithms, by the rate
   * of fading: exact for a single engagement, some percent too high for many, up to a fifth for a
   * burst long before the others.
   *
   * @param halfLifeDays DOUBLE, of the row's signal
   * @param days from {@code until_at} to that instant
   */
  public static Column points(Column halfLifeDays, Column days) {
    int last = LADDER.length;
    // Rung 1 is the first, as element_at counts.
    Column rung =
        greatest(
            lit(1L),
            least(
                lit((long) last - 1),
                floor(log(halfLifeDays.divide(lit(LADDER[0]))).multiply(lit(2 / Math.log(2))))
                    .plus(1)));
    Column lower = lit(LADDER[0]).multiply(exp(rung.minus(1).multiply(lit(Math.log(2) / 2))));
    Column points = col(EARLIER).getField("points");
    Column fast = element_at(points, rung.cast("int")).cast("double");
    Column slow = element_at(points, rung.plus(1).cast("int")).cast("double");
    // 1 / halfLife lies between 1 / lower and 1 / (lower * sqrt 2).
    Column share = lit(1D).minus(lower.divide(halfLifeDays)).divide(lit(1 - 1 / Math.sqrt(2)));
    Column between =
        exp(
            log(functions.abs(fast))
                .multiply(lit(1D).minus(share))
                .plus(log(functions.abs(slow)).multiply(share)));
    Column atBorder =
        when(fast.equalTo(0).or(slow.equalTo(0)), 0D).otherwise(signum(slow).multiply(between));
    return when(halfLifeDays.geq(lit(LADDER[0])), FixedPoint.aged(atBorder, days, halfLifeDays))
        .otherwise(0L);
  }

  /**
   * {@link WeekBits} of a row of {@link EarlierActivities#asActivity}, counted back from a date.
   */
  public static Column weekBits(Column date) {
    Column earlier = col(EARLIER);
    return WeekBits.at(date, earlier.getField("week_bits"), earlier.getField("until_day"));
  }

  /**
   * Digest of a row of days, and that of the days behind a row of {@link
   * EarlierActivities#asActivity}.
   */
  public static Column digest() {
    return when(isDay(), digestOfDay()).otherwise(col(EARLIER).getField("digest"));
  }

  /** Digest of a row of days. */
  public static Column digestOfDay() {
    return xxhash64(
        Stream.of(
                "day",
                "signal",
                "channel",
                "arrived_day",
                "family",
                "direction",
                "intent",
                "events",
                "first_at",
                "last_at",
                "value",
                "business_events")
            .map(functions::col)
            .toArray(Column[]::new));
  }
}
