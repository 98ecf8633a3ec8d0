package io.warmlead.model;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.negate;

import io.warmlead.config.ModelSettings;
import io.warmlead.feature.Feature;
import io.warmlead.feature.Lineage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Learns a model from snapshots and rehearses the past to say how good it is: at several cuts the
 * whole procedure runs on what was known then, and later dates judge it. The first cut's dates
 * choose the dials, the others test.
 */
public final class Trainer {
  /** Rows of either outcome that must stand before and after a cut. */
  private static final long FEWEST_ROWS = 15;

  static final String RECENCY = "days_since_last_engagement";

  private final Dataset<Row> rows;
  private final List<Feature> features;
  private final TrainingTime time;
  private final Duration horizon;
  private final Instant knownUntil;
  private final ModelSettings settings;
  private final Optional<Incumbent> incumbent;

  private Trainer(
      Dataset<Row> rows,
      List<Feature> features,
      TrainingTime time,
      ModelSettings settings,
      Optional<Incumbent> incumbent) {
    this.rows = rows;
    this.features = List.copyOf(features);
    this.time = time;
    this.horizon = time.horizon();
    this.knownUntil = time.knownUntil();
    this.settings = settings;
    this.incumbent = incumbent;
  }

  /**
   * Why training would be refused whatever the features are, in words.
   *
   * @param leads leads that converted by the instant of training, within a horizon or not
   * @return empty where there may be enough; {@link #train} counts more closely
   */
  public static Optional<String> tooFewConversions(long leads, ModelSettings settings) {
    return Gates.tooFewConversions(leads, "converted so far", settings);
  }

  /**
   * Trains, or says why not. The same rows give the same model to the last bit, in whatever order
   * and partitioning they come.
   *
   * @param snapshots {@code lead_id} STRING, {@code as_of} TIMESTAMP, {@code segment} STRING,
   *     {@code label} INT (1: known by {@code knownUntil} to have converted within the horizon
   *     after as_of, else 0), {@code delay_days} DOUBLE (days to that conversion, NULL without),
   *     {@code points} DOUBLE (engagement points, a baseline), {@code features} ARRAY of DOUBLE
   *     without NULL and NaN; one row per lead and as_of, the snapshots whose horizon is still
   *     running included; {@code champion} DOUBLE, the probability by the incumbent, where there is
   *     one, NULL before it was trained. Read twice: hand in stored or cached rows
   * @param features names of the features, in their order
   * @param incumbent champion that the model has to beat
   * @throws IllegalArgumentException if rows are not of that shape
   */
  public static TrainingOutcome train(
      Dataset<Row> snapshots,
      List<Feature> features,
      TrainingTime time,
      ModelSettings settings,
      Optional<Incumbent> incumbent) {
    Dataset<Row> rows = Lineage.cut(TrainingRows.inFixedOrder(snapshots, settings.maxRows()));
    return new Trainer(rows, features, time, settings, incumbent).run();
  }

  private TrainingOutcome run() {
    History history = History.of(rows, features.size(), knownUntil.minus(horizon));
    Optional<String> tooLittle = Gates.minimumData(history, settings);
    if (tooLittle.isPresent()) {
      return refused(tooLittle.get());
    }
    List<Cut> cuts = Cut.of(history, horizon, knownUntil, FEWEST_ROWS);
    if (cuts.isEmpty()) {
      return refused(Gates.historyTooShort(history.decidedBy(knownUntil, horizon), horizon));
    }
    Calibrator calibrator = new Calibrator(horizon, time.every(), Delays.of(rows, horizon));
    long converting =
        History.Leads.of(TrainingRows.between(rows, cuts.get(0).train())).converting();
    Members tried = Members.worthTrying(settings, converting);
    Rehearsal first = rehearse(cuts.get(0), tried);
    Choice choice = Choice.among(first, calibrator, knownUntil);
    List<Rehearsal> rehearsals = new ArrayList<>(List.of(first.only(choice)));
    for (Cut cut : cuts.subList(1, cuts.size())) {
      rehearsals.add(rehearse(cut, choice.members()));
    }
    Recipe recipe = Recipe.of(choice, rehearsals, calibrator, features, knownUntil);
    Evaluation evaluation = Evaluation.of(rehearsals, recipe, knownUntil);
    List<MetricRow> metrics = evaluation.metrics();
    Optional<String> refused =
        Gates.evidence(evaluation.all()).or(() -> evaluation.contract().broken());
    if (refused.isPresent()) {
      return new TrainingOutcome.Refused(refused.get(), metrics);
    }
    TierShares shares = TierShares.of(evaluation.all());
    ScoringModel model =
        model(history, rehearsals, recipe, shares, metrics)
            .withNotes(evaluation.contract().strained().stream().toList())
            .withNotes(shares.notes())
            .withNotes(Members.leftOut(settings, converting))
            .withNotes(outranked(summary(metrics)));
    return incumbent
        .map(champion -> challenge(champion, history, cuts, rehearsals, recipe))
        .map(
            challenge ->
                new TrainingOutcome.Trained(
                    model.withNotes(List.of(challenge.told())),
                    Stream.concat(metrics.stream(), challenge.metrics().stream()).toList(),
                    challenge.lost()))
        .orElseGet(() -> new TrainingOutcome.Trained(model, metrics, Optional.empty()));
  }

