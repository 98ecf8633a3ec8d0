package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.config.Settings;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.lake.Lake;
import io.warmlead.model.MetricRow;
import io.warmlead.model.ModelEntry;
import io.warmlead.model.Registry;
import io.warmlead.model.ScoringModel;
import io.warmlead.model.Shape;
import io.warmlead.model.Suspect;
import io.warmlead.model.TrainingOutcome;
import io.warmlead.table.ModelMetrics;
import io.warmlead.table.Models;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;

/** Enters what training came to into the registry: the model's line, its file and its metrics. */
final class ModelRegistration {
  private final RunContext run;
  private final Settings settings;
  private final Lake lake;
  private final ModelStore store;

  ModelRegistration(RunContext run) {
    this.run = run;
    this.settings = run.settings();
    this.lake = run.lake();
    this.store = new ModelStore(run);
  }

  /** Saves a model and adds its line; it becomes champion, unless it has to stay challenger. */
  TrainStage.Result publish(
      Instant asOf, TrainingOutcome.Trained trained, FeaturePlan plan, List<Suspect> excluded) {
    Map<String, Optional<String>> digests = store.digests();
    String version =
        freeName(
            asOf,
            name ->
                isFree(digests, name)
                    || digests.get(name).equals(Optional.of(digest(trained, plan, name))));
    ScoringModel model = trained.model().withVersion(version);
    ModelStore.Saved saved = store.save(new ModelStore.StoredModel(model, plan));
    if (!isFree(digests, version)) {
      return unchanged(version, trained, model);
    }
    writeMetrics(version, trained.metrics());
    Dataset<Row> line =
        lake.spark()
            .createDataFrame(
                List.of(
                    RowFactory.create(
                        version,
                        model.family(),
                        (trained.staysChallenger().isPresent()
                                ? ModelEntry.Status.CHALLENGER
                                : ModelEntry.Status.CHAMPION)
                            .stored(),
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
                            model.calibration().intercept(),
                            model.calibration().slope(),
                            knots(model.calibration().shape())),
                        RowFactory.create(model.thresholds().hot(), model.thresholds().warm()),
                        model.features().stream().map(f -> f.name()).toArray(String[]::new),
                        LeakReview.stored(excluded),
                        model.training().notes().toArray(String[]::new),
                        saved.uri(),
                        saved.digest(),
                        null,
                        run.runId())),
                Models.TABLE.schema());
    register(line, version, asOf);
    return new TrainStage.Result(
        Optional.of(version),
        Optional.empty(),
        trained.staysChallenger(),
        trained.metrics(),
        Optional.of(model));
  }

  private static Row[] knots(Shape shape) {
    return IntStream.range(0, shape.margins().size())
        .mapToObj(knot -> RowFactory.create(shape.margins().get(knot), shape.values().get(knot)))
        .toArray(Row[]::new);
  }

  /** Adds a line that says why there is no model. */
  TrainStage.Result refuse(
      Instant asOf, String reason, List<MetricRow> metrics, List<Suspect> excluded) {
    Map<String, Optional<String>> digests = store.digests();
    String version = freeName(asOf, name -> isFree(digests, name));
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
                        LeakReview.stored(excluded),
                        new String[0],
                        null,
                        null,
                        reason,
                        run.runId())),
                Models.TABLE.schema());
    register(line, version, asOf);
    return new TrainStage.Result(
        Optional.empty(), Optional.of(reason), Optional.empty(), metrics, Optional.empty());
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

  /** The same data gave the same model again: its line stays what it is. */
  private TrainStage.Result unchanged(
      String version, TrainingOutcome.Trained trained, ScoringModel model) {
    ModelEntry.Status status = Registry.require(store.entries(), version).status();
    boolean isRefused = status == ModelEntry.Status.REFUSED;
    return isRefused
        ? new TrainStage.Result(
            Optional.empty(),
            Optional.of(
                "the data give model "
                    + version
                    + " again, which was rolled back. To make it champion: warmlead promote "
                    + version
                    + "."),
            Optional.empty(),
            trained.metrics(),
            Optional.empty())
        : new TrainStage.Result(
            Optional.of(version),
            Optional.empty(),
            status == ModelEntry.Status.CHALLENGER ? trained.staysChallenger() : Optional.empty(),
            trained.metrics(),
            Optional.of(model));
  }

  /**
   * Named by the instant of the training. A version that is stored never changes: other data for
   * the same instant give it a name with a number.
   */
  private static String freeName(Instant asOf, Predicate<String> mayHave) {
    String name = "m-" + asOf.toString().replace(":", "").replace("-", "").replace("T000000Z", "");
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> number == 1 ? name : name + "-" + number)
        .filter(mayHave)
        .findFirst()
        .orElseThrow();
  }

  /** No line, or one of a refused attempt, which left no model. */
  private static boolean isFree(Map<String, Optional<String>> digests, String name) {
    return digests.getOrDefault(name, Optional.empty()).isEmpty();
  }

  private static String digest(TrainingOutcome.Trained trained, FeaturePlan plan, String name) {
    return ModelStore.digest(new ModelStore.StoredModel(trained.model().withVersion(name), plan));
  }
}
