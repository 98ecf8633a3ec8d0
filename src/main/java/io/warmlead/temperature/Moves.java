package io.warmlead.temperature;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.when;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.RunSettings;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What changed since the scoring before. */
public final class Moves {
  /** Change of log-odds that counts as heating or cooling. */
  private static final double NOISE = 0.2;

  private Moves() {}

  /**
   * What is carried over from the scoring before: {@code lead_id} and columns {@code previous_*}.
   */
  public static Dataset<Row> before(Dataset<Row> scoresBefore) {
    return scoresBefore.select(
        col("lead_id"),
        col("tier").as("previous_tier"),
        col("tier_reason").as("previous_tier_reason"),
        col("tier_since").as("previous_tier_since"),
        col("has_been_warm").as("previous_has_been_warm"),
        col("is_rewarmed").as("previous_is_rewarmed"),
        col("probability").as("previous_probability"),
        col("model_version").as("previous_model_version"),
        col("level_shift").as("previous_level_shift"),
        col("trend").as("previous_trend"),
        col("policy_version").as("previous_policy_version"),
        col("last_inbound_at").as("previous_inbound_at"),
        col("handoff_stage").as("previous_handoff_stage"),
        col("handoff_at").as("previous_handoff_at"),
        col("handoff_reason").as("previous_handoff_reason"));
  }

  /**
   * What trends are measured from: {@code lead_id, trend_log_odds}, without the level.
   *
   * @param scores rows of {@code lead_scores} of one date, by the model of tonight
   */
  public static Dataset<Row> trendFrom(Dataset<Row> scores) {
    return scores.select(
        col("lead_id"), logOdds(col("probability"), col("level_shift")).as("trend_log_odds"));
  }

  /**
   * Adds {@code tier_since, has_been_warm, is_rewarmed, trend}. A lead came back only if it acted
   * while it was cold, or opened again after it was closed.
   *
   * @param leads with {@code tier}, {@code has_come_back}, {@code was_closed}, {@code probability},
   *     {@code level_shift}, {@code model_version}, behaviour, {@link #before} and {@link
   *     #trendFrom}
   */
  public static Dataset<Row> withHistory(Dataset<Row> leads, LocalDate scoreDate, RunSettings run) {
    Column isWarm = col("tier").isin(Tier.WARM, Tier.HOT);
    Column wasWarm = coalesce(col("previous_has_been_warm"), lit(false));
    Column hasActed =
        DailyActivities.localTime(functions.timestamp_micros(col("last_inbound_micros")), run)
            .cast("date")
            .geq(col("previous_tier_since"));
    // Whose behaviour says so need not have been seen warm: that may have been before the lake.
    Column cameBack =
        isWarm
            .and(coalesce(col("previous_tier"), lit(Tier.COLD)).equalTo(Tier.COLD))
            .and(col("has_come_back").or(wasWarm.and(coalesce(hasActed, lit(false)))));
    Column isNew = col("previous_has_been_warm").isNull();
    Column isReopened = isWarm.and(isNew).and(col("was_closed"));
    Column stayedBack =
        isWarm.and(col("previous_tier").isin(Tier.WARM, Tier.HOT)).and(col("previous_is_rewarmed"));
    return leads
        .withColumn(
            "tier_since",
            when(col("tier").equalTo(col("previous_tier")), col("previous_tier_since"))
                .otherwise(lit(java.sql.Date.valueOf(scoreDate))))
        .withColumn("has_been_warm", wasWarm.or(isWarm).or(isNew.and(hasCooledBefore())))
        .withColumn("is_rewarmed", coalesce(cameBack.or(isReopened).or(stayedBack), lit(false)))
        .withColumn("trend", trend());
  }

