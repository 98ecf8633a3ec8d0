package io.warmlead.temperature;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc_nulls_last;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;

/** Lists of leads that people work through: who is on each, and who comes first. */
public enum LeadList {
  /** Ready for sales. */
  HOT("hot_leads", "tier = 'hot'", "probability"),

  /** Warm or hot, and on the way down. */
  COOLING("cooling_leads", "tier <> 'cold' AND trend = 'cooling'", "probability"),

  /** Warm or hot, and about to lose probability if they stay silent; those who lose most first. */
  SAVE_TODAY(
      "save_today",
      "tier <> 'cold' AND coalesce(probability_at_risk > 0, false)",
      "probability_at_risk"),

  /** Came back after a cold spell. */
  REWARMED("rewarmed_leads", "is_rewarmed", "probability"),

  /** Qualified for marketing (MQL) or sales (SQL). */
  HANDOFFS("handoffs", "coalesce(handoff_stage IN ('MQL', 'SQL'), false)", "probability");

  private final String listName;
  private final String rule;
  private final String rank;

  LeadList(String listName, String rule, String rank) {
    this.listName = listName;
    this.rule = rule;
    this.rank = rank;
  }

  /** Name of the list: of its table where it has one, and of its file. */
  public String listName() {
    return listName;
  }

  /** Whether a row of {@code lead_scores} is on the list; never NULL. */
  public Column rule() {
    return expr(rule);
  }

  /** Order of the list; ties are broken by lead. */
  public Column[] order() {
    return new Column[] {desc_nulls_last(rank), col("lead_id")};
  }

  /** Names of all lists that a row of {@code lead_scores} is on: ARRAY of STRING. */
  public static Column namesOf() {
    return array_compact(
        array(
            Arrays.stream(values())
                .map(list -> when(list.rule(), lit(list.listName)))
                .toArray(Column[]::new)));
  }
}
