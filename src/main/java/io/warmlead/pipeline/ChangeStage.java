package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.Settings;
import io.warmlead.config.UserFailure;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.Fingerprint;
import io.warmlead.feature.PointInTime;
import io.warmlead.lake.Lake;
import io.warmlead.model.Scorer;
import io.warmlead.model.ScoringModel;
import io.warmlead.pipeline.ModelStore.StoredModel;
import io.warmlead.table.Engagements;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.Leads;
import io.warmlead.table.ScoreChanges;
import io.warmlead.temperature.ScoreLedger;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Writes why scores changed. Only leads of which something new is known are scored at the steps in
 * between; for all others the step from the score before to the old model's score of tonight is
 * decay alone.
 */
final class ChangeStage {
  private static final String STEP = "step";

  private final RunContext run;
  private final Settings settings;
  private final Lake lake;
  private final LeadHistory history;

  ChangeStage(RunContext run, LeadHistory history) {
    this.run = run;
    this.history = history;
    this.settings = run.settings();
    this.lake = run.lake();
  }

  /**
   * The scores of tonight.
   *
   * @param plan what the features were made by
   * @param open open leads with features, probability and {@link Fingerprint}
   */
  record Tonight(LocalDate date, Instant asOf, FeaturePlan plan, Dataset<Row> open) {}

  /** The scoring before, by one model at the level of that night. */
  private record Before(LocalDate date, Instant asOf, ScoringModel model, FeaturePlan plan) {}

