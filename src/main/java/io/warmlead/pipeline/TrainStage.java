package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.warmlead.config.ModelSettings;
import io.warmlead.config.RunSettings;
import io.warmlead.config.Settings;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeaturePlanner;
import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.PointInTime;
import io.warmlead.feature.Summaries;
import io.warmlead.lake.Lake;
import io.warmlead.model.Incumbent;
import io.warmlead.model.LeakageGate;
import io.warmlead.model.MetricRow;
import io.warmlead.model.ScoringModel;
import io.warmlead.model.Trainer;
import io.warmlead.model.TrainingOutcome;
import io.warmlead.model.TrainingTime;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import io.warmlead.temperature.Behaviour;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Trains a model on what was known at an instant, and registers it. */
final class TrainStage {
  private static final int LONGEST_WINDOW_DAYS = 90;

  private final RunContext run;
  private final Settings settings;
  private final Lake lake;
  private final ModelRegistration registration;

  TrainStage(RunContext run) {
    this.run = run;
    this.settings = run.settings();
    this.lake = run.lake();
    this.registration = new ModelRegistration(run);
  }

  /**
   * What training came to.
   *
   * @param version empty when a gate refused the model
   * @param refusedBecause empty when a model was published
   * @param staysChallenger why the model does not score, in words; empty where it is champion
   */
  record Result(
      Optional<String> version,
      Optional<String> refusedBecause,
      Optional<String> staysChallenger,
      List<MetricRow> metrics,
      Optional<ScoringModel> model) {

    /** Why training gave no new champion; empty where it did. */
    Optional<String> championStays() {
      return refusedBecause
          .map(reason -> "no new model. " + reason)
          .or(
              () ->
                  staysChallenger.map(
                      reason -> version.orElseThrow() + " stays challenger. " + reason));
    }
  }

  /**
   * Trains and registers; a model that no gate refuses and that beats the champion takes its place.
   */
  Result train(Instant asOf) {
    TrainingDates snapshots = dates(asOf);
    Optional<String> nothing = nothingToLearn(asOf, snapshots);
    if (nothing.isPresent()) {
      return registration.refuse(asOf, nothing.get(), List.of(), List.of());
    }
    SnapshotSample sample = sample(snapshots);
    LeakReview.Reviewed reviewed =
        new LeakReview(gate(asOf), settings.model().allowColumns(), run.progress())
            .review(
                plan(asOf),
                plan ->
                    training(snapshots.dates(), sample, asOf, FeatureSet.of(plan))
                        .persist(StorageLevel.MEMORY_AND_DISK()));
    try {
      return reviewed.refusedBecause().isPresent()
          ? registration.refuse(
              asOf, reviewed.refusedBecause().get(), List.of(), reviewed.excluded())
          : learn(asOf, reviewed, snapshots, sample);
    } finally {
      reviewed.rows().unpersist();
    }
  }

  /** What can be told before features are made, which takes long. */
  private Optional<String> nothingToLearn(Instant asOf, TrainingDates snapshots) {
    if (settings.conversion().outcomes().isEmpty()) {
      return Optional.of(
          "conversion.outcomes names no outcome, so there is nothing to learn: say which outcomes"
              + " are conversions.");
    }
    Instant decided = snapshots.until().minus(Duration.ofDays(settings.conversion().horizonDays()));
    if (snapshots.dates().stream().allMatch(decided::isBefore)) {
      return Optional.of(
          "History is shorter than one snapshot ("
              + settings.model().snapshotEveryDays()
              + " days) and the horizon ("
              + settings.conversion().horizonDays()
              + " days).");
    }
    return Trainer.tooFewConversions(leadsThatConverted(asOf), settings.model());
  }

  private Result learn(
      Instant asOf, LeakReview.Reviewed reviewed, TrainingDates snapshots, SnapshotSample sample) {
    Optional<IncumbentScores> champion = IncumbentScores.before(asOf, run);
    Optional<Incumbent> incumbent = champion.map(IncumbentScores::incumbent);
    Dataset<Row> rows =
        champion
            .map(
                scores ->
                    scores.of(
                        reviewed.rows(),
                        reviewed.plan(),
                        plan ->
                            training(
                                snapshots.since(scores.incumbent().trainedAsOf()),
                                sample,
                                asOf,
                                FeatureSet.of(plan))))
            .orElse(reviewed.rows());
    TrainingOutcome outcome =
        Trainer.train(
            rows,
            FeatureSet.of(reviewed.plan()).features(),
            new TrainingTime(
                Duration.ofDays(settings.conversion().horizonDays()),
                sample.between(),
                snapshots.until(),
                asOf),
            settings.model(),
            incumbent);
    if (outcome instanceof TrainingOutcome.Refused refused) {
      return registration.refuse(asOf, refused.reason(), refused.metrics(), reviewed.excluded());
    }
    TrainingOutcome.Trained trained = (TrainingOutcome.Trained) outcome;
    // A leak that was allowed by name is placed.
    Optional<String> unplaced =
        reviewed.kept().isEmpty() ? LeakageGate.unplaced(trained.metrics()) : Optional.empty();
    if (unplaced.isPresent()) {
      return registration.refuse(asOf, unplaced.get(), trained.metrics(), reviewed.excluded());
    }
    return registration.publish(
        asOf,
        new TrainingOutcome.Trained(
            trained.model().withNotes(reviewed.notes()),
            trained.metrics(),
            trained.staysChallenger()),
        reviewed.plan(),
        reviewed.excluded());
  }

