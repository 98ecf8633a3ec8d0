package io.warmlead.decay;

import static io.warmlead.decay.RiskSets.BY_TIME;
import static io.warmlead.decay.RiskSets.SO_FAR;
import static io.warmlead.decay.RiskSets.WHOLE_CURVE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.expm1;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.DecaySettings;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Survival curves by the product-limit estimator: at each time with d conversions among n leads at
 * risk, survival is multiplied by 1 - d / n.
 *
 * <p>Points are the times with conversions, and the time at which observation ends. {@code
 * converted} and {@code censored} are those after the previous point up to and including this one,
 * so over a curve they add up to its leads.
 *
 * <p>Above {@code max_curve_points}, neighbouring points are merged into the last of each run.
 * Survival and its interval at the points kept are unchanged; {@code at_risk} is then the number
 * before the first conversion merged, and {@code hazard} the chance to convert in the whole run, 1
 * - S(this) / S(previous), which for a point by itself is d / n.
 *
 * <p>Beside it stand the Nelson-Aalen cumulative hazard, the sum of d / n with variance sum of d /
 * n^2, and the cumulative incidence of competing ends ({@link Incidence}). Where late entries leave
 * few at risk early on, all of these rest on those few; once all at risk convert, survival stays 0.
 *
 * <p>Sources: Kaplan and Meier 1958 (product limit); Greenwood 1926 (variance, sum of d / (n (n -
 * d))); Nelson 1972 and Aalen 1978 (cumulative hazard); Kalbfleisch and Prentice 1980 (log-log
 * interval, inside 0..1, undefined at survival 0 and 1).
 */
public final class KaplanMeier {
  /** 97.5 % point of the standard normal distribution. */
  static final double NORMAL_975 = 1.959963984540054;

  private KaplanMeier() {}

  /**
   * One curve per dimension and value with at least {@code min_group_leads} leads; the others have
   * a row in the half-lives that says so.
   *
   * @param durationCounts as {@link DurationCounts} gives them
   * @return the columns of {@link io.warmlead.table.DecayCurves} without as_of and run_id
   */
  public static Dataset<Row> curves(Dataset<Row> durationCounts, DecaySettings settings) {
    return RiskSets.of(durationCounts, settings.minGroupLeads())
        .transform(Incidence::with)
        .transform(KaplanMeier::points)
        .transform(points -> thinned(points, settings.maxCurvePoints()))
        .transform(KaplanMeier::described);
  }

  /**
   * The product limit at each conversion and at the end of the curve, unthinned.
   *
   * @param riskSets as {@link RiskSets} gives them
   * @return its columns and {@code log_survival}, {@code log_survival_before}, {@code variance} (of
   *     log_survival) and its step {@code spread}, {@code cumulative_hazard}, {@code
   *     hazard_variance} DOUBLE, {@code is_zero} BOOLEAN: whether survival is 0, which has no
   *     logarithm
   */
  static Dataset<Row> points(Dataset<Row> riskSets) {
    return riskSets
        .where(col("converted").gt(0).or(col("is_last")))
        .withColumn("censored", sinceThePoint("censored_so_far"))
        .withColumn("lost", sinceThePoint("lost_so_far"))
        .withColumn("silent", sinceThePoint("silent_so_far"))
        .withColumn("entered", sinceThePoint("entered_so_far"))
        .transform(KaplanMeier::withSums);
  }

  private static Column sinceThePoint(String soFar) {
    return col(soFar).minus(lag(soFar, 1, 0L).over(BY_TIME));
  }

  /** Adds sums over time: a window ordered by time sums in that order, whatever the partitions. */
  private static Dataset<Row> withSums(Dataset<Row> points) {
    Column converted = col("converted").cast("double");
    Column hazard = converted.divide(col("at_risk"));
    Column staying = col("at_risk").minus(col("converted"));
    Column isEmpty = staying.equalTo(0L);
    Column spread = hazard.divide(nullif(staying, lit(0L)));
    return points
        // Late entries can follow; survival stays 0 all the same.
        .withColumn("is_zero", max(isEmpty).over(SO_FAR))
        .withColumn("log_survival", soFar(when(isEmpty, 0D).otherwise(log1p(negate(hazard)))))
        .withColumn("spread", coalesce(spread, lit(0D)))
        .withColumn("variance", soFar(col("spread")))
        .withColumn("cumulative_hazard", soFar(hazard))
        .withColumn("hazard_variance", soFar(hazard.divide(col("at_risk"))))
        .withColumn("log_survival_before", lag("log_survival", 1, 0D).over(BY_TIME));
  }

