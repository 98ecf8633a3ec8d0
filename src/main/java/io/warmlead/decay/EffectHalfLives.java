package io.warmlead.decay;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Puts how fast the effect of a touch fades in the place of how fast those touched convert, in the
 * rows of signals and channels; how many of them never do stays.
 */
public final class EffectHalfLives {
  private static final StructType EFFECT =
      StructType.fromDDL(
          "dimension STRING, value STRING, fades DOUBLE, fades_low DOUBLE, fades_high DOUBLE,"
              + " leads BIGINT, converted BIGINT, how STRING");

  private static final String[] KEY = {"dimension", "value"};

  private EffectHalfLives() {}

  /**
   * The rows of {@link HalfLives#fit} with the half-lives of effects, and one more for each
   * dimension of touches: {@link TouchEffect#EVERY}.
   *
   * @param halfLives as {@link HalfLives#fit} gives them
   * @param effects as {@link TouchEffects#of} gives them
   */
  public static Dataset<Row> in(Dataset<Row> halfLives, List<TouchEffect> effects) {
    Dataset<Row> told =
        halfLives
            .sparkSession()
            .createDataFrame(effects.stream().map(EffectHalfLives::row).toList(), EFFECT);
    Column isOfTouch = col("dimension").isin(TouchEffects.DIMENSIONS.toArray());
    Column how = coalesce(col("how"), lit("withheld: no such touch among the leads looked at"));
    Column shape = when(col("fades").isNotNull(), Shape.EXPONENTIAL.label()).otherwise("none");
    return halfLives
        .where(not(isOfTouch.and(col("value").equalTo(TouchEffect.EVERY))))
        .join(broadcast(told.where(col("value").notEqual(TouchEffect.EVERY))), KEY, "left")
        .unionByName(told.where(col("value").equalTo(TouchEffect.EVERY)), true)
        .select(
            col("dimension"),
            col("value"),
            when(isOfTouch, shape).otherwise(col("shape")).as("shape"),
            when(isOfTouch, when(col("fades").isNotNull(), 1D))
                .otherwise(col("shape_exponent"))
                .as("shape_exponent"),
            when(isOfTouch, col("fades")).otherwise(col("half_life_days")).as("half_life_days"),
            when(isOfTouch, col("fades_low")).otherwise(col("ci_low")).as("ci_low"),
            when(isOfTouch, col("fades_high")).otherwise(col("ci_high")).as("ci_high"),
            col("never_converts_share"),
            coalesce(col("n"), col("leads")).as("n"),
            coalesce(col("conversions"), col("converted")).as("conversions"),
            when(isOfTouch, concat(how, neverNote())).otherwise(col("method")).as("method"));
  }

  private static Column neverNote() {
    return when(
            col("never_converts_share").isNotNull(),
            concat(lit("; share that never converts: "), col("method")))
        .otherwise("");
  }

  private static Row row(TouchEffect effect) {
    return RowFactory.create(
        effect.dimension(),
        effect.value(),
        effect.halfLifeDays(),
        effect.lowDays(),
        effect.highDays(),
        effect.leads(),
        effect.conversions(),
        effect.method());
  }
}
