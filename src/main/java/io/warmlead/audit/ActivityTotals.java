package io.warmlead.audit;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import io.warmlead.activity.EarlierColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Whether the compact history tells the same as what it was made from. Both are summed up per lead,
 * signal, channel and direction, so that the zone of the days does not matter.
 */
public final class ActivityTotals {
  private static final List<String> KEY = List.of("lead_id", "signal", "channel", "direction");

  private static final List<String> TOTALS = List.of("events", "first_at", "last_at", "value");

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
                money(coalesce(sum("value"), lit(0))).as("value"));
    return differences("same_as_engagements", TOTALS, events, ofDays(activity));
  }

  /**
   * Groups of {@code earlier_activity} that differ from their days. Left out are leads of which
   * days came late that no night has taken up yet.
   *
   * @param activity all rows of {@code daily_activity} of the leads in question
   * @param earlier their rows of {@code earlier_activity}
   * @param held one row, {@code reached DATE, batch_held BIGINT}: how far {@code earlier_activity}
   *     goes
   */
  public static Dataset<Row> differences(
      Dataset<Row> activity, Dataset<Row> earlier, Dataset<Row> held) {
    Dataset<Row> days = activity.join(broadcast(held), col("arrived_day").lt(col("reached")));
    Dataset<Row> late = days.where(col("batch").gt(col("batch_held"))).select("lead_id").distinct();
    String[] lead = {"lead_id"};
    List<String> totals = new ArrayList<>(TOTALS);
    totals.add("digest");
    return differences(
        "same_as_days",
        totals,
        ofDays(days.join(late, lead, "left_anti")),
        summed(earlier.join(late, lead, "left_anti"), col("digest")));
  }

  private static Dataset<Row> ofDays(Dataset<Row> activity) {
    return summed(activity, EarlierColumns.digestOfDay());
  }

  private static Dataset<Row> summed(Dataset<Row> rows, Column digest) {
    return rows.groupBy(keys())
        .agg(
            sum("events").as("events"),
            min("first_at").as("first_at"),
            max("last_at").as("last_at"),
            money(sum("value")).as("value"),
            bit_xor(digest).as("digest"));
  }

  private static Dataset<Row> differences(
      String rule, List<String> totals, Dataset<Row> expected, Dataset<Row> found) {
    Column agrees =
        totals.stream()
            .map(name -> col(name).equalTo(col("found_" + name)))
            .reduce(Column::and)
            .orElseThrow();
    List<Column> renamed = new ArrayList<>(List.of(keys()));
    totals.forEach(name -> renamed.add(col(name).as("found_" + name)));
    return Offences.of(
        rule,
        expected
            .join(
                found.select(renamed.toArray(Column[]::new)),
                KEY.toArray(String[]::new),
                "full_outer")
            .where(not(coalesce(agrees, lit(false)))),
        KEY);
  }

  private static Column money(Column sum) {
    return sum.cast("decimal(28,4)");
  }

  private static Column[] keys() {
    return KEY.stream().map(functions::col).toArray(Column[]::new);
  }
}