  private static Column soFar(Column term) {
    return sum(term).over(SO_FAR);
  }

  /** Merges neighbouring points by rank, keeping the last of each run and so the end. */
  private static Dataset<Row> thinned(Dataset<Row> points, int maxCurvePoints) {
    Column rank = row_number().over(BY_TIME).minus(1);
    Column allPoints = count(lit(1)).over(WHOLE_CURVE);
    return points
        .withColumn("run", floor(rank.multiply(lit((double) maxCurvePoints)).divide(allPoints)))
        .withColumn("run", when(allPoints.leq(maxCurvePoints), rank).otherwise(col("run")))
        .groupBy("dimension", "value", "origin", "run")
        .agg(
            max("minutes").as("minutes"),
            atTheEnd("log_survival"),
            atTheEnd("variance"),
            atTheEnd("is_zero"),
            atTheEnd("cumulative_hazard"),
            atTheEnd("hazard_variance"),
            atTheEnd("incidence_converted"),
            atTheEnd("incidence_converted_variance"),
            atTheEnd("incidence_lost"),
            atTheEnd("incidence_lost_variance"),
            atTheEnd("incidence_converted_first"),
            atTheEnd("incidence_lost_first"),
            atTheEnd("incidence_silent"),
            atTheEnd("incidence_silent_variance"),
            min_by(col("log_survival_before"), col("minutes")).as("log_survival_before"),
            min_by(col("at_risk"), col("minutes")).as("at_risk"),
            sum("converted").as("converted"),
            sum("censored").as("censored"),
            sum("lost").as("lost"),
            sum("entered").as("entered"),
            sum("silent").as("silent"),
            count(lit(1)).as("merged"));
  }

  private static Column atTheEnd(String column) {
    return max_by(col(column), col("minutes")).as(column);
  }

  private static Dataset<Row> described(Dataset<Row> points) {
    Column hazard =
        when(col("merged").equalTo(1L), col("converted").divide(col("at_risk")))
            .when(col("is_zero"), 1D)
            .otherwise(negate(expm1(col("log_survival").minus(col("log_survival_before")))));
    return points.select(
        col("dimension"),
        col("value"),
        col("minutes").divide(lit(DurationCounts.MINUTES_PER_DAY)).as("day"),
        col("origin"),
        when(col("is_zero"), 0D).otherwise(exp(col("log_survival"))).as("survival"),
        logLogBound(NORMAL_975).as("ci_low"),
        logLogBound(-NORMAL_975).as("ci_high"),
        col("at_risk"),
        col("converted"),
        col("censored"),
        hazard.as("hazard"),
        col("lost"),
        col("entered"),
        col("cumulative_hazard"),
        sqrt(col("hazard_variance")).as("cumulative_hazard_std_err"),
        col("incidence_converted"),
        Incidence.bound("converted", NORMAL_975).as("incidence_converted_ci_low"),
        Incidence.bound("converted", -NORMAL_975).as("incidence_converted_ci_high"),
        col("incidence_lost"),
        Incidence.bound("lost", NORMAL_975).as("incidence_lost_ci_low"),
        Incidence.bound("lost", -NORMAL_975).as("incidence_lost_ci_high"),
        col("silent"),
        col("incidence_silent"),
        Incidence.bound("silent", NORMAL_975).as("incidence_silent_ci_low"),
        Incidence.bound("silent", -NORMAL_975).as("incidence_silent_ci_high"),
        col("incidence_converted_first"),
        col("incidence_lost_first"));
  }

  /** S ^ exp(z s), where s is the standard error of ln(-ln S); NULL where S is 0 or 1. */
  private static Column logLogBound(double z) {
    Column defined = not(col("is_zero")).and(col("log_survival").lt(0D));
    Column standardError = sqrt(col("variance")).divide(nullif(col("log_survival"), lit(0D)));
    // log_survival is negative, hence the sign.
    Column exponent = exp(standardError.multiply(lit(-z)));
    return when(defined, exp(col("log_survival").multiply(exponent)));
  }
}
