package io.warmlead.temperature;

import static io.warmlead.temperature.Behaviour.fraction;
import static io.warmlead.temperature.Behaviour.number;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The scores that people know from elsewhere, beside the model. */
public final class Frameworks {
  private Frameworks() {}

  /**
   * Adds {@code engagement_points, intent_score, inbound_share, bant_score, bant_missing,
   * bant_evidence, funnel_stage, readiness}.
   *
   * @param leads with behaviour, BANT columns, {@code tier} and {@code temperature}
   */
  public static Dataset<Row> withFrameworks(Dataset<Row> leads, Behaviour behaviour) {
    Column intent = functions.exp(fraction("intent_units").divide(lit(-4D)));
    return new Bant(behaviour)
        .with(leads)
        .withColumn("engagement_points", rounded(fraction("points_units")))
        .withColumn("intent_score", rounded(lit(100D).multiply(lit(1D).minus(intent))))
        .withColumn(
            "inbound_share",
            when(number("all_90d").gt(0), number("inbound_90d").divide(number("all_90d"))))
        .withColumn("funnel_stage", funnelStage())
        .withColumn("readiness", readiness());
  }

  private static Column funnelStage() {
    Column isHot = col("tier").equalTo(Tier.HOT);
    return when(isHot.and(number("meetings_30d").gt(0)), "sales engagement")
        .when(isHot, "qualifying")
        .when(col("tier").equalTo(Tier.WARM), "warm")
        .when(number("inbound_total_count").gt(0), "engaged")
        .otherwise("identified");
  }

  private static Column readiness() {
    Column stage =
        when(col("funnel_stage").equalTo("sales engagement"), 1D)
            .when(col("funnel_stage").equalTo("qualifying"), 0.8)
            .when(col("funnel_stage").equalTo("warm"), 0.6)
            .when(col("funnel_stage").equalTo("engaged"), 0.4)
            .otherwise(0.2);
    Column silentDays =
        functions.unix_micros(col("as_of")).minus(col("last_inbound_micros")).divide(lit(86_400e6));
    Column recency = coalesce(functions.exp(silentDays.multiply(lit(-Math.log(2) / 30))), lit(0D));
    return rounded(stage.multiply(col("temperature")).multiply(recency));
  }

  private static Column rounded(Column value) {
    return functions.rint(value.multiply(lit(1e6))).divide(lit(1e6));
  }
}
