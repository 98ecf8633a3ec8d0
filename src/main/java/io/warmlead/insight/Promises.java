package io.warmlead.insight;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;

import io.warmlead.decay.WilsonInterval;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Promised conversions beside those that came.
 *
 * <p>A date is judged by itself: within it every lead stands once, and if the probabilities are
 * right, its conversion is a trial of its own. The number of conversions then varies by sum p (1 -
 * p). Scores of neighbouring dates tell the same conversions again, so rows of different dates must
 * not be added up. Leads of one account that decide together are not allowed for.
 */
public final class Promises {
  /** Everyone, in place of a segment or tier. */
  public static final String ALL = "all";

  /** Two-sided 1 %: a table with three tiers every night must not cry wolf every week. */
  private static final double KEPT_WITHIN = 2.576;

  private static final double FIXED_POINT = 1e9;

  private Promises() {}

  /**
   * Adds up promises and conversions, for everyone and per segment, for all tiers and each.
   *
   * @param scores score_date, segment STRING (may be NULL: unknown), tier, probability DOUBLE,
   *     converted BOOLEAN; one row per lead and date
   * @param fewestLeads smaller segments are left out
   * @return the columns of {@link io.warmlead.table.TierQuality} that tell of conversions
   */
  public static Dataset<Row> of(Dataset<Row> scores, int fewestLeads) {
    Column probability = col("probability");
    return scores
        .withColumn("segment", coalesce(col("segment"), lit("unknown")))
        .groupBy("score_date", "segment", "tier")
        .agg(
            count(lit(1)).as("leads"),
            fixedSum(probability).as("expected"),
            fixedSum(probability.multiply(lit(1D).minus(probability))).as("variance"),
            sum(col("converted").cast("bigint")).as("observed"))
        .withColumn("segment", explode(array(col("segment"), lit(ALL))))
        .withColumn("tier", explode(array(col("tier"), lit(ALL))))
        .groupBy("score_date", "segment", "tier")
        .agg(
            sum("leads").as("leads"),
            sum("expected").divide(lit(FIXED_POINT)).as("expected"),
            sum("variance").divide(lit(FIXED_POINT)).as("variance"),
            sum("observed").as("observed"))
        .transform(rows -> withoutSmallSegments(rows, fewestLeads))
        .transform(Promises::judged);
  }

  /** The same sum in whatever order. */
  private static Column fixedSum(Column value) {
    return sum(round(value.multiply(lit(FIXED_POINT))).cast("bigint"));
  }

  /** Small by all their leads, so that a segment has all of its tiers or none. */
  private static Dataset<Row> withoutSmallSegments(Dataset<Row> rows, int fewestLeads) {
    Dataset<Row> kept =
        rows.where(
                col("tier")
                    .equalTo(ALL)
                    .and(col("segment").equalTo(ALL).or(col("leads").geq(fewestLeads))))
            .select("score_date", "segment");
    return rows.join(kept, new String[] {"score_date", "segment"}, "left_semi");
  }

  private static Dataset<Row> judged(Dataset<Row> sums) {
    Column difference = col("observed").minus(col("expected"));
    Column nearer = greatest(lit(0D), abs(difference).minus(lit(0.5)));
    return sums.withColumn("expected_rate", col("expected").divide(col("leads")))
        .withColumn("observed_rate", col("observed").divide(col("leads")))
        .withColumn("ci_low", WilsonInterval.low(col("observed"), col("leads")))
        .withColumn("ci_high", WilsonInterval.high(col("observed"), col("leads")))
        // A probability is never 0 or 1, but 1e-9 parts of it may round to that.
        .withColumn(
            "z",
            signum(difference)
                .multiply(nearer)
                .divide(sqrt(greatest(col("variance"), lit(1 / FIXED_POINT)))))
        .withColumn("kept", abs(col("z")).leq(lit(KEPT_WITHIN)))
        .drop("variance");
  }
}
