package io.warmlead.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows that point to other rows. */
public final class References {
  private static final List<String> SCORE = List.of("lead_id", "score_date");

  private References() {}

  /** Leads that the table of leads does not know. */
  public static Dataset<Row> unknownLeads(String rule, Dataset<Row> rows, Dataset<Row> leads) {
    return Offences.of(
        rule, Offences.missing(rows.select("lead_id"), leads, "lead_id"), List.of("lead_id"));
  }

  /** Rows of a lead and date that was not scored. */
  public static Dataset<Row> withoutScore(Dataset<Row> rows, Dataset<Row> scores) {
    return Offences.of(
        "belongs_to_a_score", Offences.missing(rows, scores, SCORE.toArray(String[]::new)), SCORE);
  }

  /** Scores without the features that they were made from. */
  public static Dataset<Row> withoutFeatures(Dataset<Row> scores, Dataset<Row> features) {
    return Offences.of(
        "has_features", Offences.missing(scores, features, SCORE.toArray(String[]::new)), SCORE);
  }

  /**
   * Model versions that the registry does not know.
   *
   * @param version column of the rows that names the version; NULL names none
   */
  public static Dataset<Row> unknownModels(Dataset<Row> rows, String version, Dataset<Row> models) {
    return Offences.of(
        "model_is_registered",
        Offences.missing(rows.select(col(version).as("version")).distinct(), models, "version"),
        List.of("version"));
  }

  /**
   * Runs that wrote rows and are not among the published ones.
   *
   * @param published column {@code run_id}
   */
  public static Dataset<Row> unpublishedRuns(
      String rule, Dataset<Row> rows, Dataset<Row> published) {
    return Offences.of(
        rule,
        Offences.missing(rows.select("run_id").distinct(), published, "run_id"),
        List.of("run_id"));
  }

  /**
   * Dates whose scores a run wrote that says it scored another date.
   *
   * @param published columns {@code run_id, score_date} of published runs
   */
  public static Dataset<Row> otherDates(Dataset<Row> scores, Dataset<Row> published) {
    return Offences.of(
        "run_scored_the_date",
        scores
            .select("run_id", "score_date")
            .distinct()
            .join(
                published.select(col("run_id"), col("score_date").as("said")),
                new String[] {"run_id"})
            .where(not(col("score_date").eqNullSafe(col("said")))),
        List.of("run_id", "score_date"));
  }
}
