package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.config.Settings;
import io.warmlead.config.UserFailure;
import io.warmlead.feature.Feature;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.Fingerprint;
import io.warmlead.feature.Lineage;
import io.warmlead.lake.Lake;
import io.warmlead.model.Reasons;
import io.warmlead.model.ScoringModel;
import io.warmlead.pipeline.ModelStore.StoredModel;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Outcomes;
import io.warmlead.table.ScoreChanges;
import io.warmlead.table.TierTransitions;
import io.warmlead.temperature.Behaviour;
import io.warmlead.temperature.Frameworks;
import io.warmlead.temperature.Moves;
import io.warmlead.temperature.Percentiles;
import io.warmlead.temperature.ScoreLedger;
import io.warmlead.temperature.TierLimits;
import io.warmlead.temperature.TierPolicy;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Scores every open lead as of an instant: probability, reasons, tier, what changed. The scoring
 * before is the newest one that was published: what a night that ended early has left is seen by
 * nobody, and replaced when its date is scored.
 */
final class ScoreStage {
  private final RunContext run;
  private final Settings settings;
  private final Lake lake;

  ScoreStage(RunContext run) {
    this.run = run;
    this.settings = run.settings();
    this.lake = run.lake();
  }

  /** Tier counts are read from the tables by those who want them. */
  record Result(LocalDate scoreDate, long leads, Optional<String> modelVersion) {}

  /**
   * Looks whether a date may be scored alone, before what comes before its scores takes long.
   *
   * @throws UserFailure as {@link #score} would
   */
  void requireMayBeScored(Instant asOf) {
    LocalDate date = AsOf.date(asOf, settings.run());
    requireNewest(new PublishedRuns(lake).newestDate(), date, Optional.empty());
  }

  /**
   * Scores.
   *
   * @param mayPrecede newest published score_date that may lie after this one: a backfill passes
   *     the end of its range, because it scores the later dates again
   * @throws UserFailure when later dates were scored that would no longer follow from this one
   */
  Result score(Instant asOf, Optional<LocalDate> mayPrecede) {
    LocalDate date = AsOf.date(asOf, settings.run());
    PublishedRuns published = new PublishedRuns(lake);
    requireNewest(published.newestDate(), date, mayPrecede);
    Optional<LocalDate> dateBefore = published.newestBefore(date);
    Optional<StoredModel> stored = new ModelStore(run).championAsOf(asOf);
    FeaturePlan plan = stored.map(StoredModel::plan).orElseGet(() -> TrainStage.plan(run, asOf));
    FeatureSet features = FeatureSet.of(plan);
    Behaviour behaviour =
        Behaviour.of(settings, signals(plan, date), PointsHalfLives.before(asOf, settings, lake));
    LeadHistory history =
        LeadHistory.upTo(asOf, LeadSums.of(features).and(behaviour).longestWindow(), run);
    OpenLeads leads = new OpenLeads(run, history, asOf, dateBefore);
    Optional<Level> level = stored.map(found -> level(found.model(), asOf));
    // Everything dear is made once, the reasons too: ranks need all probabilities before any row of
    // scores can be written.
    Dataset<Row> open =
        Lineage.cut(explained(leads.with(features, behaviour), level.map(Level::model)));
    String onDate = "score_date = DATE'" + date + "'";
    Dataset<Row> before = scoresOn(dateBefore);
    Dataset<Row> scores = scored(open, history, level, features, behaviour, before, date, asOf);
    SideBySide.run(
        () ->
            lake.replaceWhere(
                LeadFeatures.TABLE, featureRows(open, features.features(), date), onDate),
        () -> lake.replaceWhere(LeadScores.TABLE, scores, onDate));
    Dataset<Row> written =
        lake.read(LeadScores.TABLE).where(col("score_date").equalTo(lit(Date.valueOf(date))));
    Function<FeaturePlan, Dataset<Row>> withOther =
        other -> other.equals(plan) ? open : leads.with(FeatureSet.of(other), behaviour);
    new ChangeStage(run, history)
        .record(new ChangeStage.Tonight(date, asOf, plan, open), before, withOther);
    Dataset<Row> moves = moves(written, before, behaviour.lastActs(open), date, asOf);
    lake.replaceWhere(TierTransitions.TABLE, moves, onDate);
    new ShadowStage(run).score(date, asOf, withOther);
    return new Result(date, written.count(), stored.map(m -> m.model().version()));
  }

  /** Those a lead can be said to have given last: the model knows the frequent ones of its day. */
  private List<String> signals(FeaturePlan plan, LocalDate date) {
    return Stream.concat(
            plan.signals().stream(), EngagementLog.signalsLately(lake, date.plusDays(1)).stream())
        .distinct()
        .toList();
  }

  /** Rows of tier_transitions of one date, by what the ledger of that date says. */
  private Dataset<Row> moves(
      Dataset<Row> written,
      Dataset<Row> before,
      Dataset<Row> lastActs,
      LocalDate date,
      Instant asOf) {
    Dataset<Row> causes =
        lake.read(ScoreChanges.TABLE)
            .where(col("score_date").equalTo(lit(Date.valueOf(date))))
            .select("lead_id", ScoreLedger.CAUSES.toArray(String[]::new));
    String[] lead = {"lead_id"};
    return Moves.transitions(
            written
                .drop("previous_tier")
                .join(Moves.before(before), lead, "left_outer")
                .join(causes, lead, "left_outer")
                .join(lastActs, lead, "left_outer"),
            before,
            lake.read(Outcomes.TABLE),
            date,
            asOf)
        .withColumn("run_id", lit(run.runId()));
  }

