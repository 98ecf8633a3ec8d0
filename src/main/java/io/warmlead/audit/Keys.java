package io.warmlead.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.table.TableContract;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What must be there once. */
public final class Keys {
  private Keys() {}

  /** Keys that more than one row has. */
  public static Dataset<Row> repeated(Dataset<Row> rows, TableContract table) {
    return repeated("one row per " + String.join(", ", table.key()), rows, table.key());
  }

  /** Outcomes of the source that are stored more than once for one lead. */
  public static Dataset<Row> repeatedOutcomes(Dataset<Row> outcomes) {
    List<String> key = List.of("outcome_id", "lead_id");
    return repeated(
        "one row per outcome_id, lead_id", outcomes.where("outcome_id IS NOT NULL"), key);
  }

  /** Dates whose scores are not all of one run, instant, model and policy. */
  public static Dataset<Row> mixedNights(Dataset<Row> scores) {
    Dataset<Row> origins =
        scores
            .select("score_date", "run_id", "scored_as_of", "model_version", "policy_version")
            .distinct();
    return repeated("one_run_per_date", origins, List.of("score_date"));
  }

  /** Whether more than one model claims to score. */
  public static Dataset<Row> champions(Dataset<Row> models) {
    return repeated(
        "one_champion", models.where("status = 'champion'").select("status"), List.of("status"));
  }

  /** Leads of whose versions one does not end where the next begins. */
  public static Dataset<Row> brokenVersions(Dataset<Row> leads) {
    Column next =
        functions
            .lead("valid_from", 1)
            .over(
                org.apache.spark.sql.expressions.Window.partitionBy("lead_id")
                    .orderBy("valid_from"));
    return Offences.of(
        "versions_follow",
        leads
            .select(col("lead_id"), col("valid_from"), col("valid_to"), next.as("next_from"))
            .where(functions.not(col("valid_to").eqNullSafe(col("next_from")))),
        List.of("lead_id", "valid_from"));
  }

  private static Dataset<Row> repeated(String rule, Dataset<Row> rows, List<String> key) {
    Column[] columns = key.stream().map(functions::col).toArray(Column[]::new);
    return Offences.of(
        rule, rows.groupBy(columns).agg(count(lit(1)).as("copies")).where("copies > 1"), key);
  }
}