  /**
   * Rows of {@code tier_transitions} but {@code run_id}.
   *
   * @param leads all open leads, with tier, history, {@link Behaviour#lastActs}, and the causes of
   *     {@link ScoreLedger}, NULL where none are known
   * @param scoresBefore rows of {@code lead_scores} at the scoring before
   * @param outcomes {@code outcomes}
   */
  public static Dataset<Row> transitions(
      Dataset<Row> leads,
      Dataset<Row> scoresBefore,
      Dataset<Row> outcomes,
      LocalDate scoreDate,
      Instant asOf) {
    Column date = lit(java.sql.Date.valueOf(scoreDate));
    Column rise = Tier.rank(col("tier")).minus(Tier.rank(col("previous_tier")));
    Column engaged =
        coalesce(
            col("last_inbound_at").gt(col("previous_inbound_at")),
            col("last_inbound_at").isNotNull());
    Column isDecidedOtherwise = col("tier_reason").isin("set by hand", "opted out");
    // Not the lead but what is asked of it has moved.
    Column hasNewPolicy =
        functions
            .not(col("policy_version").eqNullSafe(col("previous_policy_version")))
            .and(functions.not(engaged));
    Column byRules =
        functions.not(isDecidedOtherwise).and(hasNewPolicy.or(isMovedBy(ScoreLedger.BY_MODEL)));
    Column kind =
        when(col("previous_tier").isNull(), "new")
            .when(rise.notEqual(0).and(byRules), "policy")
            .when(
                rise.gt(0).and(col("previous_tier").equalTo(Tier.COLD)).and(col("is_rewarmed")),
                "rewarmed")
            .when(rise.gt(0), "heated")
            .when(rise.lt(0), "cooled");
    Column hasAsked = col("tier_reason").equalTo(TierPolicy.ASKED);
    Column isCooled = col("kind").equalTo("cooled");
    Column trigger =
        when(col("tier_reason").equalTo("set by hand"), "set by hand")
            .when(col("tier_reason").equalTo("opted out"), "opt_out")
            .when(col("kind").equalTo("policy"), coalesce(rulesChanged(), lit("model")))
            .when(col("tier_reason").equalTo(TierLimits.BEYOND), "capacity")
            .when(
                isCooled.and(col("moved_by").isNull()).and(rulesChanged().isNotNull()),
                rulesChanged())
            .when(isMovedBy(ScoreLedger.BY_ATTRIBUTES), "attributes")
            .when(
                isCooled.and(functions.not(isMovedBy(ScoreLedger.BY_NEW_EVENTS).and(engaged))),
                "silence")
            .when(col("kind").equalTo("new").or(engaged).or(hasAsked), col("act.signal"))
            .when(isMovedBy(ScoreLedger.BY_CORRECTIONS), "corrections")
            .otherwise(coalesce(rulesChanged(), when(rise.gt(0).and(isByActs()), "corrections")));
    // Column after column, and no condition over them: each is made once, not wherever it is used.
    Dataset<Row> moved =
        leads
            .where(functions.not(col("tier").eqNullSafe(col("previous_tier"))))
            .withColumn("moved_by", movedBy(rise))
            .withColumn("kind", kind)
            .withColumn("act", act(rise))
            .withColumn("trigger_signal", trigger)
            .select(
                col("lead_id"),
                date.as("score_date"),
                col("segment"),
                col("previous_tier").as("from_tier"),
                col("tier").as("to_tier"),
                col("kind"),
                col("trigger_signal"),
                when(col("trigger_signal").equalTo(col("act.signal")), col("act.at"))
                    .as("trigger_at"),
                functions.datediff(date, col("previous_tier_since")).as("dwell_days"));
    return moved.unionByName(closed(leads, scoresBefore, outcomes, date, asOf));
  }

  private static Dataset<Row> closed(
      Dataset<Row> leads,
      Dataset<Row> scoresBefore,
      Dataset<Row> outcomes,
      Column date,
      Instant asOf) {
    Dataset<Row> closings =
        outcomes
            .where(col("closes").and(col("occurred_at").lt(lit(java.sql.Timestamp.from(asOf)))))
            .groupBy("lead_id")
            .agg(functions.max(functions.struct(col("occurred_at"), col("outcome"))).as("closing"));
    return scoresBefore
        .join(leads.select("lead_id"), new String[] {"lead_id"}, "left_anti")
        .join(closings, new String[] {"lead_id"}, "left_outer")
        .select(
            col("lead_id"),
            date.as("score_date"),
            col("segment"),
            col("tier").as("from_tier"),
            lit(null).cast("string").as("to_tier"),
            lit("closed").as("kind"),
            col("closing.outcome").as("trigger_signal"),
            col("closing.occurred_at").as("trigger_at"),
            functions.datediff(date, col("tier_since")).as("dwell_days"));
  }

