package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.warmlead.config.ModelSettings;
import io.warmlead.config.RunSettings;
import io.warmlead.config.Settings;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeaturePlanner;
import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.PointInTime;
import io.warmlead.feature.Summaries;
import io.warmlead.lake.Lake;
import io.warmlead.model.MetricRow;
import io.warmlead.model.ModelEntry;
import io.warmlead.model.ScoringModel;
import io.warmlead.model.Trainer;
import io.warmlead.model.TrainingOutcome;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.Leads;
import io.warmlead.table.ModelMetrics;
import io.warmlead.table.Models;
import io.warmlead.table.Outcomes;
import io.warmlead.temperature.Behaviour;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/** Trains a model on what was known at an instant, and registers it. */
final class TrainStage {
  private static final int SAMPLING_STEPS = 10_000;

  private final RunContext run;
  private final Settings settings;
  private final Lake lake;
  private final ModelStore store;

  TrainStage(RunContext run) {
    this.run = run;
    this.settings = run.settings();
    this.lake = run.lake();
    this.store = new ModelStore(run);
  }

  /**
   * What training came to.
   *
   * @param refusedBecause empty when a model was published
   */
  record Result(
      Optional<String> version,
      Optional<String> refusedBecause,
      List<MetricRow> metrics,
      Optional<ScoringModel> model) {}

