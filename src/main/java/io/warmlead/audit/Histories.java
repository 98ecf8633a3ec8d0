package io.warmlead.audit;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Whether what a night says of the scoring before is what that scoring said.
 *
 * @param scores checked nights: rows of {@code lead_scores}
 * @param before rows of {@code lead_scores} on the dates before
 * @param dates {@code score_date, previous_date} of the checked nights; NULL where nothing was
 *     scored before
 */
public record Histories(Dataset<Row> scores, Dataset<Row> before, Dataset<Row> dates) {
  private static final List<String> KEY = List.of("lead_id", "score_date");
  private static final String[] ON = {"lead_id", "score_date"};

  /** Scores whose {@code previous_tier} is not the tier at the scoring before. */
  public Dataset<Row> previousTiers() {
    return Offences.of(
        "previous_tier_was_published",
        paired()
            .where(
                col("tier")
                    .isNotNull()
                    .and(not(col("previous_tier").eqNullSafe(col("tier_before"))))),
        KEY);
  }

  /** Scores whose {@code tier_since} does not follow from the scoring before. */
  public Dataset<Row> tierSince() {
    Column expected =
        when(col("tier").equalTo(col("tier_before")), col("since_before"))
            .otherwise(col("score_date"));
    return Offences.of(
        "tier_since_follows",
        paired().where(col("tier").isNotNull().and(not(col("tier_since").eqNullSafe(expected)))),
        KEY);
  }

  /** Moves without a transition, transitions without a move, and those that tell another move. */
  public Dataset<Row> transitions(Dataset<Row> transitions) {
    Dataset<Row> moves =
        paired()
            .where(not(col("tier").eqNullSafe(col("tier_before"))))
            .select(col("lead_id"), col("score_date"), col("tier"), col("tier_before"));
    Dataset<Row> told =
        transitions.select(
            col("lead_id"), col("score_date"), col("from_tier"), col("to_tier"), col("kind"));
    Column rise = rank(col("tier")).minus(rank(col("tier_before")));
    Column kindFits =
        when(col("tier_before").isNull(), col("kind").equalTo("new"))
            .when(col("tier").isNull(), col("kind").equalTo("closed"))
            .when(rise.gt(0), col("kind").isin("heated", "rewarmed", "policy"))
            .otherwise(col("kind").isin("cooled", "policy"));
    Column agrees =
        kindFits
            .and(col("from_tier").eqNullSafe(col("tier_before")))
            .and(col("to_tier").eqNullSafe(col("tier")))
            // A transition that no move stands behind has no tier on either side.
            .and(coalesce(col("tier"), col("tier_before")).isNotNull());
    return Offences.of(
        "every_move_once",
        moves.join(told, ON, "full_outer").where(not(coalesce(agrees, lit(false)))),
        KEY);
  }

  /** Rows of score_changes that do not start and end at published probabilities. */
  public Dataset<Row> changes(Dataset<Row> changes) {
    Dataset<Row> published =
        paired()
            .select(
                col("lead_id"),
                col("score_date"),
                col("probability").as("published"),
                col("probability_before"),
                col("previous_date"));
    Column agrees =
        same(col("probability"), col("published"))
            .and(same(col("previous_probability"), col("probability_before")))
            .and(col("previous_score_date").equalTo(col("previous_date")));
    return Offences.of(
        "from_and_to_published",
        changes.join(published, ON, "left_outer").where(not(coalesce(agrees, lit(false)))),
        KEY);
  }

  /** Every lead of a checked night or of the one before it, with both rows side by side. */
  private Dataset<Row> paired() {
    Dataset<Row> then =
        before
            .select(
                col("lead_id"),
                col("score_date").as("previous_date"),
                col("tier").as("tier_before"),
                col("tier_since").as("since_before"),
                col("probability").as("probability_before"))
            .join(broadcast(dates.where("previous_date IS NOT NULL")), "previous_date");
    return scores
        .select("lead_id", "score_date", "tier", "previous_tier", "tier_since", "probability")
        .join(then, ON, "full_outer");
  }

  private static Column same(Column one, Column other) {
    return abs(one.minus(other)).leq(lit(1e-9));
  }

  private static Column rank(Column tier) {
    return when(tier.equalTo("hot"), 2).when(tier.equalTo("warm"), 1).otherwise(0);
  }
}