  /**
   * Writes score_changes of one date; none without scores of a model on both dates.
   *
   * @param scoresBefore rows of lead_scores at the scoring before
   * @param openLeads the open leads of tonight with the features of another plan
   */
  void record(
      Tonight tonight, Dataset<Row> scoresBefore, Function<FeaturePlan, Dataset<Row>> openLeads) {
    Optional<Before> before = before(scoresBefore);
    if (before.isEmpty()) {
      write(lake.read(ScoreChanges.TABLE).limit(0), tonight.date());
      return;
    }
    Dataset<Row> leads = leads(tonight, before.get(), scoresBefore, openLeads);
    Dataset<Row> touched =
        leads.where(col("is_touched")).select("lead_id").persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> scores =
          leads
              .join(steps(before.get(), tonight, touched), new String[] {"lead_id"}, "left_outer")
              .withColumn(
                  ScoreLedger.CORRECTED,
                  coalesce(col(ScoreLedger.CORRECTED), col(ScoreLedger.BEFORE)))
              .withColumn(
                  ScoreLedger.AGED, coalesce(col(ScoreLedger.AGED), col(ScoreLedger.WITH_EVENTS)))
              .withColumn(
                  ScoreLedger.WITH_ATTRIBUTES,
                  coalesce(col(ScoreLedger.WITH_ATTRIBUTES), col(ScoreLedger.WITH_EVENTS)));
      write(
          ScoreLedger.withCauses(scores)
              .withColumn("score_date", lit(Date.valueOf(tonight.date())))
              .withColumn("previous_score_date", lit(Date.valueOf(before.get().date())))
              .withColumn("run_id", lit(run.runId())),
          tonight.date());
    } finally {
      touched.unpersist();
    }
  }

  private void write(Dataset<Row> rows, LocalDate date) {
    lake.replaceWhere(ScoreChanges.TABLE, rows, "score_date = DATE'" + date + "'");
  }

  /** A model whose file was changed or is gone costs the ledger of the night, not the night. */
  private Optional<Before> before(Dataset<Row> scoresBefore) {
    List<Row> any =
        scoresBefore
            .where(col("model_version").isNotNull())
            .select("score_date", "scored_as_of", "model_version", "level_shift")
            .limit(1)
            .collectAsList();
    if (any.isEmpty()) {
      return Optional.empty();
    }
    Row row = any.get(0);
    try {
      StoredModel stored = new ModelStore(run).loadToScore(row.getString(2));
      double shift = row.isNullAt(3) ? 0 : row.getDouble(3);
      return Optional.of(
          new Before(
              row.getDate(0).toLocalDate(),
              row.getTimestamp(1).toInstant(),
              stored.model().moved(shift),
              stored.plan()));
    } catch (UserFailure unusable) {
      run.progress()
          .note(
              "Why scores changed is not said, since the model of the scoring before cannot be"
                  + " used: "
                  + unusable.getMessage());
      return Optional.empty();
    }
  }

  /** Leads with a probability on both dates: the outer scores, the old model's of tonight. */
  private Dataset<Row> leads(
      Tonight tonight,
      Before before,
      Dataset<Row> scoresBefore,
      Function<FeaturePlan, Dataset<Row>> openLeads) {
    Dataset<Row> published =
        tonight
            .open()
            .where(col(ScoreLedger.TODAY).isNotNull())
            .select("lead_id", ScoreLedger.TODAY);
    Dataset<Row> featured =
        before.plan().equals(tonight.plan())
            ? tonight.open().where(col(ScoreLedger.TODAY).isNotNull())
            : openLeads.apply(before.plan()).join(published, "lead_id");
    Dataset<Row> then =
        scoresBefore
            .where(col("probability").isNotNull())
            .select(col("lead_id"), col("probability").as(ScoreLedger.BEFORE));
    Dataset<Row> digests =
        lake.read(LeadFeatures.TABLE)
            .where(col("score_date").equalTo(lit(Date.valueOf(before.date()))))
            .select(
                col("lead_id"),
                col(Fingerprint.HISTORY).as("history_then"),
                col(Fingerprint.ATTRIBUTES).as("attributes_then"));
    return featured
        .join(then, "lead_id")
        .join(digests, new String[] {"lead_id"}, "left_outer")
        .select(
            col("lead_id"),
            col("segment"),
            col(ScoreLedger.BEFORE),
            col(ScoreLedger.TODAY),
            Scorer.probability(before.model()).as(ScoreLedger.WITH_EVENTS),
            Fingerprint.hasChanged(col("history_then"), col("attributes_then")).as("is_touched"));
  }

  /** The old model's scores of some leads without the engagements since. */
  private Dataset<Row> steps(Before before, Tonight tonight, Dataset<Row> touched) {
    FeatureSet features = FeatureSet.of(before.plan());
    Dataset<Row> aggregated =
        LeadSums.of(features)
            .over(
                PointInTime.activity(
                    history.rows(touched, before.asOf()),
                    of(touched, lake.read(Engagements.TABLE)),
                    List.of(before.asOf(), tonight.asOf()),
                    new PointInTime.Known(before.asOf(), tonight.asOf()),
                    settings.run()));
    return attributes(before.asOf(), tonight.asOf(), of(touched, lake.read(Leads.TABLE)))
        .join(aggregated, new String[] {"lead_id", "as_of"}, "left_outer")
        .select(col("lead_id"), col(STEP), features.vector().as("features"))
        .select(col("lead_id"), col(STEP), Scorer.probability(before.model()).as("p"))
        .groupBy("lead_id")
        .agg(at(ScoreLedger.CORRECTED), at(ScoreLedger.AGED), at(ScoreLedger.WITH_ATTRIBUTES));
  }

  private static Dataset<Row> of(Dataset<Row> leads, Dataset<Row> rows) {
    return rows.join(leads, new String[] {"lead_id"}, "left_semi");
  }

  private static Column at(String step) {
    return max(when(col(STEP).equalTo(step), col("p"))).as(step);
  }

  /** Attributes of leads at the three steps: then, then seen from tonight, and tonight. */
  private Dataset<Row> attributes(Instant then, Instant now, Dataset<Row> leads) {
    Dataset<Row> tonight = asOf(now, leads);
    Dataset<Row> asKnownThen = asOf(then, leads);
    // A lead whose versions were restated may have none of that time any more.
    Dataset<Row> old =
        asKnownThen.unionByName(
            tonight.join(asKnownThen.select("lead_id"), new String[] {"lead_id"}, "left_anti"));
    return at(old, then, ScoreLedger.CORRECTED)
        .unionByName(at(old, now, ScoreLedger.AGED))
        .unionByName(at(tonight, now, ScoreLedger.WITH_ATTRIBUTES));
  }

  private Dataset<Row> asOf(Instant instant, Dataset<Row> leads) {
    return PointInTime.leadsAsOf(
            leads, PointInTime.instants(lake.spark(), List.of(instant), settings.run()))
        .drop("as_of", "as_of_day");
  }

  private static Dataset<Row> at(Dataset<Row> leads, Instant instant, String step) {
    return leads.withColumn("as_of", lit(Timestamp.from(instant))).withColumn(STEP, lit(step));
  }
}
