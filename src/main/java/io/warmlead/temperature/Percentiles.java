package io.warmlead.temperature;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/** Ranks of one night. */
public final class Percentiles {
  private Percentiles() {}

  /**
   * Adds {@code percentile}: 100 x the share of leads with a lower or equal probability, NULL for
   * NULL. Probabilities are compared in steps of 0.001 of log-odds, at most 28 thousand of them, so
   * that no sort over all leads is needed.
   */
  public static Dataset<Row> withPercentile(Dataset<Row> leads) {
    Column logOdds = functions.log(col("probability").divide(lit(1D).minus(col("probability"))));
    Dataset<Row> stepped =
        leads.withColumn("step", functions.floor(logOdds.multiply(lit(1000D))).cast("int"));
    Dataset<Row> steps =
        stepped
            .where(col("step").isNotNull())
            .groupBy("step")
            .agg(count(lit(1)).as("leads"))
            .withColumn(
                "percentile",
                sum("leads")
                    .over(Window.orderBy("step"))
                    .multiply(lit(100D))
                    .divide(
                        sum("leads")
                            .over(
                                Window.orderBy("step")
                                    .rowsBetween(
                                        Window.unboundedPreceding(), Window.unboundedFollowing()))))
            .select("step", "percentile");
    return stepped.join(broadcast(steps), new String[] {"step"}, "left_outer").drop("step");
  }
}
