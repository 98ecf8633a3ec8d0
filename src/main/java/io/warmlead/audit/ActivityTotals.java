package io.warmlead.audit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Whether the compact history tells the same as the engagements. Both are summed up per lead,
 * signal, channel and direction, so that the zone of the days does not matter.
 */
public final class ActivityTotals {
  private static final List<String> KEY = List.of("lead_id", "signal", "channel", "direction");

  private ActivityTotals() {}

  /**
   * Groups whose number of engagements, first and last instant or sum of amounts differ.
   *
   * @param engagements those that {@code activity} has taken up
   * @param activity rows of {@code daily_activity} of the same days
   */
  public static Dataset<Row> differences(Dataset<Row> engagements, Dataset<Row> activity) {
    Dataset<Row> events =
        engagements
            .groupBy(keys())
            .agg(
                count(lit(1)).as("events"),
                min("occurred_at").as("first_at"),
                max("occurred_at").as("last_at"),
                coalesce(sum("value"), lit(0)).cast("decimal(28,4)").as("value"));
    Dataset<Row> days =
        activity
            .groupBy(keys())
            .agg(
                sum("events").as("day_events"),
                min("first_at").as("day_first_at"),
                max("last_at").as("day_last_at"),
                sum("value").cast("decimal(28,4)").as("day_value"));
    Column agrees =
        Stream.of("events", "first_at", "last_at", "value")
            .map(name -> col(name).equalTo(col("day_" + name)))
            .reduce(Column::and)
            .orElseThrow();
    return Offences.of(
        "same_as_engagements",
        events
            .join(days, KEY.toArray(String[]::new), "full_outer")
            .where(not(coalesce(agrees, lit(false)))),
        KEY);
  }

  private static Column[] keys() {
    return KEY.stream().map(functions::col).toArray(Column[]::new);
  }
}