  private long leadsThatConverted(Instant asOf) {
    return lake.read(Outcomes.TABLE)
        .where(col("is_conversion").and(col("occurred_at").lt(lit(asOf))))
        .agg(countDistinct("lead_id"))
        .head()
        .getLong(0);
  }

  private LeakageGate gate(Instant asOf) {
    return new LeakageGate(
        known(run, asOf),
        lake.read(Leads.TABLE),
        lake.read(Outcomes.TABLE),
        asOf,
        Duration.ofDays(settings.conversion().horizonDays()));
  }

  private TrainingDates dates(Instant asOf) {
    int horizon = settings.conversion().horizonDays();
    Instant until = OutcomeLog.knownUntil(lake, asOf, settings.run());
    return known(asOf)
        .map(from -> TrainingDates.of(from, until, settings.model(), horizon, settings.run()))
        .orElse(new TrainingDates(List.of(), settings.model().snapshotEveryDays(), until));
  }

  /** From when on leads and what they do are known; empty where there are no leads. */
  private Optional<Instant> known(Instant asOf) {
    Row first = lake.read(Leads.TABLE).agg(min("created_at")).head();
    if (first.isNullAt(0)) {
      return Optional.empty();
    }
    Instant created = first.getTimestamp(0).toInstant();
    // Before the log begins all leads look alike: a model would learn from that nobody engaged.
    Instant begins =
        EngagementLog.begins(lake, AsOf.date(asOf, settings.run()))
            .map(date -> AsOf.start(date, settings.run()))
            .orElse(created);
    return Optional.of(created.isBefore(begins) ? begins : created);
  }

  private FeaturePlan plan(Instant asOf) {
    return plan(run, asOf);
  }

  /**
   * The features that the data support at an instant: of what training can see. Signals that were
   * given up years ago and leads that were closed then would push out what is there today.
   */
  static FeaturePlan plan(RunContext run, Instant asOf) {
    Settings settings = run.settings();
    LocalDate since = AsOf.date(asOf, settings.run()).minusDays(lookedAt(settings));
    Dataset<Row> instants = PointInTime.instants(run.lake().spark(), List.of(asOf), settings.run());
    Dataset<Row> closedBefore =
        run.lake()
            .read(Outcomes.TABLE)
            .where(col("closes"))
            .where(col("occurred_at").lt(lit(Timestamp.from(AsOf.start(since, settings.run())))));
    Dataset<Row> leads = PointInTime.leadsAsOf(run.lake().read(Leads.TABLE), instants);
    return FeaturePlanner.plan(
        known(run, asOf).where(col("day").geq(lit(Date.valueOf(since)))),
        settings.conversion().reopensOnInbound()
            ? leads
            : leads.join(closedBefore.select("lead_id"), new String[] {"lead_id"}, "left_anti"));
  }

  /** Days that the snapshots and their windows reach back. */
  private static long lookedAt(Settings settings) {
    ModelSettings model = settings.model();
    long horizon = settings.conversion().horizonDays();
    long snapshots =
        Math.max(
            (long) model.maxSnapshots() * model.snapshotEveryDays(),
            TrainingDates.HORIZONS * horizon);
    return horizon + snapshots + LONGEST_WINDOW_DAYS;
  }

  private static Dataset<Row> known(RunContext run, Instant asOf) {
    Date today = Date.valueOf(AsOf.date(asOf, run.settings().run()));
    return run.lake().read(DailyActivity.TABLE).where(col("arrived_day").lt(lit(today)));
  }

  private SnapshotSample sample(TrainingDates snapshots) {
    Dataset<Row> instants = PointInTime.instants(lake.spark(), snapshots.dates(), settings.run());
    Dataset<Row> closed =
        lake.read(Outcomes.TABLE)
            .where(col("closes"))
            .groupBy("lead_id")
            .agg(min("occurred_at").as("closed_at"));
    Dataset<Row> leads =
        lake.read(Leads.TABLE)
            .select("lead_id", "created_at", "valid_from", "valid_to", "counts_from")
            .join(closed, new String[] {"lead_id"}, "left_outer");
    long rows =
        PointInTime.leadsAsOf(leads, instants)
            .where(col("closed_at").isNull().or(col("closed_at").geq(col("as_of"))))
            .count();
    return SnapshotSample.of(
        rows, settings.model().maxRows(), snapshots.every(), settings.conversion().horizonDays());
  }

  private Dataset<Row> training(
      List<Instant> snapshots, SnapshotSample sample, Instant asOf, FeatureSet features) {
    RunSettings calendar = settings.run();
    Behaviour behaviour =
        Behaviour.of(settings, features.signals(), PointsHalfLives.before(asOf, settings, lake));
    Dataset<Row> activity =
        PointInTime.activity(
                lake.read(DailyActivity.TABLE).where(sample.hasLead()),
                lake.read(Engagements.TABLE).where(sample.hasLead()),
                snapshots,
                calendar)
            .where(sample.hasTurn());
    Dataset<Row> aggregated = LeadSums.of(features).and(behaviour).over(activity);
    Dataset<Row> open =
        PointInTime.openLeads(
                lake.read(Leads.TABLE).where(sample.hasLead()),
                lake.read(Outcomes.TABLE),
                aggregated,
                snapshots,
                settings.conversion(),
                calendar)
            .where(sample.hasTurn())
            .select(
                col("lead_id"),
                col("as_of"),
                col("segment"),
                Summaries.number(col("points_units")).as("points"),
                features.vector().as("features"));
    return PointInTime.withLabel(
        open,
        PointInTime.conversions(
            lake.read(Outcomes.TABLE),
            snapshots,
            settings.conversion().horizonDays(),
            asOf,
            calendar));
  }
}
