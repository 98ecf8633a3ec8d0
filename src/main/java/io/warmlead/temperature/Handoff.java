package io.warmlead.temperature;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.HandoffSettings;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * From marketing to sales. A lead rises from {@code none} to {@code MQL} and {@code SQL} as it
 * meets their criteria, and keeps its stage, whatever its score does, until it goes cold or sales
 * gives it back. Then it is {@code returned}, with the reason, until it qualifies anew; a lead that
 * sales gave back must act again first.
 */
public final class Handoff {
  static final String NONE = "none";
  static final String MQL = "MQL";
  static final String SQL = "SQL";
  static final String RETURNED = "returned";

  private final HandoffSettings settings;

  public Handoff(HandoffSettings settings) {
    this.settings = settings;
  }

  /**
   * The last answer of sales to each lead: {@code lead_id, answer, answered_at}.
   *
   * @param outcomes rows of {@code outcomes}
   */
  public Dataset<Row> answers(Dataset<Row> outcomes, Instant asOf) {
    List<String> names = new ArrayList<>(settings.accepted());
    names.addAll(settings.rejected());
    return outcomes
        .where(
            col("outcome")
                .isin(names.toArray())
                .and(col("occurred_at").lt(lit(Timestamp.from(asOf)))))
        .groupBy("lead_id")
        .agg(max(struct(col("occurred_at"), col("outcome"))).as("last"))
        .select(
            col("lead_id"),
            col("last.outcome").as("answer"),
            col("last.occurred_at").as("answered_at"));
  }

  /**
   * Adds {@code handoff_stage, handoff_at, handoff_reason, handoff_accepted}.
   *
   * @param leads with tier, frameworks, behaviour, {@link Moves#before} and {@code answer,
   *     answered_at} (NULL without one)
   */
  public Dataset<Row> withStage(Dataset<Row> leads, LocalDate scoreDate) {
    Column before = coalesce(col("previous_handoff_stage"), lit(NONE));
    Column wasHandedOver = before.isin(MQL, SQL);
    Column isAnswered = col("answer").isNotNull();
    Column accepted = isAnswered.and(col("answer").isin(settings.accepted().toArray()));
    Column rejected = isAnswered.and(col("answer").isin(settings.rejected().toArray()));
    Column actedSince =
        coalesce(col("last_inbound_micros").gt(unix_micros(col("answered_at"))), lit(false));
    Column why = concat(col("tier"), lit(": "), col("tier_reason"));
    Column reached =
        when(meets(settings.sql(), "sql_signals"), SQL)
            .when(meets(settings.mql(), "mql_signals"), MQL)
            .otherwise(NONE);
    Column decided =
        when(
                rejected.and(not(actedSince)),
                decision(lit(RETURNED), concat(lit("given back by sales: "), col("answer"))))
            .when(
                accepted.and(col("tier").notEqual(Tier.COLD)),
                decision(lit(SQL), concat(lit("taken by sales: "), col("answer"))))
            .when(
                wasHandedOver
                    .and(col("tier").equalTo(Tier.COLD))
                    .and(rank(col("reached")).lt(rank(before))),
                decision(lit(RETURNED), concat(lit("went cold: "), col("tier_reason"))))
            .when(
                wasHandedOver.and(rank(col("reached")).lt(rank(before))),
                decision(before, col("previous_handoff_reason")))
            .when(
                before.equalTo(RETURNED).and(col("reached").equalTo(NONE)),
                decision(before, col("previous_handoff_reason")))
            .when(col("reached").equalTo(NONE), decision(lit(NONE), lit(null).cast("string")))
            .otherwise(decision(col("reached"), why));
    Column isSame = col("decided.stage").equalTo(before);
    return leads
        .withColumn("reached", reached)
        .withColumn("decided", decided)
        .withColumn("handoff_stage", col("decided.stage"))
        .withColumn(
            "handoff_at",
            when(isSame, col("previous_handoff_at"))
                .when(col("decided.stage").notEqual(NONE), lit(Date.valueOf(scoreDate))))
        .withColumn(
            "handoff_reason",
            when(isSame, col("previous_handoff_reason")).otherwise(col("decided.reason")))
        .withColumn("handoff_accepted", when(accepted, true).when(rejected, false))
        .drop("reached", "decided");
  }

  private static Column decision(Column stage, Column reason) {
    return struct(stage.as("stage"), reason.as("reason"));
  }

  private static Column rank(Column stage) {
    return when(stage.equalTo(SQL), 2).when(stage.equalTo(MQL), 1).otherwise(0);
  }

  private static Column meets(HandoffSettings.Criteria criteria, String signals) {
    Column met = col("tier").isin(criteria.tiers().toArray());
    if (criteria.minProbability().isPresent()) {
      met = met.and(col("probability").geq(lit(criteria.minProbability().getAsDouble())));
    }
    if (criteria.minPoints().isPresent()) {
      met = met.and(col("engagement_points").geq(lit(criteria.minPoints().getAsDouble())));
    }
    if (criteria.minBant() > 0) {
      met = met.and(col("bant_score").geq(criteria.minBant()));
    }
    if (!criteria.signals().isEmpty()) {
      met = met.and(Behaviour.number(signals).gt(0));
    }
    if (!criteria.segments().isEmpty()) {
      met = met.and(Segments.isOneOf(criteria.segments()));
    }
    return coalesce(met, lit(false));
  }
}
