package io.warmlead.model;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.udf;

import io.warmlead.config.ModelSettings;
import io.warmlead.feature.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Learns a model from snapshots whose outcome is known, judged on later dates than it learned from.
 */
public final class Trainer {
  /** Feature whose value alone is the score to beat: the shorter the silence, the better. */
  private static final String RECENCY = "days_since_last_engagement";

  private final Dataset<Row> rows;
  private final List<Feature> features;
  private final Duration horizon;
  private final ModelSettings settings;
  private final Instant trainedAsOf;

  private Trainer(
      Dataset<Row> rows,
      List<Feature> features,
      Duration horizon,
      ModelSettings settings,
      Instant trainedAsOf) {
    this.rows = rows;
    this.features = List.copyOf(features);
    this.horizon = horizon;
    this.settings = settings;
    this.trainedAsOf = trainedAsOf;
  }

  /**
   * Trains, or says why not. The same rows give the same model to the last bit, in whatever order
   * and partitioning they come.
   *
   * @param snapshots {@code lead_id} STRING, {@code as_of} TIMESTAMP, {@code segment} STRING,
   *     {@code label} INT (converted within the horizon after as_of: 1, else 0; only snapshots
   *     whose horizon has passed), {@code features} ARRAY of DOUBLE without NULL and NaN; one row
   *     per lead and as_of. Read twice: hand in stored or cached rows
   * @param features names of the features, in their order
   * @throws IllegalArgumentException if rows are not of that shape
   */
  public static TrainingOutcome train(
      Dataset<Row> snapshots,
      List<Feature> features,
      Duration horizon,
      ModelSettings settings,
      Instant trainedAsOf) {
    Dataset<Row> rows =
        TrainingRows.inFixedOrder(snapshots, settings.maxRows())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return new Trainer(rows, features, horizon, settings, trainedAsOf).run();
    } finally {
      rows.unpersist();
    }
  }

  private TrainingOutcome run() {
    History history = History.of(rows, features.size());
    Optional<String> tooLittle = Gates.minimumData(history, settings);
    if (tooLittle.isPresent()) {
      return refused(tooLittle.get());
    }
    Optional<Split> cut = Split.of(history.dates(), horizon);
    if (cut.isEmpty()) {
      return refused(Gates.historyTooShort(history.dates(), horizon));
    }
    Split split = cut.get();
    Optional<String> oneSided = Gates.bothOutcomes(history, split);
    if (oneSided.isPresent()) {
      return refused(oneSided.get());
    }
    Candidate best = bestCandidate(split);
    Optional<Calibration> honest = Calibration.fit(best.tuningMargins());
    Dataset<Row> heldOut = TrainingRows.between(rows, split.heldOut());
    List<ScoreBin> heldOutMargins =
        split.hasValidation()
            ? Margins.bins(heldOut, best.predictor(), features)
            : best.tuningMargins();
    Optional<Calibration> lasting = Calibration.fit(heldOutMargins);
    if (honest.isEmpty() || lasting.isEmpty()) {
      return refused(Gates.slopeNotPositive());
    }
    List<MetricRow> metrics = measure(best.predictor(), honest.get(), split);
    Optional<String> noEvidence =
        Gates.evidence(Ranking.auc(heldOutMargins), History.Leads.of(heldOut));
    if (noEvidence.isPresent()) {
      return new TrainingOutcome.Refused(noEvidence.get(), metrics);
    }
    ScoringModel model =
        new ScoringModel(
            ScoringModel.FORMAT,
            ScoringModel.UNVERSIONED,
            features,
            best.refit().apply(rows),
            lasting.get(),
            TierThresholds.of(heldOutMargins, lasting.get()),
            trainingRecord(history, split, best),
            summary(metrics));
    return new TrainingOutcome.Trained(model, metrics, split);
  }

  private Candidate bestCandidate(Split split) {
    Dataset<Row> train = TrainingRows.between(rows, split.train());
    Dataset<Row> tuning = TrainingRows.between(rows, split.tuning());
    return settings.families().stream()
        .map(family -> candidate(family, train, tuning))
        .min(Comparator.comparingDouble(Candidate::tuningLoss))
        .orElseThrow();
  }

  private Candidate candidate(String family, Dataset<Row> train, Dataset<Row> tuning) {
    return switch (family) {
      case LinearPredictor.FAMILY -> LogisticFamily.fit(train, tuning, features);
      case TreePredictor.FAMILY ->
          new BoostingFamily(BoostingFamily.MOST_TREES, settings.seed())
              .fit(train, tuning, features);
      default -> throw new IllegalArgumentException("unknown model family " + family);
    };
  }

  private List<MetricRow> measure(Predictor predictor, Calibration calibration, Split split) {
    UDF1<Double, Double> calibrated = calibration::probability;
    Column probability =
        udf(calibrated, DataTypes.DoubleType).apply(Margins.margin(predictor, features));
    List<MetricRow> measured = new ArrayList<>();
    for (Part part : parts(split)) {
      Dataset<Row> scored =
          TrainingRows.between(rows, part.dates())
              .select(probability.as("probability"), col("label"), col("segment"));
      Metrics.of(scored, part.name()).stream()
          .filter(row -> part.withSegments() || row.isOverall())
          .forEach(measured::add);
    }
    measured.addAll(recencyAlone(TrainingRows.between(rows, split.test())));
    return measured;
  }

  private record Part(String name, List<Instant> dates, boolean withSegments) {}

  private static List<Part> parts(Split split) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("train", split.train(), false));
    if (split.hasValidation()) {
      parts.add(new Part("validation", split.validation(), false));
    }
    parts.add(new Part("test", split.test(), true));
    return parts;
  }

  private List<MetricRow> recencyAlone(Dataset<Row> test) {
    List<String> names = features.stream().map(Feature::name).toList();
    if (!names.contains(RECENCY)) {
      return List.of();
    }
    Column days = get(col("features"), lit(names.indexOf(RECENCY)));
    // Logarithms keep the order and fit the bins.
    List<ScoreBin> bins = ScoreBin.overall(test, negate(log1p(abs(days))));
    return Metrics.aucOnly(bins, "test", "auc_recency_alone");
  }

  private TrainingRecord trainingRecord(History history, Split split, Candidate best) {
    List<Instant> dates = history.dates();
    return new TrainingRecord(
        trainedAsOf,
        dates.get(0),
        dates.get(dates.size() - 1),
        horizon,
        history.rows(),
        history.leads().converting(),
        history.leads().other(),
        best.tuning(),
        notes(split));
  }

  private static List<String> notes(Split split) {
    String refit =
        "Metrics are of the model learned from the training dates alone; the published one was then"
            + " learned from all dates with the same settings, calibrated on later dates than the"
            + " measured one had seen.";
    String twoParts =
        "History was too short for three parts: the test dates also chose and calibrated the model,"
            + " so its test metrics are somewhat too good.";
    return split.hasValidation() ? List.of(refit) : List.of(refit, twoParts);
  }

  private static Map<String, Double> summary(List<MetricRow> metrics) {
    return metrics.stream()
        .filter(row -> row.split().equals("test") && row.isOverall())
        .collect(Collectors.toMap(MetricRow::metric, MetricRow::value));
  }

  private static TrainingOutcome refused(String reason) {
    return new TrainingOutcome.Refused(reason, List.of());
  }
}
