package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.UserFailure;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.model.Incumbent;
import io.warmlead.model.Registry;
import io.warmlead.model.Scorer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the champion that a new model has to beat says of the training rows since its own training.
 *
 * @param stored the champion
 * @param incumbent the same in short
 */
record IncumbentScores(ModelStore.StoredModel stored, Incumbent incumbent) {

  /**
   * The champion before an instant. None also where its file was changed or is gone or today's
   * settings do not fit it, so that training is a way out.
   */
  static Optional<IncumbentScores> before(Instant asOf, RunContext run) {
    ModelStore store = new ModelStore(run);
    return Registry.incumbentAt(store.entries(), asOf)
        .flatMap(
            entry -> {
              try {
                return Optional.of(
                    new IncumbentScores(
                        store.loadToScore(entry.version()),
                        new Incumbent(entry.version(), entry.trainedAsOf())));
              } catch (UserFailure unusable) {
                run.progress().note("Not compared with the champion: " + unusable.getMessage());
                return Optional.empty();
              }
            });
  }

  /**
   * Adds {@code champion}, its probability, NULL before it was trained.
   *
   * @param rows training rows of a plan
   * @param since makes training rows of another plan for the dates from an instant on
   */
  Dataset<Row> of(Dataset<Row> rows, FeaturePlan plan, Function<FeaturePlan, Dataset<Row>> since) {
    Column probability = Scorer.probability(stored.model());
    if (plan.equals(stored.plan())) {
      return rows.withColumn(
          "champion", when(col("as_of").geq(lit(incumbent.trainedAsOf())), probability));
    }
    Dataset<Row> scored =
        since.apply(stored.plan()).select(col("lead_id"), col("as_of"), probability.as("champion"));
    return rows.join(scored, new String[] {"lead_id", "as_of"}, "left_outer");
  }
}
