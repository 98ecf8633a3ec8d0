package io.warmlead.decay;

import static io.warmlead.decay.RiskSets.BY_TIME;
import static io.warmlead.decay.RiskSets.SO_FAR;
import static io.warmlead.decay.RiskSets.WHOLE_CURVE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The mean time to conversion within a horizon: the area M under the Kaplan-Meier curve up to it. A
 * lead that has not converted by then counts with the whole horizon.
 *
 * <p>Its variance is the sum over conversions of (M - M(t))^2 d / (n (n - d)), M(t) being the area
 * up to the conversion (Kaplan and Meier 1958; Irwin 1949).
 */
final class RestrictedMean {
  private RestrictedMean() {}

  /**
   * One row per curve.
   *
   * @param riskSets as {@link RiskSets} gives them
   * @param horizonDays end of the area
   * @return dimension, value STRING; restricted_mean_days, restricted_mean_std_err DOUBLE, NULL
   *     where nobody was watched that long and some have not converted
   */
  static Dataset<Row> of(Dataset<Row> riskSets, int horizonDays) {
    Column horizon = lit(horizonDays * (long) DurationCounts.MINUTES_PER_DAY);
    Column missed = col("whole_area").minus(col("area"));
    Column isWhole = col("minutes").geq(horizon).or(col("is_zero"));
    return KaplanMeier.points(riskSets)
        .withColumn("until", least(col("minutes"), horizon))
        .withColumn("width", col("until").minus(lag("until", 1, 0L).over(BY_TIME)))
        .withColumn("survival", when(col("is_zero"), 0D).otherwise(exp(col("log_survival"))))
        .withColumn("height", lag("survival", 1, 1D).over(BY_TIME))
        .withColumn("area", sum(days(col("height").multiply(col("width")))).over(SO_FAR))
        .withColumn("whole_area", max("area").over(WHOLE_CURVE))
        .withColumn(
            "area_variance", sum(missed.multiply(missed).multiply(col("spread"))).over(SO_FAR))
        .where(col("is_last"))
        .select(
            col("dimension"),
            col("value"),
            when(isWhole, col("whole_area")).as("restricted_mean_days"),
            when(isWhole, sqrt(col("area_variance"))).as("restricted_mean_std_err"));
  }

  private static Column days(Column minutes) {
    return minutes.divide(lit(DurationCounts.MINUTES_PER_DAY));
  }
}
