package io.warmlead.temperature;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc_nulls_last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.TemperatureSettings;
import java.util.OptionalDouble;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/** Tiers that are limited by how many leads there are, or by how many people can work on. */
public final class TierLimits {
  /** Reason of a lead that is warm because others are hotter. */
  static final String BEYOND = "beyond capacity";

  private final TemperatureSettings settings;

  public TierLimits(TemperatureSettings settings) {
    this.settings = settings;
  }

  /** Probabilities at which a lead is hot and warm. */
  public record Thresholds(OptionalDouble hot, OptionalDouble warm) {}

  /**
   * The probabilities that the configured shares of the leads reach tonight, or those of the model.
   *
   * @param open all open leads, with {@code probability}
   */
  public Thresholds thresholds(Dataset<Row> open, Thresholds ofTheModel) {
    if (!settings.policy().by().equals("share") || ofTheModel.hot().isEmpty()) {
      return ofTheModel;
    }
    Row reached =
        open.agg(
                functions.percentile(col("probability"), lit(1 - settings.policy().hotShare())),
                functions.percentile(col("probability"), lit(1 - settings.policy().warmShare())))
            .head();
    return reached.isNullAt(0)
        ? ofTheModel
        : new Thresholds(
            OptionalDouble.of(reached.getDouble(0)), OptionalDouble.of(reached.getDouble(1)));
  }

  /**
   * Leaves the hottest leads of each owner or segment hot; the others are warm. Leads set hot by
   * hand come first, then those that asked to buy lately, then by probability, without a model by
   * intent. A lead that is hot already keeps its place until the limit is exceeded by the share of
   * hysteresis.
   *
   * @param leads result of {@link TierPolicy#withTier}
   */
  public Dataset<Row> withinCapacity(Dataset<Row> leads) {
    if (!settings.policy().by().equals("capacity")) {
      return leads;
    }
    int capacity = settings.policy().capacity().orElseThrow();
    long kept = (long) Math.floor(capacity * (1 + settings.hysteresis()));
    Column rank =
        row_number()
            .over(
                Window.partitionBy(
                        col(settings.policy().capacityPer()), col("tier").equalTo(Tier.HOT))
                    .orderBy(
                        col("tier_reason").equalTo("set by hand").desc(),
                        Behaviour.number("asks_enter").gt(0).desc(),
                        desc_nulls_last("probability"),
                        Behaviour.fraction("intent_units").desc(),
                        col("lead_id")));
    Column wasHot = coalesce(col("previous_tier").equalTo(Tier.HOT), lit(false));
    Column isOver =
        col("tier")
            .equalTo(Tier.HOT)
            .and(col("tier_reason").notEqual("set by hand"))
            .and(col("rank_of_hot").gt(when(wasHot, kept).otherwise((long) capacity)));
    return leads
        .withColumn("rank_of_hot", rank)
        .withColumn("is_over", isOver)
        .withColumn("tier", when(col("is_over"), Tier.WARM).otherwise(col("tier")))
        .withColumn("tier_reason", when(col("is_over"), BEYOND).otherwise(col("tier_reason")))
        .drop("rank_of_hot", "is_over");
  }
}