  /** Trains and registers; a model that no gate refuses becomes champion. */
  Result train(Instant asOf) {
    if (settings.conversion().outcomes().isEmpty()) {
      return refuse(
          asOf,
          "conversion.outcomes names no outcome, so there is nothing to learn: say which outcomes"
              + " are conversions.",
          List.of());
    }
    List<Instant> snapshots = snapshots(asOf);
    Instant decided = asOf.minus(Duration.ofDays(settings.conversion().horizonDays()));
    if (snapshots.stream().allMatch(decided::isBefore)) {
      return refuse(
          asOf,
          "History is shorter than one snapshot ("
              + settings.model().snapshotEveryDays()
              + " days) and the horizon ("
              + settings.conversion().horizonDays()
              + " days).",
          List.of());
    }
    RunSettings calendar = settings.run();
    FeaturePlan plan = plan(asOf);
    FeatureSet features = FeatureSet.of(plan);
    Dataset<Row> rows =
        training(snapshots, asOf, features, calendar).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      TrainingOutcome outcome =
          Trainer.train(
              rows,
              features.features(),
              Duration.ofDays(settings.conversion().horizonDays()),
              settings.model(),
              asOf);
      if (outcome instanceof TrainingOutcome.Trained trained) {
        return publish(asOf, trained, plan);
      }
      TrainingOutcome.Refused refused = (TrainingOutcome.Refused) outcome;
      return refuse(asOf, refused.reason(), refused.metrics());
    } finally {
      rows.unpersist();
    }
  }

  /** Weekly instants, oldest first; the horizon of the newest is still running. */
  private List<Instant> snapshots(Instant asOf) {
    ModelSettings model = settings.model();
    Row first = lake.read(Leads.TABLE).agg(min("created_at")).head();
    if (first.isNullAt(0)) {
      return List.of();
    }
    Instant newestDecided =
        asOf.atZone(settings.run().zone())
            .minusDays(settings.conversion().horizonDays())
            .toInstant();
    Instant oldest =
        first.getTimestamp(0).toInstant().plus(Duration.ofDays(model.snapshotEveryDays()));
    List<Instant> snapshots =
        new ArrayList<>(
            AsOf.backwards(
                newestDecided,
                model.snapshotEveryDays(),
                model.maxSnapshots(),
                oldest,
                settings.run()));
    // Steps forward from the newest decided date, so that all lie on one calendar.
    for (int days = model.snapshotEveryDays();
        days < settings.conversion().horizonDays();
        days += model.snapshotEveryDays()) {
      Instant running = newestDecided.atZone(settings.run().zone()).plusDays(days).toInstant();
      if (running.isBefore(asOf) && !running.isBefore(oldest)) {
        snapshots.add(running);
      }
    }
    return snapshots;
  }

  private FeaturePlan plan(Instant asOf) {
    return plan(run, asOf);
  }

  /** The features that the data support at an instant. */
  static FeaturePlan plan(RunContext run, Instant asOf) {
    RunSettings calendar = run.settings().run();
    Dataset<Row> instants = PointInTime.instants(run.lake().spark(), List.of(asOf), calendar);
    return FeaturePlanner.plan(
        run.lake()
            .read(DailyActivity.TABLE)
            .where(col("arrived_day").lt(lit(java.sql.Date.valueOf(AsOf.date(asOf, calendar))))),
        PointInTime.leadsAsOf(run.lake().read(Leads.TABLE), instants));
  }

  private Dataset<Row> training(
      List<Instant> snapshots, Instant asOf, FeatureSet features, RunSettings calendar) {
    Dataset<Row> leads = lake.read(Leads.TABLE);
    Dataset<Row> instants = PointInTime.instants(lake.spark(), snapshots, calendar);
    long all = PointInTime.leadsAsOf(leads, instants).count();
    Column isSampled = isSampled(settings.model().maxRows(), all);
    List<Column> sums = new ArrayList<>(features.aggregates());
    Behaviour behaviour =
        Behaviour.of(settings.signals(), settings.temperature(), features.signals());
    sums.addAll(behaviour.aggregates());
    Dataset<Row> activity =
        PointInTime.activity(
            lake.read(DailyActivity.TABLE).where(isSampled),
            lake.read(Engagements.TABLE).where(isSampled),
            snapshots,
            calendar);
    Dataset<Row> aggregated =
        behaviour
            .need(FeatureSet.need(new Summaries()))
            .of(activity)
            .groupBy("lead_id", "as_of")
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    Dataset<Row> open =
        PointInTime.openLeads(
                leads.where(isSampled),
                lake.read(Outcomes.TABLE),
                aggregated,
                snapshots,
                settings.conversion(),
                calendar)
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

  /** All snapshots of a lead stay together; which leads stay does not depend on their outcome. */
  private static Column isSampled(int most, long all) {
    if (all <= most) {
      return lit(true);
    }
    long kept = (long) Math.floor((double) SAMPLING_STEPS * most / all);
    return pmod(xxhash64(col("lead_id")), lit((long) SAMPLING_STEPS)).lt(kept);
  }

  private Result publish(Instant asOf, TrainingOutcome.Trained trained, FeaturePlan plan) {
    String version = version(asOf);
    ScoringModel model = trained.model().withVersion(version);
    ModelStore.Saved saved = store.save(new ModelStore.StoredModel(model, plan));
    writeMetrics(version, trained.metrics());
    Dataset<Row> line =
        lake.spark()
            .createDataFrame(
                List.of(
                    RowFactory.create(
                        version,
                        model.family(),
                        ModelEntry.Status.CHAMPION.stored(),
                        Timestamp.from(asOf),
                        Timestamp.from(model.training().windowFrom()),
                        Timestamp.from(model.training().windowTo()),
                        (double) settings.conversion().horizonDays(),
                        model.training().snapshots(),
                        model.training().convertingLeads(),
                        model.training().otherLeads(),
                        model.training().tuning(),
                        scala.jdk.javaapi.CollectionConverters.asScala(model.metrics()),
                        RowFactory.create(
                            model.calibration().intercept(), model.calibration().slope()),
                        RowFactory.create(model.thresholds().hot(), model.thresholds().warm()),
                        model.features().stream().map(f -> f.name()).toArray(String[]::new),
                        new Row[0],
                        model.training().notes().toArray(String[]::new),
                        saved.uri(),
                        saved.digest(),
                        null,
                        run.runId())),
                Models.TABLE.schema());
    register(line, version, asOf);
    return new Result(
        Optional.of(version), Optional.empty(), trained.metrics(), Optional.of(model));
  }

  private Result refuse(Instant asOf, String reason, List<MetricRow> metrics) {
    String version = version(asOf);
    writeMetrics(version, metrics);
    Dataset<Row> line =
        lake.spark()
            .createDataFrame(
                List.of(
                    RowFactory.create(
                        version,
                        null,
                        ModelEntry.Status.REFUSED.stored(),
                        Timestamp.from(asOf),
                        null,
                        null,
                        (double) settings.conversion().horizonDays(),
                        null,
                        null,
                        null,
                        null,
                        scala.jdk.javaapi.CollectionConverters.asScala(Map.of()),
                        null,
                        null,
                        new String[0],
                        new Row[0],
                        new String[0],
                        null,
                        null,
                        reason,
                        run.runId())),
                Models.TABLE.schema());
    register(line, version, asOf);
    return new Result(Optional.empty(), Optional.of(reason), metrics, Optional.empty());
  }

  /** Adds the line; a new champion archives the one before, in the same commit. */
  private void register(Dataset<Row> line, String version, Instant asOf) {
    Dataset<Row> others = lake.read(Models.TABLE).where(col("version").notEqual(version));
    boolean isChampion = line.head().getAs("status").equals("champion");
    Dataset<Row> kept =
        isChampion
            ? others.withColumn(
                "status",
                functions
                    .when(col("status").equalTo("champion"), "archived")
                    .otherwise(col("status")))
            : others;
    // A champion trained for an older date (a backfill) does not unseat a newer one.
    boolean isOlder =
        store.entries().stream()
            .anyMatch(
                entry ->
                    entry.status() == ModelEntry.Status.CHAMPION
                        && !entry.version().equals(version)
                        && entry.trainedAsOf().isAfter(asOf));
    Dataset<Row> added = isChampion && isOlder ? line.withColumn("status", lit("archived")) : line;
    lake.overwrite(Models.TABLE, (isOlder ? others : kept).unionByName(added));
  }

  private void writeMetrics(String version, List<MetricRow> metrics) {
    List<Row> rows =
        metrics.stream()
            .map(
                m ->
                    RowFactory.create(
                        version,
                        m.split(),
                        m.segment(),
                        m.metric(),
                        m.value(),
                        m.ciLow(),
                        m.ciHigh(),
                        m.n(),
                        run.runId()))
            .toList();
    lake.replaceWhere(
        ModelMetrics.TABLE,
        lake.spark().createDataFrame(rows, ModelMetrics.TABLE.schema()),
        "version = '" + version + "'");
  }

  /** A training for the same instant has the same name, so that a rerun replaces it. */
  private static String version(Instant asOf) {
    return "m-" + asOf.toString().replace(":", "").replace("-", "").replace("T000000Z", "");
  }
}
