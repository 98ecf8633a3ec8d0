package io.warmlead.decay;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.DecaySettings;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The share of leads that convert within the horizon, by how long they have been silent.
 *
 * <p>A bucket takes in its upper end, not its lower one: "over 7 to 14 days" is silence s with 7 <
 * s <= 14. So a lead last heard 14 dates ago, whose history holds dates only, counts as "up to 14
 * days", as it does in a feature over the last 14 days; and one heard yesterday is in the first
 * bucket, which would stay empty the other way round. Buckets without leads have no row.
 */
public final class SilenceTable {

  private SilenceTable() {}

  /**
   * Counts snapshots by silence, overall and per segment.
   *
   * @param snapshots segment STRING, days_since_last_inbound DOUBLE (NULL: never engaged), label
   *     INT (1: converted within the horizon, 0: not; NULL, horizon not yet over, is left out); one
   *     row per lead and snapshot date
   * @return the columns of {@link io.warmlead.table.Silence} without as_of and run_id
   */
  public static Dataset<Row> of(Dataset<Row> snapshots, DecaySettings settings) {
    return snapshots
        .where(col("label").isNotNull())
        .withColumn("bucket", bucket(settings.silenceBucketsDays()))
        .groupBy("segment", "bucket")
        .agg(count(lit(1)).as("leads"), sum("label").as("conversions"))
        .transform(SilenceTable::overallAndSegment)
        .transform(SilenceTable::withRate);
  }

  /** The first bucket whose upper end is not exceeded. */
  private static Column bucket(List<Integer> upperEnds) {
    Column silence = col("days_since_last_inbound");
    Column bucket = when(silence.isNull(), never(upperEnds.size() + 1));
    for (int order = 0; order < upperEnds.size(); order++) {
      bucket = bucket.when(silence.leq(upperEnds.get(order)), upTo(order, upperEnds));
    }
    return bucket.otherwise(beyond(upperEnds.size(), upperEnds.get(upperEnds.size() - 1)));
  }

  private static Column upTo(int order, List<Integer> upperEnds) {
    int to = upperEnds.get(order);
    int from = order == 0 ? 0 : upperEnds.get(order - 1);
    String name =
        order == 0
            ? "up to " + to + (to == 1 ? " day" : " days")
            : "over " + from + " to " + to + " days";
    return described(name, order, lit((double) from), lit((double) to));
  }

  private static Column beyond(int order, int from) {
    return described(
        "over " + from + (from == 1 ? " day" : " days"),
        order,
        lit((double) from),
        lit(null).cast("double"));
  }

  private static Column never(int order) {
    return described("never", order, lit(null).cast("double"), lit(null).cast("double"));
  }

  private static Column described(String name, int order, Column from, Column to) {
    return struct(
        lit(name).as("bucket"),
        lit(order).as("bucket_order"),
        from.as("from_days"),
        to.as("to_days"));
  }

  /** From counts per segment, not from rows: everyone costs no second pass. */
  private static Dataset<Row> overallAndSegment(Dataset<Row> counts) {
    Column overall = struct(lit("overall").as("dimension"), lit("all").as("value"));
    Column segment =
        struct(
            lit("segment").as("dimension"),
            coalesce(col("segment"), lit(Lifetimes.UNKNOWN)).as("value"));
    return counts
        .withColumn("group", explode(array(overall, segment)))
        .groupBy("group", "bucket")
        .agg(sum("leads").as("leads"), sum("conversions").as("conversions"));
  }

  private static Dataset<Row> withRate(Dataset<Row> counts) {
    return counts.select(
        col("group.dimension"),
        col("group.value"),
        col("bucket.bucket"),
        col("bucket.bucket_order"),
        col("bucket.from_days"),
        col("bucket.to_days"),
        col("leads"),
        col("conversions"),
        col("conversions").divide(col("leads")).as("rate"),
        WilsonInterval.low(col("conversions"), col("leads")).as("ci_low"),
        WilsonInterval.high(col("conversions"), col("leads")).as("ci_high"));
  }
}
