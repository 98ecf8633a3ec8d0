package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.config.UserFailure;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.model.Registry;
import io.warmlead.model.Scorer;
import io.warmlead.pipeline.ModelStore.StoredModel;
import io.warmlead.table.ChallengerScores;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Lets the challenger score in the shadow of the champion, so that the two can be compared. */
final class ShadowStage {
  private final RunContext run;
  private final ModelStore store;

  ShadowStage(RunContext run) {
    this.run = run;
    this.store = new ModelStore(run);
  }

  /**
   * Writes challenger_scores of one date; none without a challenger.
   *
   * @param openLeads the open leads with the features of a plan
   */
  void score(LocalDate date, Instant asOf, Function<FeaturePlan, Dataset<Row>> openLeads) {
    Optional<StoredModel> challenger = challengerAsOf(asOf);
    Dataset<Row> rows =
        challenger
            .map(stored -> scores(stored, openLeads.apply(stored.plan()), date, asOf))
            .orElseGet(() -> run.lake().read(ChallengerScores.TABLE).limit(0));
    run.lake().replaceWhere(ChallengerScores.TABLE, rows, "score_date = DATE'" + date + "'");
  }

  private Dataset<Row> scores(
      StoredModel challenger, Dataset<Row> open, LocalDate date, Instant asOf) {
    Instant until = OutcomeLog.knownUntil(run.lake(), asOf, run.settings().run());
    double shift = new PublishedScores(run).levelShift(challenger.model(), until);
    return open.select(
        col("lead_id"),
        lit(Date.valueOf(date)).as("score_date"),
        col("segment"),
        Scorer.probability(challenger.model().moved(shift)).as("probability"),
        lit(shift).as("level_shift"),
        lit(challenger.model().version()).as("model_version"),
        lit(Timestamp.from(asOf)).as("scored_as_of"),
        lit(run.runId()).as("run_id"));
  }

  /** A file that was changed or is gone costs the comparison, not the night. */
  private Optional<StoredModel> challengerAsOf(Instant asOf) {
    return Registry.challengerAsOf(store.entries(), asOf)
        .flatMap(
            entry -> {
              try {
                return Optional.of(store.loadToScore(entry.version()));
              } catch (UserFailure unusable) {
                run.progress().note("The challenger does not score: " + unusable.getMessage());
                return Optional.empty();
              }
            });
  }
}