  /**
   * What the lead did that may have moved it: of a hot lead that asked, its request, whatever it
   * looked at afterwards; of another that rose, the newest signal that counts alone, if the scoring
   * before did not know it; else the newest of all.
   */
  private static Column act(Column rise) {
    Column strongAt = col("last_strong_at");
    Column isNew = coalesce(strongAt.gt(col("previous_inbound_at")), strongAt.isNotNull());
    return when(col("tier_reason").equalTo(TierPolicy.ASKED), actOf("last_ask"))
        .when(rise.gt(0).and(isNew), actOf("last_strong"))
        .otherwise(actOf("last_inbound"));
  }

  private static Column actOf(String name) {
    return functions.struct(col(name + "_signal").as("signal"), col(name + "_at").as("at"));
  }

  /** Whether a tier follows from what the lead did, and from nothing else. */
  private static Column isByActs() {
    return col("tier_reason").isin(TierPolicy.ENGAGED, TierPolicy.CAME_BACK);
  }

  /**
   * Main cause of the change of probability, where it is the probability that moved the tier. A
   * lead that was held below what entering its tier needs was on its way down, whatever the level
   * did in the night on which it fell.
   */
  private static Column movedBy(Column rise) {
    Column wasHeldOtherwise =
        coalesce(
            col("previous_tier_reason")
                .isin(
                    TierPolicy.ASKED,
                    "referred",
                    TierPolicy.CAME_BACK,
                    TierPolicy.ENGAGED,
                    "set by hand"),
            lit(false));
    Column wasHeld = coalesce(col("previous_tier_reason").startsWith("still"), lit(false));
    Column cause = ScoreLedger.mainCause(rise);
    return when(rise.gt(0).and(col("tier_reason").equalTo("probability")), cause)
        .when(
            rise.lt(0)
                .and(functions.not(wasHeldOtherwise))
                .and(col("tier_reason").notEqual(TierLimits.BEYOND))
                .and(functions.not(wasHeld.and(cause.equalTo(ScoreLedger.BY_MODEL)))),
            cause);
  }

  private static Column isMovedBy(String cause) {
    return coalesce(col("moved_by").equalTo(cause), lit(false));
  }

  /**
   * Of a lead that was never scored: whether it engaged once and fell silent since. What its tier
   * was then, no one has written down.
   */
  private static Column hasCooledBefore() {
    return Behaviour.number("strong_total").gt(0).and(Behaviour.number("strong_enter").equalTo(0));
  }

  /** {@code model} or {@code policy} where that changed since the scoring before, else NULL. */
  private static Column rulesChanged() {
    return when(
            functions.not(col("model_version").eqNullSafe(col("previous_model_version"))), "model")
        .when(
            functions.not(col("policy_version").eqNullSafe(col("previous_policy_version"))),
            "policy");
  }

  /**
   * Against a week ago, or for a younger lead the night before, by the same model. On the first
   * night of a model nothing can be compared, and trends stay what they were.
   */
  private static Column trend() {
    Column lastNight =
        when(
            col("previous_model_version").equalTo(col("model_version")),
            logOdds(col("previous_probability"), col("previous_level_shift")));
    Column change =
        logOdds(col("probability"), col("level_shift"))
            .minus(coalesce(col("trend_log_odds"), lastNight));
    Column rate = Behaviour.number("inbound_7d").multiply(lit(30D / 7));
    Column usual = Behaviour.number("inbound_30d").cast("double");
    return when(col("previous_tier").isNull(), "new")
        .when(change.gt(NOISE), "heating")
        .when(change.lt(-NOISE), "cooling")
        .when(change.isNotNull(), "steady")
        .when(
            col("probability").isNotNull(),
            when(col("previous_trend").isin("heating", "cooling"), col("previous_trend"))
                .otherwise("steady"))
        // Without a model: this week's rate against that of thirty days.
        .when(rate.gt(usual.multiply(lit(1.5))), "heating")
        .when(rate.lt(usual.multiply(lit(0.5))), "cooling")
        .otherwise("steady");
  }

  /** Log-odds without the level of their night. */
  private static Column logOdds(Column probability, Column levelShift) {
    return log(probability.divide(lit(1D).minus(probability))).minus(coalesce(levelShift, lit(0D)));
  }
}
