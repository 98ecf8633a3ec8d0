package io.warmlead.export;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The columns of an exported list: flat, always the same, in this order. */
final class LeadColumns {
  static final String CHANGE = "change";

  /** Those that name a reason; base, calibration and all others together are for the sum only. */
  private static final String TOP_REASONS =
      "array_join(transform(slice(filter(reasons, reason -> reason.value IS NOT NULL), 1, 3),"
          + " reason -> reason.text), '; ')";

  private static final List<String> NAMES =
      List.of(
          "lead_id",
          CHANGE,
          "score_date",
          "tier",
          "tier_label",
          "previous_tier",
          "tier_since",
          "trend",
          "is_rewarmed",
          "handoff_stage",
          "handoff_at",
          "handoff_reason",
          "handoff_accepted",
          "funnel_stage",
          "next_action",
          "next_action_asset",
          "next_step_asset",
          "preferred_channel",
          "suppress_until",
          "nurture_until",
          "probability",
          "percentile",
          "temperature",
          "probability_at_risk",
          "days_to_cold",
          "reasons",
          "engagement_points",
          "intent_score",
          "inbound_share",
          "readiness",
          "bant_score",
          "bant_missing",
          "last_inbound_at",
          "last_inbound_signal",
          "owner",
          "account_id",
          "segment",
          "source",
          "scored_as_of",
          "model_version");

  private LeadColumns() {}

  /** Names in order: the header. */
  static List<String> names() {
    return NAMES;
  }

  /**
   * All columns but {@code change}.
   *
   * @param scores rows of {@code lead_scores}
   */
  static Dataset<Row> of(Dataset<Row> scores, TierLabels labels) {
    List<Column> columns = new ArrayList<>();
    for (String name : NAMES) {
      switch (name) {
        case CHANGE -> {}
        case "tier_label" -> columns.add(labels.label(col("tier")).as(name));
        case "reasons" -> columns.add(expr(TOP_REASONS).as(name));
        case "bant_missing" -> columns.add(array_join(col(name), "; ").as(name));
        default -> columns.add(col(name));
      }
    }
    return scores.select(columns.toArray(Column[]::new));
  }
}
