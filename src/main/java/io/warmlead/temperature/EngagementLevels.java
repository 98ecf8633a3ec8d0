package io.warmlead.temperature;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.activity.EarlierColumns;
import io.warmlead.feature.Summaries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Weak signals, of which one alone says nothing, and how often each must occur. */
final class EngagementLevels {
  private final Map<String, Integer> levels;
  private final List<String> names;
  private final int daysToEnter;
  private final int daysToKeep;

  /**
   * Levels.
   *
   * @param levels how often a signal must occur, by name
   * @param daysToEnter days within which it must, for a lead to enter a tier
   * @param daysToKeep the same for a lead that holds it
   */
  EngagementLevels(Map<String, Integer> levels, int daysToEnter, int daysToKeep) {
    this.levels = new TreeMap<>(levels);
    this.names = List.copyOf(this.levels.keySet());
    this.daysToEnter = daysToEnter;
    this.daysToKeep = daysToKeep;
  }

  /** Whether a row is of a weak signal. */
  Column isWeak() {
    return col("signal").isin(names.toArray());
  }

  /** Sums over {@link Summaries} of one lead and instant, by name. */
  Map<String, Column> sums() {
    Map<String, Column> sums = new LinkedHashMap<>();
    for (String signal : names) {
      Column is = col("is_inbound").and(col("signal").equalTo(signal));
      sums.put(enter(signal), Summaries.events(is, daysToEnter));
      sums.put(keep(signal), Summaries.events(is, daysToKeep));
    }
    return sums;
  }

  /** Whether one of the levels is met, to enter a tier or to keep it. */
  Column areMet(boolean toKeep) {
    Column met = lit(false);
    for (Map.Entry<String, Integer> level : levels.entrySet()) {
      String sum = toKeep ? keep(level.getKey()) : enter(level.getKey());
      met = met.or(Behaviour.number(sum).geq(level.getValue()));
    }
    return met;
  }

  /**
   * How old the engagement is without which no level would be met any more: {@code lead_id,
   * level_age} (whole days), one row per lead that meets one to keep its tier.
   *
   * @param activity {@link io.warmlead.feature.PointInTime#activity} of one instant
   */
  Dataset<Row> ages(Dataset<Row> activity) {
    Column level = lit(null).cast("int");
    for (Map.Entry<String, Integer> of : levels.entrySet()) {
      level = when(col("signal").equalTo(of.getKey()), of.getValue()).otherwise(level);
    }
    // All of one day at once, as the days count.
    WindowSpec newestFirst = Window.partitionBy("lead_id", "signal").orderBy("day_age");
    return activity
        .where(EarlierColumns.isDay().and(col("is_inbound")).and(isWeak()))
        .where(col("day_age").leq(daysToKeep))
        .withColumn("so_far", sum("events").over(newestFirst))
        .where(col("so_far").geq(level))
        .groupBy("lead_id")
        .agg(min("day_age").as("level_age"));
  }

  private String enter(String signal) {
    return "weak_enter_" + names.indexOf(signal);
  }

  private String keep(String signal) {
    return "weak_keep_" + names.indexOf(signal);
  }
}
