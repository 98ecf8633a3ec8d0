package io.warmlead.activity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.RunSettings;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Sums engagements up per lead, day, signal, channel and day of arrival. */
public final class DailyActivities {
  private static final String MONEY = "decimal(28,4)";

  private DailyActivities() {}

  /**
   * Columns of {@code daily_activity}.
   *
   * @param engagements rows of {@code engagements}
   * @param furtherKeys columns that stay apart too
   */
  public static Dataset<Row> of(Dataset<Row> engagements, RunSettings run, Column... furtherKeys) {
    Column local = localTime(col("occurred_at"), run);
    List<Column> keys =
        new ArrayList<>(
            List.of(
                col("lead_id"),
                local.cast("date").as("day"),
                col("signal"),
                col("channel"),
                localTime(col("known_at"), run).cast("date").as("arrived_day"),
                col("family"),
                col("direction"),
                col("intent")));
    keys.addAll(List.of(furtherKeys));
    return engagements
        .groupBy(keys.toArray(Column[]::new))
        .agg(
            count(lit(1)).as("events"),
            min("occurred_at").as("first_at"),
            max("occurred_at").as("last_at"),
            coalesce(sum("value"), lit(0)).cast(MONEY).as("value"),
            sum(when(isBusinessTime(local, run), 1L).otherwise(0L)).as("business_events"),
            max(when(
                    col("asset").isNotNull(),
                    functions.struct(col("occurred_at").as("at"), col("asset"))))
                .as("last_asset"),
            max("batch").as("batch"));
  }

  /**
   * The whole of {@code daily_activity}, laid out by day of arrival, so that a night that asks for
   * the newest days opens the newest files alone.
   */
  public static Dataset<Row> inOrderOfArrival(Dataset<Row> engagements, RunSettings run) {
    return of(engagements, run).repartitionByRange(col("arrived_day"));
  }

  /**
   * How a stored row takes up a new one of the same key: over {@code target} and {@code source}.
   */
  public static Map<String, Column> updates() {
    Map<String, Column> updates = new LinkedHashMap<>();
    updates.put("events", col("target.events").plus(col("source.events")));
    updates.put("first_at", least(col("target.first_at"), col("source.first_at")));
    updates.put("last_at", greatest(col("target.last_at"), col("source.last_at")));
    updates.put("value", col("target.value").plus(col("source.value")).cast(MONEY));
    updates.put(
        "business_events", col("target.business_events").plus(col("source.business_events")));
    updates.put("last_asset", greatest(col("target.last_asset"), col("source.last_asset")));
    updates.put("batch", greatest(col("target.batch"), col("source.batch")));
    return updates;
  }

  /** The wall time of an instant in the company's zone. */
  public static Column localTime(Column instant, RunSettings run) {
    return functions.from_utc_timestamp(instant, run.zone().getId());
  }

  private static Column isBusinessTime(Column local, RunSettings run) {
    Object[] days = run.businessDays().stream().map(DailyActivities::sparkDay).toArray();
    return functions
        .hour(local)
        .between(run.businessFromHour(), run.businessToHour() - 1)
        .and(functions.dayofweek(local).isin(days));
  }

  /** Spark counts days from Sunday = 1. */
  private static Object sparkDay(DayOfWeek day) {
    return day.getValue() % 7 + 1;
  }
}
