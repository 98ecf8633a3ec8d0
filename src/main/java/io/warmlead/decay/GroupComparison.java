package io.warmlead.decay;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.DecaySettings;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * How the values of each dimension differ: the log-rank test between them, and the mean time to
 * conversion within a horizon and the time ratio of each.
 *
 * <p>Signals and channels are not tested, because one lead is in several of them and the test would
 * take it for several leads.
 */
public final class GroupComparison {
  private static final String[] KEY = {"dimension", "value"};
  private static final String NO_MEAN = "; no mean: nobody was watched for the whole horizon";
  private static final Object[] OVERLAPPING = {"signal", "channel"};

  private GroupComparison() {}

  /**
   * One row per dimension and value. Runs jobs, as {@link TimeRatios} does.
   *
   * @param durationCounts as {@link DurationCounts} gives them; read several times, so persist them
   * @return the columns of {@link io.warmlead.table.DecayTests} without as_of and run_id
   */
  public static Dataset<Row> of(Dataset<Row> durationCounts, DecaySettings settings) {
    Dataset<Row> groups = groups(durationCounts, settings);
    Dataset<Row> tested =
        durationCounts.join(
            broadcast(groups.where(col("untested").isNull()).select("dimension", "value")), KEY);
    Dataset<Row> means =
        RestrictedMean.of(
            RiskSets.of(durationCounts, settings.minGroupLeads()), settings.restrictedMeanDays());
    return groups
        .join(means, KEY, "left")
        .join(broadcast(LogRank.of(tested)), KEY, "left")
        .join(broadcast(TimeRatios.of(durationCounts, settings)), KEY, "left")
        .select(
            col("dimension"),
            col("value"),
            col("n"),
            col("conversions"),
            col("expected_conversions"),
            col("chi_square"),
            col("degrees_of_freedom"),
            col("p_value"),
            lit(settings.restrictedMeanDays()).as("horizon_days"),
            col("restricted_mean_days"),
            col("restricted_mean_std_err"),
            col("time_ratio"),
            col("time_ratio_ci_low"),
            col("time_ratio_ci_high"),
            col("time_ratio_base"),
            col("time_ratio_n"),
            col("time_ratio_method"),
            col("time_ratio_shape"),
            col("weibull_intercept"),
            col("weibull_scale"),
            col("weibull_log_likelihood"),
            col("weibull_akaike"),
            col("log_normal_time_ratio"),
            col("log_normal_time_ratio_ci_low"),
            col("log_normal_time_ratio_ci_high"),
            col("log_normal_intercept"),
            col("log_normal_scale"),
            col("log_normal_log_likelihood"),
            col("log_normal_akaike"),
            concat(
                    coalesce(col("untested"), testNote()),
                    meanNote(),
                    coalesce(col("ratio_note"), lit("")))
                .as("method"));
  }

  /** Sizes per group, and why it is not compared, if so. */
  private static Dataset<Row> groups(Dataset<Row> durationCounts, DecaySettings settings) {
    Column isSmall = col("n").lt(settings.minGroupLeads());
    Column rank =
        row_number()
            .over(Window.partitionBy("dimension").orderBy(isSmall, col("n").desc(), col("value")));
    Column isTested =
        not(isSmall)
            .and(col("size_rank").leq(HalfLives.MOST_VALUES))
            .and(not(col("dimension").isin(OVERLAPPING)));
    Column withheld =
        when(
                isSmall,
                concat(
                    lit("withheld: "),
                    col("n").cast("string"),
                    lit(" leads, " + settings.minGroupLeads() + " needed")))
            .when(col("dimension").equalTo("overall"), "mean only: no values to compare")
            .when(
                col("dimension").isin(OVERLAPPING),
                "mean only: a lead may have several values, which no test allows for")
            .when(
                col("size_rank").gt(HalfLives.MOST_VALUES),
                "mean only: the " + HalfLives.MOST_VALUES + " largest values are compared")
            .when(col("values_tested").lt(2L), "mean only: no other value is large enough");
    return durationCounts
        .groupBy(KEY[0], KEY[1])
        .agg(
            sum(col("converted").plus(col("censored"))).as("n"), sum("converted").as("conversions"))
        .withColumn("size_rank", rank)
        .withColumn("values_tested", count_if(isTested).over(Window.partitionBy("dimension")))
        .withColumn("untested", withheld);
  }

  private static Column testNote() {
    return when(
            col("chi_square").isNotNull(),
            concat(lit("log-rank between "), col("values_tested").cast("string"), lit(" values")))
        .otherwise("mean only: nobody converted while two values were at risk");
  }

  private static Column meanNote() {
    Column isWithheld = coalesce(col("untested"), lit("")).startsWith("withheld");
    return when(col("restricted_mean_days").isNull().and(not(isWithheld)), NO_MEAN).otherwise("");
  }
}
