package io.warmlead.model;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.Seq;

/**
 * Leads with at most three of their decided snapshots each, as plain numbers on the driver. Leads
 * that converted are rare, so they and the others are sampled apart, by a hash of the lead: the
 * same data give the same sample, in whatever order they come.
 *
 * @param leads sampled leads, in order of their ids
 * @param weight how many times as many leads one of {@code others} stands for as a converting one
 */
record LeakSample(List<Lead> leads, double weight) {
  /** Numbers held at most, about 64 MB. */
  private static final long MOST_NUMBERS = 8_000_000;

  private static final long HASH_STEPS = 1L << 20;

  /**
   * One lead's features.
   *
   * @param converted whether a conversion followed any of its decided snapshots within the horizon
   * @param last its last snapshot before the conversion, or its last without one
   * @param with one of the snapshots that a conversion followed, chosen by a hash, or null
   * @param without one of the others, or null
   */
  // Rows by the ten thousand: plain arrays, never compared, never handed out of the room.
  @SuppressWarnings("ArrayRecordComponent")
  record Lead(boolean converted, double[] last, double[] with, double[] without) {}

  /**
   * Collects.
   *
   * @param rows training rows, see {@link Trainer#train}
   * @param features how many features they hold
   * @param decidedUpTo newest snapshot whose horizon has passed
   */
  static LeakSample of(Dataset<Row> rows, int features, Instant decidedUpTo) {
    Dataset<Row> decided =
        rows.where(col("as_of").leq(lit(decidedUpTo)))
            .withColumn("pick", xxhash64(col("lead_id"), col("as_of")));
    Column isWith = col("label").equalTo(1);
    Dataset<Row> leads =
        decided
            .groupBy("lead_id")
            .agg(
                max("label").as("converted"),
                coalesce(max(when(isWith, col("as_of"))), max("as_of")).as("last"),
                max(when(isWith, col("pick"))).as("with"),
                max(when(isWith, lit(null)).otherwise(col("pick"))).as("without"));
    Column hasConverted = col("converted").equalTo(1);
    Row counts = leads.agg(count(when(hasConverted, 1)), count(lit(1))).head();
    long most = Math.max(1, MOST_NUMBERS / (2L * 3 * Math.max(1, features)));
    long converting = threshold(counts.getLong(0), most);
    long other = threshold(counts.getLong(1) - counts.getLong(0), most);
    Column step = pmod(xxhash64(col("lead_id"), lit("leakage")), lit(HASH_STEPS));
    Dataset<Row> sampled = leads.where(step.lt(when(hasConverted, converting).otherwise(other)));
    return new LeakSample(collect(decided, sampled), (double) converting / other);
  }

  private static long threshold(long leads, long most) {
    return leads <= most ? HASH_STEPS : Math.max(1, (long) ((double) most / leads * HASH_STEPS));
  }

  private static List<Lead> collect(Dataset<Row> decided, Dataset<Row> sampled) {
    Column isLast = col("as_of").equalTo(col("last"));
    Column isWith = coalesce(col("pick").equalTo(col("with")), lit(false));
    Column isWithout = coalesce(col("pick").equalTo(col("without")), lit(false));
    TreeMap<String, Lead> leads = new TreeMap<>();
    for (Row row :
        decided
            .join(broadcast(sampled), "lead_id")
            .where(isLast.or(isWith).or(isWithout))
            .select(
                col("lead_id"),
                col("converted").equalTo(1),
                isLast,
                isWith,
                isWithout,
                col("features"))
            .collectAsList()) {
      double[] numbers = numbers(row.getSeq(5));
      leads.merge(
          row.getString(0),
          new Lead(
              row.getBoolean(1),
              row.getBoolean(2) ? numbers : null,
              row.getBoolean(3) ? numbers : null,
              row.getBoolean(4) ? numbers : null),
          LeakSample::together);
    }
    return new ArrayList<>(leads.values());
  }

  private static Lead together(Lead one, Lead two) {
    return new Lead(
        one.converted,
        one.last == null ? two.last : one.last,
        one.with == null ? two.with : one.with,
        one.without == null ? two.without : one.without);
  }

  private static double[] numbers(Seq<Double> values) {
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.apply(i);
    }
    return numbers;
  }

  long converting() {
    return leads.stream().filter(Lead::converted).count();
  }
}
