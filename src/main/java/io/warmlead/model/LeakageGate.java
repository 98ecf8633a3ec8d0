package io.warmlead.model;

import io.warmlead.feature.Feature;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.PlanColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds columns that know the outcome: filled once a lead has converted, logged the moment before,
 * or too good to be honest. It would rather leave out one column too many than publish a model that
 * is good on paper only, and what it cannot place it refuses.
 */
public final class LeakageGate {
  /** Converting leads without which nothing is suspected: few agree by chance. */
  static final int FEWEST = 20;

  /** Metric of the test dates that {@link #unplaced} judges. */
  static final String ENGAGED = "engaged_90d";

  /** No honest model ranks leads that engaged lately as well as this. */
  private static final double IMPLAUSIBLE = 0.98;

  private final Dataset<Row> activity;
  private final Dataset<Row> leads;
  private final Dataset<Row> outcomes;
  private final Instant asOf;
  private final Duration horizon;

  /**
   * A gate over what was known at an instant.
   *
   * @param activity {@code daily_activity}, arrived before that instant
   * @param leads {@code leads}, all versions
   * @param outcomes {@code outcomes}
   */
  public LeakageGate(
      Dataset<Row> activity,
      Dataset<Row> leads,
      Dataset<Row> outcomes,
      Instant asOf,
      Duration horizon) {
    this.activity = activity;
    this.leads = leads;
    this.outcomes = outcomes;
    this.asOf = asOf;
    this.horizon = horizon;
  }

  /**
   * The columns that seem to know the outcome, attributes first, by name. The same rows give the
   * same answer in whatever order they come.
   *
   * @param plan what the features were made of
   * @param rows see {@link Trainer#train}; read several times: hand in stored or cached rows
   */
  public List<Suspect> suspects(FeaturePlan plan, Dataset<Row> rows) {
    List<String> attributes =
        Stream.concat(plan.numbers().stream(), plan.levels().keySet().stream()).toList();
    Map<PlanColumn, String> found = new TreeMap<>(PlanColumn.ORDER);
    List<Map<PlanColumn, String>> probes = new ArrayList<>();
    probes.add(TimingProbe.suspects(activity, outcomes, plan.signals(), asOf));
    probes.add(LateProbe.suspects(leads, outcomes, attributes, asOf));
    probes.addAll(inRows(FeatureSet.of(plan), rows, asOf.minus(horizon)));
    probes.forEach(
        probe -> probe.forEach((column, text) -> found.merge(column, text, LeakageGate::both)));
    return found.entrySet().stream()
        .map(suspect -> new Suspect(suspect.getKey(), suspect.getValue()))
        .toList();
  }

  /** What training rows alone tell. */
  static List<Map<PlanColumn, String>> inRows(
      FeatureSet set, Dataset<Row> rows, Instant decidedUpTo) {
    List<String> features = set.features().stream().map(Feature::name).toList();
    LeakSample sample = LeakSample.of(rows, features.size(), decidedUpTo);
    if (sample.converting() < FEWEST) {
      return List.of();
    }
    return List.of(
        new BearerProbe(sample, features).suspects(set.columns()),
        new AloneProbe(sample, features, set.columns()).suspects());
  }

  private static String both(String one, String two) {
    return one + "; " + two;
  }

  /**
   * Why a model that was trained must not be published although no column is suspected: on the test
   * dates it is better than anything honest.
   *
   * @param metrics of the training
   */
  public static Optional<String> unplaced(List<MetricRow> metrics) {
    return metrics.stream()
        .filter(row -> row.split().equals(Evaluation.TEST) && row.isOverall())
        .filter(row -> row.metric().equals("auc_" + ENGAGED))
        .filter(row -> row.value() > IMPLAUSIBLE)
        .findFirst()
        .map(
            row ->
                String.format(
                    Locale.ROOT,
                    "A leak that cannot be placed: among leads that engaged within 90 days the model"
                        + " ranks later dates with AUC %.3f, better than anything honest, and no"
                        + " single column explains it. Look for columns and events that are written"
                        + " when a lead converts; leave them out with inputs.leads.exclude, or with a"
                        + " rule of signals.map to ignore, and train again.",
                    row.value()));
  }
}
