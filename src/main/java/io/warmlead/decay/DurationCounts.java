package io.warmlead.decay;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many lifetimes ended at which duration: all that curves and fits need to know, in one
 * shuffle.
 *
 * <p>Durations are rounded to the nearest whole minute. This keeps a group of a hundred million
 * leads at half a million rows per year of history, and moves a curve by at most half a minute
 * sideways. Counts are integers, so the result does not depend on the partitioning.
 *
 * <p>Result: {@code dimension}, {@code value}, {@code origin}, {@code minutes} BIGINT (NULL: set
 * aside), {@code converted}, {@code censored}, {@code set_aside} BIGINT; unique by dimension, value
 * and minutes. Persist it where both curves and half-lives are wanted.
 */
public final class DurationCounts {
  static final double MINUTES_PER_DAY = 1_440;

  private DurationCounts() {}

  /**
   * Counts lifetimes.
   *
   * @param lifetimes dimension, value, origin STRING, duration_days DOUBLE, is_converted BOOLEAN,
   *     set_aside STRING, as {@link Lifetimes} gives them
   */
  public static Dataset<Row> of(Dataset<Row> lifetimes) {
    Column watched = col("set_aside").isNull();
    Column minutes = round(col("duration_days").multiply(MINUTES_PER_DAY)).cast("bigint");
    return lifetimes
        .withColumn("minutes", minutes)
        .groupBy("dimension", "value", "origin", "minutes")
        .agg(
            count_if(watched.and(col("is_converted"))).as("converted"),
            count_if(watched.and(not(col("is_converted")))).as("censored"),
            count_if(not(watched)).as("set_aside"));
  }
}