  private static void requireNewest(
      Optional<LocalDate> newest, LocalDate date, Optional<LocalDate> mayPrecede) {
    if (newest.isEmpty()) {
      return;
    }
    LocalDate latest = newest.get();
    if (latest.isAfter(date) && mayPrecede.map(latest::isAfter).orElse(true)) {
      throw UserFailure.input(
          date
              + " cannot be scored alone: "
              + latest
              + " was scored already, and its tiers and transitions follow from the dates before"
              + " it. Score the whole range again: warmlead backfill --from "
              + date
              + " --to "
              + latest
              + ".");
    }
  }

  private Dataset<Row> featureRows(Dataset<Row> open, List<Feature> features, LocalDate date) {
    Column names =
        functions.array(features.stream().map(f -> lit(f.name())).toArray(Column[]::new));
    return open.select(
        col("lead_id"),
        lit(Date.valueOf(date)).as("score_date"),
        col("as_of"),
        col("segment"),
        functions.map_from_arrays(names, col("features")).as("features"),
        col(Fingerprint.HISTORY),
        col(Fingerprint.ATTRIBUTES),
        lit(run.runId()).as("run_id"));
  }

  /** A model at the level of tonight, and by how much it was moved there, log-odds. */
  private record Level(ScoringModel model, double shift) {}

  private Level level(ScoringModel model, Instant asOf) {
    Instant until = OutcomeLog.knownUntil(run.lake(), asOf, settings.run());
    if (until.isBefore(asOf)) {
      run.progress()
          .note(
              "Outcomes end before "
                  + AsOf.date(until, settings.run())
                  + ", earlier than any pause between them explains: conversions since then count as"
                  + " not recorded yet, not as none.");
    }
    double shift = new PublishedScores(run).levelShift(model, until);
    return new Level(model.moved(shift), shift);
  }

  /** Open leads with probability and reasons. */
  private Dataset<Row> explained(Dataset<Row> open, Optional<ScoringModel> model) {
    return model
        .map(
            m ->
                Reasons.withReasons(
                    open, m, settings.model().reasons(), settings.model().protectedAttributes()))
        .orElseGet(() -> withoutModel(open));
  }

  private Dataset<Row> scored(
      Dataset<Row> open,
      LeadHistory history,
      Optional<Level> level,
      FeatureSet features,
      Behaviour behaviour,
      Dataset<Row> before,
      LocalDate date,
      Instant asOf) {
    Optional<ScoringModel> model = level.map(Level::model);
    TierLimits limits = new TierLimits(settings.temperature());
    TierLimits.Thresholds reached =
        limits.thresholds(
            open, new TierLimits.Thresholds(threshold(model, true), threshold(model, false)));
    TierPolicy policy =
        TierPolicy.of(behaviour, settings.temperature(), reached.hot(), reached.warm());
    FollowUp followUp = new FollowUp(run, date, asOf);
    Dataset<Row> tiers =
        open.withColumn("level_shift", lit(level.map(Level::shift).orElse(null)).cast("double"))
            .withColumn(
                "model_version", lit(model.map(ScoringModel::version).orElse(null)).cast("string"))
            .join(Moves.before(before), new String[] {"lead_id"}, "left_outer")
            .join(trendFrom(model, date), new String[] {"lead_id"}, "left_outer")
            .transform(policy::withTier)
            .transform(limits::withinCapacity)
            .transform(leads -> Moves.withHistory(leads, date, settings.run()));
    Dataset<Row> forecast =
        new SilenceForecast(run, history, asOf).of(tiers, features, behaviour, policy, model);
    return tiers
        .transform(leads -> behaviour.withLastInbound(leads))
        .transform(leads -> Frameworks.withFrameworks(leads, behaviour))
        .transform(Percentiles::withPercentile)
        .transform(followUp::withFollowUp)
        .join(forecast, new String[] {"lead_id"}, "left_outer")
        .withColumn("score_date", lit(Date.valueOf(date)))
        .withColumn("scored_as_of", lit(Timestamp.from(asOf)))
        .withColumn("policy_version", lit(policy.version()))
        .withColumn("run_id", lit(run.runId()));
  }

  private Dataset<Row> trendFrom(Optional<ScoringModel> model, LocalDate date) {
    return Moves.trendFrom(
        new PublishedScores(run).toMeasureTrendsFrom(model.map(ScoringModel::version), date));
  }

  private static OptionalDouble threshold(Optional<ScoringModel> model, boolean hot) {
    return model
        .map(m -> OptionalDouble.of(hot ? m.thresholds().hot() : m.thresholds().warm()))
        .orElse(OptionalDouble.empty());
  }

  private static Dataset<Row> withoutModel(Dataset<Row> open) {
    return open.withColumn("probability", lit(null).cast("double"))
        .withColumn(
            "reasons", lit(null).cast(LeadScores.TABLE.schema().apply("reasons").dataType()));
  }

  /** Scores of one date; none without a date. */
  private Dataset<Row> scoresOn(Optional<LocalDate> date) {
    Dataset<Row> scores = lake.read(LeadScores.TABLE);
    return scores.where(
        date.map(day -> col("score_date").equalTo(lit(Date.valueOf(day)))).orElse(lit(false)));
  }
}
