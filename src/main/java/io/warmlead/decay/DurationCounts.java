package io.warmlead.decay;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
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
 *   <li>{@code silent} BIGINT: leads that fell silent at this minute before they ended; {@code
 *       silent_converted}, {@code silent_lost}, {@code silent_censored} BIGINT: of those that ended
 *       at this minute, those that had fallen silent before;
 *   <li>{@code set_aside} BIGINT: lifetimes without a duration, or that end in the minute in which
 *       they enter late.
 * </ul>
 */
public final class DurationCounts {
  static final double MINUTES_PER_DAY = 1_440;

  /** What an event of a lead may be, in order. */
  private static final List<String> FLAGS =
      List.of(
          "converted",
          "censored",
          "late",
          "lost",
          "after_silence",
          "entered",
          "silent",
          "set_aside");

  private DurationCounts() {}

  /**
   * Counts lifetimes.
   *
   * @param lifetimes dimension, value, origin STRING, duration_days, entry_days DOUBLE,
   *     is_converted, is_lost BOOLEAN, silent_days INT, set_aside STRING, as {@link Lifetimes}
   *     gives them
   */
  public static Dataset<Row> of(Dataset<Row> lifetimes) {
    Column isNeverSeen = col("entry").gt(0L).and(col("end").leq(col("entry")));
    Column watched = col("set_aside").isNull().and(not(isNeverSeen));
    Column isLate = col("entry").gt(0L);
    Column fellSilent =
        coalesce(
            watched.and(col("silence").lt(col("end"))).and(col("silence").gt(col("entry"))),
            lit(false));
    Column end =
        struct(
            when(watched, col("end")).as("minutes"),
            watched.and(col("is_converted")).as("converted"),
            watched.and(not(col("is_converted"))).as("censored"),
            isLate.as("late"),
            watched.and(col("is_lost")).as("lost"),
            fellSilent.as("after_silence"),
            lit(false).as("entered"),
            lit(false).as("silent"),
            not(watched).as("set_aside"));
    // Two events for who enters late or falls silent, three for both: still one shuffle.
    Column events =
        array_compact(
            array(
                end,
                when(watched.and(isLate), passing("entry", "entered")),
                when(fellSilent, passing("silence", "silent"))));
    return lifetimes
        .withColumn("end", minutes("duration_days"))
        .withColumn("entry", coalesce(minutes("entry_days"), lit(0L)))
        .withColumn("silence", minutes("silent_days"))
        .select(col("dimension"), col("value"), col("origin"), explode(events).as("event"))
        .groupBy(col("dimension"), col("value"), col("origin"), col("event.minutes").as("minutes"))
        .agg(
            count_if(col("event.converted")).as("converted"),
            count_if(col("event.censored")).as("censored"),
            count_if(col("event.lost")).as("lost"),
            count_if(col("event.entered")).as("entered"),
            count_if(col("event.late").and(col("event.converted"))).as("late_converted"),
            count_if(col("event.late").and(col("event.censored"))).as("late_censored"),
            count_if(col("event.silent")).as("silent"),
            count_if(col("event.after_silence").and(col("event.converted"))).as("silent_converted"),
            count_if(col("event.after_silence").and(col("event.lost"))).as("silent_lost"),
            count_if(col("event.after_silence").and(col("event.censored"))).as("silent_censored"),
            count_if(col("event.set_aside")).as("set_aside"));
  }

  /** Something that happens to a lead while it is watched. */
  private static Column passing(String at, String what) {
    List<Column> fields = new ArrayList<>(List.of(col(at).as("minutes")));
    for (String name : FLAGS) {
      fields.add(lit(name.equals(what)).as(name));
    }
    return struct(fields.toArray(Column[]::new));
  }

  private static Column minutes(String days) {
    return round(col(days).multiply(MINUTES_PER_DAY)).cast("bigint");
  }
}
