package io.warmlead.decay;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * How many were at risk when somebody converted or was lost: what every estimator of this room
 * divides by.
 *
 * <p>At risk at minute m are those that end at m or later and were watched from the origin, or
 * entered late before m. At a tie, who is lost or no longer watched counts as at risk, and who
 * enters does not.
 */
final class RiskSets {
  static final WindowSpec BY_TIME = Window.partitionBy("dimension", "value").orderBy("minutes");
  static final WindowSpec SO_FAR =
      BY_TIME.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  static final WindowSpec WHOLE_CURVE =
      BY_TIME.rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());

  private static final WindowSpec BEFORE = BY_TIME.rowsBetween(Window.unboundedPreceding(), -1);

  private RiskSets() {}

  /**
   * One row per minute with a conversion, a loss or a lead that falls silent, and the last of each
   * curve.
   *
   * @param durationCounts as {@link DurationCounts} gives them
   * @param minGroupLeads smaller groups are left out
   * @return its columns and {@code leads}, {@code at_risk}, {@code at_risk_engaged} (of these,
   *     those that are known not to have fallen silent before), {@code censored_so_far}, {@code
   *     lost_so_far}, {@code silent_so_far}, {@code entered_so_far} BIGINT, {@code is_last} BOOLEAN
   */
  static Dataset<Row> of(Dataset<Row> durationCounts, int minGroupLeads) {
    Column ended = col("converted").plus(col("censored"));
    Column stillToEnd = col("leads").minus(sum(ended).over(SO_FAR)).plus(ended);
    Column entered = sum("entered").over(WHOLE_CURVE);
    Column stillToEnter = entered.minus(col("entered_so_far")).plus(col("entered"));
    Column away =
        coalesce(
                sum(col("silent").minus(col("silent_converted")).minus(col("silent_censored")))
                    .over(BEFORE),
                lit(0L))
            .plus(sum("may_be_silent").over(SO_FAR));
    return durationCounts
        .where(col("minutes").isNotNull())
        // For how long lost leads were watched is no time of a curve.
        .where(ended.plus(col("entered")).plus(col("silent")).plus(col("may_be_silent")).gt(0L))
        .withColumn("leads", sum(ended).over(WHOLE_CURVE))
        .withColumn("entered_so_far", sum("entered").over(SO_FAR))
        .withColumn("at_risk", stillToEnd.minus(stillToEnter))
        .withColumn("at_risk_engaged", col("at_risk").minus(away))
        .withColumn("silent_so_far", sum("silent").over(SO_FAR))
        .withColumn("censored_so_far", sum("censored").over(SO_FAR))
        .withColumn("lost_so_far", sum("lost").over(SO_FAR))
        .withColumn("is_last", lead("minutes", 1).over(BY_TIME).isNull())
        .where(col("leads").geq(minGroupLeads))
        .where(
            col("converted")
                .gt(0L)
                .or(col("lost").gt(0L))
                .or(col("silent").gt(0L))
                .or(col("is_last")));
  }
}
