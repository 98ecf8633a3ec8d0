package io.warmlead.decay;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.expm1;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
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
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Survival curves by the product-limit estimator: at each time with d conversions among n leads at
 * risk, survival is multiplied by 1 - d / n.
 *
 * <p>Points are the times with conversions, and the time at which observation ends. At a tie,
 * censored leads count as at risk. {@code converted} and {@code censored} are those after the
 * previous point up to and including this one, so over a curve they add up to its leads.
 *
 * <p>Above {@code max_curve_points}, neighbouring points are merged into the last of each run.
 * Survival and its interval at the points kept are unchanged; {@code at_risk} is then the number
 * before the first conversion merged, and {@code hazard} the chance to convert in the whole run, 1
 * - S(this) / S(previous), which for a point by itself is d / n.
 *
 * <p>Sources: Kaplan and Meier 1958 (product limit); Greenwood 1926 (variance, sum of d / (n (n -
 * d))); Kalbfleisch and Prentice 1980 (log-log interval, inside 0..1, undefined at survival 0 and
 * 1).
 */
public final class KaplanMeier {
  /** 97.5 % point of the standard normal distribution. */
  static final double NORMAL_975 = 1.959963984540054;

  private static final WindowSpec BY_TIME =
      Window.partitionBy("dimension", "value").orderBy("minutes");
  private static final WindowSpec SO_FAR =
      BY_TIME.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  private static final WindowSpec WHOLE_CURVE =
      BY_TIME.rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());

  private KaplanMeier() {}

  /**
   * One curve per dimension and value with at least {@code min_group_leads} leads; the others have
   * a row in the half-lives that says so.
   *
   * @param durationCounts as {@link DurationCounts} gives them
   * @return the columns of {@link io.warmlead.table.DecayCurves} without as_of and run_id
   */
  public static Dataset<Row> curves(Dataset<Row> durationCounts, DecaySettings settings) {
    return durationCounts
        .where(col("minutes").isNotNull())
        .transform(counts -> withAtRisk(counts, settings.minGroupLeads()))
        .transform(KaplanMeier::pointsOnly)
        .transform(KaplanMeier::withLogSurvival)
        .transform(points -> thinned(points, settings.maxCurvePoints()))
        .transform(KaplanMeier::described);
  }

  private static Dataset<Row> withAtRisk(Dataset<Row> counts, int minGroupLeads) {
    Column ended = col("converted").plus(col("censored"));
    return counts
        .withColumn("leads", sum(ended).over(WHOLE_CURVE))
        .withColumn("at_risk", col("leads").minus(sum(ended).over(SO_FAR)).plus(ended))
        .withColumn("censored_so_far", sum("censored").over(SO_FAR))
        .withColumn("is_last", lead("minutes", 1).over(BY_TIME).isNull())
        .where(col("leads").geq(minGroupLeads));
  }

  private static Dataset<Row> pointsOnly(Dataset<Row> counts) {
    return counts
        .where(col("converted").gt(0).or(col("is_last")))
        .withColumn(
            "censored", col("censored_so_far").minus(lag("censored_so_far", 1, 0L).over(BY_TIME)));
  }

  /** Adds sums over time: a window ordered by time sums in that order, whatever the partitions. */
  private static Dataset<Row> withLogSurvival(Dataset<Row> points) {
    Column converted = col("converted").cast("double");
    Column staying = col("at_risk").minus(col("converted"));
    // Where all at risk convert, survival is exactly 0, which has no logarithm to sum.
    Column isZero = staying.equalTo(0L);
    Column step = log1p(negate(converted.divide(col("at_risk"))));
    Column spread = converted.divide(col("at_risk")).divide(nullif(staying, lit(0L)));
    return points
        .withColumn("is_zero", isZero)
        .withColumn("log_survival", sum(when(isZero, 0D).otherwise(step)).over(SO_FAR))
        .withColumn("variance", sum(coalesce(spread, lit(0D))).over(SO_FAR))
        .withColumn("log_survival_before", lag("log_survival", 1, 0D).over(BY_TIME));
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
            max_by(col("log_survival"), col("minutes")).as("log_survival"),
            max_by(col("variance"), col("minutes")).as("variance"),
            max("is_zero").as("is_zero"),
            max("log_survival_before").as("log_survival_before"),
            max("at_risk").as("at_risk"),
            sum("converted").as("converted"),
            sum("censored").as("censored"),
            count(lit(1)).as("merged"));
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
        hazard.as("hazard"));
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