  /** Needs one more rehearsal where the champion is too young to be judged by the test dates. */
  private Challenge challenge(
      Incumbent champion,
      History history,
      List<Cut> cuts,
      List<Rehearsal> rehearsals,
      Recipe recipe) {
    List<Rehearsal> all = new ArrayList<>(rehearsals);
    Cut.younger(cuts, history, horizon, champion.trainedAsOf(), FEWEST_ROWS)
        .ifPresent(cut -> all.add(rehearse(cut, recipe.choice().members())));
    return Challenge.of(champion, all, recipe, knownUntil);
  }

  private ScoringModel model(
      History history,
      List<Rehearsal> rehearsals,
      Recipe recipe,
      TierShares shares,
      List<MetricRow> metrics) {
    Choice choice = recipe.choice();
    History decided = history.decidedBy(knownUntil, horizon);
    List<Instant> dates = decided.dates();
    List<Predictor> learned =
        choice.members().learn(TrainingRows.between(rows, dates), features, settings.seed());
    Instant newest = history.dates().get(history.dates().size() - 1);
    Instant calibrating = knownUntil.minus(horizon.multipliedBy(2));
    Predictions recent =
        predict(learned, newest.isBefore(calibrating) ? newest : calibrating, knownUntil);
    Contender contender = recipe.published();
    double[] margins = contender.margins(recent);
    Calibration calibration =
        recipe.calibration(
            rehearsals.stream().map(rehearsal -> rehearsal.tested(contender)).toList(),
            new Calibrator.Margins(recent, margins),
            knownUntil);
    double[] tonight =
        IntStream.range(0, recent.size())
            .filter(row -> recent.asOf()[row] == Calibrator.micros(newest))
            .mapToDouble(row -> calibration.probability(margins[row]))
            .toArray();
    return new ScoringModel(
        ScoringModel.FORMAT,
        ScoringModel.UNVERSIONED,
        features,
        contender.of(learned),
        calibration,
        TierThresholds.of(tonight, shares),
        new TrainingRecord(
            time.trainedAsOf(),
            dates.get(0),
            dates.get(dates.size() - 1),
            horizon,
            decided.rows(),
            history.leads().converting(),
            history.leads().other(),
            choice.members().dials(),
            recipe.calibrator().arrivals(knownUntil),
            notes(rehearsals, recipe)),
        summary(metrics));
  }

  /** Learns at a cut and predicts all that calibration and judgement there need. */
  private Rehearsal rehearse(Cut cut, Members members) {
    List<Predictor> learned =
        members.learn(TrainingRows.between(rows, cut.train()), features, settings.seed());
    List<Instant> test = cut.test();
    Predictions predictions =
        predict(
            learned,
            cut.at().minus(horizon.multipliedBy(2)),
            test.get(test.size() - 1).plusNanos(1_000));
    return new Rehearsal(cut, members, predictions);
  }

  /** Predictions for the snapshots from one instant to before another. */
  private Predictions predict(List<Predictor> learned, Instant from, Instant before) {
    List<String> names = features.stream().map(Feature::name).toList();
    int at = names.indexOf(RECENCY);
    Column recency = at < 0 ? lit(0D) : negate(log1p(abs(get(col("features"), lit(at)))));
    return Predictions.collect(
        TrainingRows.from(rows, from, before),
        learned.stream().map(predictor -> Margins.margin(predictor, features)).toList(),
        List.of(recency, col("points")));
  }

  private List<String> notes(List<Rehearsal> rehearsals, Recipe recipe) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Metrics are of models learned at "
            + rehearsals.size()
            + " earlier dates from what was known then; the published one was learned from all"
            + " dates in the same way. "
            + recipe.choice().why());
    notes.addAll(recipe.notes());
    if (rehearsals.size() == 1) {
      notes.add(
          "History was too short for more than one cut: the test dates also chose the dials, so"
              + " test metrics are somewhat too good.");
    }
    List<Instant> tested = rehearsals.get(rehearsals.size() - 1).cut().test();
    if (tested.get(tested.size() - 1).plus(horizon).isAfter(knownUntil)) {
      notes.add(
          "The horizon of some test dates was still running: they were judged by the conversions"
              + " known so far.");
    }
    return notes;
  }

  /** Who reads the model shall know where less would have ranked better. */
  private static List<String> outranked(Map<String, Double> test) {
    double auc = test.getOrDefault("auc", Double.NaN);
    return Predictions.BASELINES.stream()
        .filter(baseline -> test.getOrDefault("auc_" + baseline, Double.NaN) > auc)
        .map(
            baseline ->
                String.format(
                    Locale.ROOT,
                    "On the test dates %s ranked better than the model: AUC %.3f against %.3f.",
                    baseline.replace('_', ' '),
                    test.get("auc_" + baseline),
                    auc))
        .toList();
  }

  private static Map<String, Double> summary(List<MetricRow> metrics) {
    return metrics.stream()
        .filter(row -> row.split().equals(Evaluation.TEST) && row.isOverall())
        .collect(Collectors.toMap(MetricRow::metric, MetricRow::value));
  }

  private static TrainingOutcome refused(String reason) {
    return new TrainingOutcome.Refused(reason, List.of());
  }
}
