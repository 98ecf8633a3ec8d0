package io.warmlead.decay;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.DecaySettings;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The share of leads that convert within the horizon, by how long they have been silent.
 *
 * <p>A bucket takes in its upper end, not its lower one: "over 7 to 14 days" is silence s with 7 <
 * s <= 14. So a lead last heard 14 dates ago, whose history holds dates only, counts as "up to 14
 * days", as it does in a feature over the last 14 days; and one heard yesterday is in the first
 * bucket, which would stay empty the other way round. Buckets without leads have no row.
 *
 * <p>Snapshots stand closer together than a horizon, so one conversion counts in several of them,
 * and one silent lead stands in many. Counts and rates are those of the snapshots; the interval is
 * that of as many independent ones as tell as much: their number divided by the design effect, the
 * variance of the rate with leads as clusters (Taylor's for a ratio) over that of independent
 * snapshots, at least 1. Where none or all of a bucket convert it cannot be seen, and is taken to
 * be the greatest of the group's other buckets. (Kish 1965; Korn and Graubard 1998.)
 */
public final class SilenceTable {

  private SilenceTable() {}

  /**
   * Counts snapshots by silence, overall and per segment.
   *
   * @param snapshots lead_id STRING, segment STRING, days_since_last_inbound DOUBLE (NULL: never
   *     engaged), label INT (1: converted within the horizon, 0: not; NULL, horizon not yet over,
   *     is left out); one row per lead and snapshot date
   * @return the columns of {@link io.warmlead.table.Silence} without as_of and run_id
   */
  public static Dataset<Row> of(Dataset<Row> snapshots, DecaySettings settings) {
    return snapshots
        .where(col("label").isNotNull())
        // A number, not its names: these rows are shuffled.
        .withColumn("bucket_order", order(settings.silenceBucketsDays()))
        .groupBy("lead_id", "segment", "bucket_order")
        .agg(count(lit(1)).as("n"), sum("label").as("k"))
        .groupBy("segment", "bucket_order")
        .agg(
            sum("n").as("leads"),
            sum("k").as("conversions"),
            sum(col("n").multiply(col("n"))).as("nn"),
            sum(col("n").multiply(col("k"))).as("nk"),
            sum(col("k").multiply(col("k"))).as("kk"))
        .transform(SilenceTable::overallAndSegment)
        .withColumn("bucket", bucket(settings.silenceBucketsDays()))
        .transform(SilenceTable::withEffectiveNumber)
        .transform(SilenceTable::withRate);
  }

  /** The first bucket whose upper end is not exceeded, by its number. */
  private static Column order(List<Integer> upperEnds) {
    Column silence = col("days_since_last_inbound");
    Column order = when(silence.isNull(), upperEnds.size() + 1);
    for (int bucket = 0; bucket < upperEnds.size(); bucket++) {
      order = order.when(silence.leq(upperEnds.get(bucket)), bucket);
    }
    return order.otherwise(upperEnds.size());
  }

  /** The bucket of a number. */
  private static Column bucket(List<Integer> upperEnds) {
    int buckets = upperEnds.size();
    Column order = col("bucket_order");
    Column bucket = when(order.gt(buckets), never(buckets + 1));
    for (int other = 0; other < buckets; other++) {
      bucket = bucket.when(order.equalTo(other), upTo(other, upperEnds));
    }
    return bucket.otherwise(beyond(buckets, upperEnds.get(buckets - 1)));
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

  /**
   * From sums per segment, not from rows: everyone costs no second pass. Among everyone, a lead
   * that changed its segment stands for two.
   */
  private static Dataset<Row> overallAndSegment(Dataset<Row> counts) {
    Column overall = struct(lit("overall").as("dimension"), lit("all").as("value"));
    Column segment =
        struct(
            lit("segment").as("dimension"),
            coalesce(col("segment"), lit(Lifetimes.UNKNOWN)).as("value"));
    return counts
        .withColumn("group", explode(array(overall, segment)))
        .groupBy("group", "bucket_order")
        .agg(
            sum("leads").as("leads"),
            sum("conversions").as("conversions"),
            sum("nn").as("nn"),
            sum("nk").as("nk"),
            sum("kk").as("kk"));
  }

  /**
   * Snapshots divided by the design effect. With n and k the snapshots and conversions of a lead
   * and p the rate it is sum (k - p n)^2 / (p (1 - p) sum n), written out in the sums at hand.
   * Where no bucket of the group shows one, all snapshots of a lead are taken for one: sum n^2 /
   * sum n.
   */
  private static Dataset<Row> withEffectiveNumber(Dataset<Row> counts) {
    Column leads = col("leads").cast("double");
    Column rate = col("conversions").divide(leads);
    Column between =
        col("kk")
            .minus(rate.multiply(2D).multiply(col("nk")))
            .plus(rate.multiply(rate).multiply(col("nn")));
    Column independent = rate.multiply(lit(1D).minus(rate)).multiply(leads);
    Column seen = col("design_effect");
    return counts
        .withColumn("design_effect", when(independent.gt(0D), between.divide(independent)))
        .withColumn(
            "design_effect",
            coalesce(seen, max(seen).over(Window.partitionBy("group")), col("nn").divide(leads)))
        .withColumn("effective_n", leads.divide(greatest(lit(1D), seen)));
  }

  private static Dataset<Row> withRate(Dataset<Row> counts) {
    Column rate = col("conversions").divide(col("leads"));
    Column effective = rate.multiply(col("effective_n"));
    return counts.select(
        col("group.dimension"),
        col("group.value"),
        col("bucket.bucket"),
        col("bucket.bucket_order"),
        col("bucket.from_days"),
        col("bucket.to_days"),
        col("leads"),
        col("conversions"),
        rate.as("rate"),
        WilsonInterval.low(effective, col("effective_n")).as("ci_low"),
        WilsonInterval.high(effective, col("effective_n")).as("ci_high"),
        col("effective_n"));
  }
}
