package io.warmlead.decay;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.when;

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
 * <p>Result, unique by dimension, value and minutes; persist it where more than one reader wants
 * it:
 *
 * <ul>
 *   <li>{@code dimension}, {@code value}, {@code origin} STRING, {@code minutes} BIGINT (NULL: set
 *       aside);
 *   <li>{@code converted}, {@code censored} BIGINT: lifetimes that ended at this minute; {@code
 *       lost} BIGINT: those of the censored that were lost;
 *   <li>{@code entered} BIGINT: leads watched only from this minute on (left truncation). Such a
 *       lead is at risk after it, up to and including the minute of its end;
 *   <li>{@code late_converted}, {@code late_censored} BIGINT: of the converted and the censored,
 *       those that had entered late;
 *   <li>{@code unconverted} BIGINT: leads watched from the start for so long without a conversion,
 *       lost ones too, who are known not to have converted for longer than to their loss;
 *   <li>{@code earlier_converted}, {@code earlier_unconverted} BIGINT: the converted and the
 *       unconverted without those that entered late, as they would have been counted at an earlier
 *       end of observation; the unconverted to the nearest quarter of an hour;
 *   <li>{@code silent} BIGINT: leads that fell silent at this minute before they ended; {@code
 *       silent_converted}, {@code silent_lost}, {@code silent_censored} BIGINT: of those that ended
 *       at this minute, those that had fallen silent before, or may have;
 *   <li>{@code may_be_silent} BIGINT: leads of which nobody knows whether they are silent, because
 *       they were watched before engagements were: from this minute on, the first at which they are
 *       at risk;
 *   <li>{@code set_aside} BIGINT: lifetimes without a duration, or that end in the minute in which
 *       they enter late.
 * </ul>
 */
public final class DurationCounts {
  static final double MINUTES_PER_DAY = 1_440;

  /** What happens to a lead at a minute, in the lowest bits of one number. */
  private static final int KIND_BITS = 3;

  private static final int ENDS = 0;
  private static final int ENTERS = 1;
  private static final int FALLS_SILENT = 2;
  private static final int WATCHED_ON = 3;
  private static final int MAY_BE_SILENT = 4;
  private static final int WATCHED_EARLIER = 5;

  private static final long NEVER = -1;

  private DurationCounts() {}

  /**
   * Counts lifetimes.
   *
   * @param lifetimes dimension, value, origin STRING, duration_days, watched_days, entry_days
   *     DOUBLE, is_converted, is_lost, may_be_silent BOOLEAN, silent_days INT, set_aside STRING, as
   *     {@link Lifetimes} gives them
   * @param earlierDays by how many days the earlier end of observation comes before the end; more
   *     than 0, or 0 where nothing is to be counted at one
   */
  public static Dataset<Row> of(Dataset<Row> lifetimes, double earlierDays) {
    Column isNeverSeen = col("entry").gt(0L).and(col("end").leq(col("entry")));
    Column fellSilent = col("silence").lt(col("end")).and(col("silence").gt(col("entry")));
    Dataset<Row> judged =
        lifetimes
            .withColumn("end", minutes("duration_days"))
            .withColumn("entry", coalesce(minutes("entry_days"), lit(0L)))
            .withColumn("silence", minutes("silent_days"))
            .withColumn("watched", col("set_aside").isNull().and(not(isNeverSeen)))
            .withColumn("late", col("entry").gt(0L))
            .withColumn("watched_earlier", watchedEarlier(earlierDays))
            .withColumn("may_be_silent", col("watched").and(col("may_be_silent")))
            .withColumn(
                "fell_silent",
                coalesce(col("watched").and(fellSilent), lit(false)).or(col("may_be_silent")));
    Column convertedEarlier = col("is_converted").and(col("end").leq(col("watched_earlier")));
    // Few have more than two events: still one shuffle. Each is a number: structs would cost more
    // than all the rest.
    Column events =
        array(
            event(coalesce(when(col("watched"), col("end")), lit(NEVER)), ENDS),
            when(col("watched").and(col("late")), event(col("entry"), ENTERS)),
            when(
                col("fell_silent").and(not(col("may_be_silent"))),
                event(col("silence"), FALLS_SILENT)),
            when(
                col("may_be_silent"),
                event(when(col("late"), col("entry").plus(1L)).otherwise(0L), MAY_BE_SILENT)),
            when(
                col("watched").and(col("is_lost")).and(not(col("late"))),
                event(minutes("watched_days"), WATCHED_ON)),
            when(
                col("watched_earlier").isNotNull().and(not(convertedEarlier)),
                event(toTheQuarterHour("watched_earlier"), WATCHED_EARLIER)));
    Column ended = is(ENDS).and(col("watched"));
    Column converted = ended.and(col("is_converted"));
    Column censored = ended.and(not(col("is_converted")));
    Column lost = ended.and(col("is_lost"));
    Column unconverted = is(WATCHED_ON).or(censored.and(not(col("is_lost"))).and(not(col("late"))));
    Column minute = shiftright(col("event"), KIND_BITS);
    return judged
        .withColumn("event", explode(events))
        .where(col("event").isNotNull())
        .withColumn("minutes", when(minute.notEqual(NEVER), minute))
        .groupBy("dimension", "value", "origin", "minutes")
        .agg(
            count_if(converted).as("converted"),
            count_if(censored).as("censored"),
            count_if(lost).as("lost"),
            count_if(is(ENTERS)).as("entered"),
            count_if(converted.and(col("late"))).as("late_converted"),
            count_if(censored.and(col("late"))).as("late_censored"),
            count_if(unconverted).as("unconverted"),
            count_if(converted.and(convertedEarlier)).as("earlier_converted"),
            count_if(is(WATCHED_EARLIER)).as("earlier_unconverted"),
            count_if(is(FALLS_SILENT)).as("silent"),
            count_if(is(MAY_BE_SILENT)).as("may_be_silent"),
            count_if(converted.and(col("fell_silent"))).as("silent_converted"),
            count_if(lost.and(col("fell_silent"))).as("silent_lost"),
            count_if(censored.and(col("fell_silent"))).as("silent_censored"),
            count_if(is(ENDS).and(not(col("watched")))).as("set_aside"));
  }

  /** Minutes from the origin to the earlier end; NULL where that comes first, or for the late. */
  private static Column watchedEarlier(double earlierDays) {
    Column earlier = round(col("watched_days").minus(earlierDays).multiply(MINUTES_PER_DAY));
    return when(
        lit(earlierDays > 0).and(col("watched")).and(not(col("late"))).and(earlier.gt(0D)),
        earlier.cast("bigint"));
  }

  /** Finer would be a row for each lead and minute, of which a fit sees nothing. */
  private static Column toTheQuarterHour(String minutes) {
    int quarter = DurationGrid.MINUTES_PER_FINE_UNIT;
    return round(col(minutes).divide(quarter)).cast("bigint").multiply((long) quarter);
  }

  private static Column event(Column minute, int kind) {
    return shiftleft(minute, KIND_BITS).bitwiseOR(kind);
  }

  private static Column is(int kind) {
    return col("event").bitwiseAND((1 << KIND_BITS) - 1).equalTo((long) kind);
  }

  private static Column minutes(String days) {
    return round(col(days).multiply(MINUTES_PER_DAY)).cast("bigint");
  }
}
