package io.warmlead.model;

import io.warmlead.feature.PlanColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Columns of which a single feature predicts too well. Honest recency reaches an AUC of 0.83 on
 * real logs, and more where most leads fell asleep long ago; hence the ranking is looked at among
 * leads that engaged lately, where nothing honest comes near these bars.
 */
final class AloneProbe {
  /** Leads that engaged within so many days are looked at. */
  static final double AWAKE_DAYS = 90;

  /** No honest column is that good … */
  private static final double TOO_GOOD = 0.95;

  /**
   * … unless time alone is: where most conversions come within days, to be new tells nearly all,
   * and so does whatever dates from when a lead was new. So a column must have this many times
   * fewer wrong pairs than {@link #TENURE}, which cannot know the outcome.
   */
  private static final double BEYOND_TENURE = 2;

  private static final String TENURE = "tenure_days";

  /** Suspicious if it also stands apart: {@link #APART} times fewer wrong pairs than the rest. */
  private static final double VERY_GOOD = 0.9;

  private static final double APART = 3;

  private final LeakSample sample;
  private final List<String> features;
  private final Map<String, PlanColumn> columns;
  private final int recency;
  private final List<double[]> with = new ArrayList<>();
  private final List<double[]> without = new ArrayList<>();
  private final List<double[]> converted = new ArrayList<>();
  private final List<double[]> others = new ArrayList<>();

  AloneProbe(LeakSample sample, List<String> features, Map<String, PlanColumn> columns) {
    this.sample = sample;
    this.features = features;
    this.columns = columns;
    this.recency = features.indexOf(Trainer.RECENCY);
    divide();
  }

  /** The best feature of a column, among snapshots and among leads. */
  private record Best(String feature, SingleAuc snapshots, SingleAuc leads) {}

  /** The suspects with their evidence. */
  Map<PlanColumn, String> suspects() {
    Map<PlanColumn, Best> best = new LinkedHashMap<>();
    double pooled = 0.5;
    for (int feature = 0; feature < features.size(); feature++) {
      SingleAuc snapshots = SingleAuc.of(values(with, feature), values(without, feature));
      PlanColumn column = columns.get(features.get(feature));
      if (column == null) {
        pooled = Math.max(pooled, snapshots.auc());
        continue;
      }
      // What a lead has done grows with its age, what it is does not: attributes may be compared
      // between leads, of which each has its whole history behind it.
      SingleAuc leads =
          column.isAttribute()
              ? SingleAuc.of(values(converted, feature), values(others, feature))
              : SingleAuc.NONE;
      best.merge(column, new Best(features.get(feature), snapshots, leads), AloneProbe::better);
    }
    double reference = Math.max(pooled, innocent(best));
    double tenure = aucOf(features.indexOf(TENURE));
    Map<PlanColumn, String> suspects = new LinkedHashMap<>();
    best.forEach(
        (column, found) ->
            evidence(found, reference, tenure).ifPresent(text -> suspects.put(column, text)));
    return suspects;
  }

  private double aucOf(int feature) {
    return feature < 0
        ? SingleAuc.NONE.auc()
        : SingleAuc.of(values(with, feature), values(without, feature)).auc();
  }

  private void divide() {
    // Converting leads are over-represented: of their other snapshots only so many count.
    long every = Math.max(1, Math.round(sample.weight()));
    long seen = 0;
    for (LeakSample.Lead lead : sample.leads()) {
      (lead.converted() ? converted : others).add(lead.last());
      if (isAwake(lead.with())) {
        with.add(lead.with());
      }
      if (isAwake(lead.without()) && (!lead.converted() || seen++ % every == 0)) {
        without.add(lead.without());
      }
    }
  }

  private boolean isAwake(double[] snapshot) {
    return snapshot != null && (recency < 0 || snapshot[recency] <= AWAKE_DAYS);
  }

  private static double[] values(List<double[]> snapshots, int feature) {
    return snapshots.stream().mapToDouble(snapshot -> snapshot[feature]).toArray();
  }

  private static Best better(Best one, Best two) {
    Comparator<Best> rank =
        Comparator.comparingDouble(best -> Math.max(best.snapshots.least(), best.leads.least()));
    return rank.compare(one, two) >= 0 ? one : two;
  }

  private static double innocent(Map<PlanColumn, Best> best) {
    return best.values().stream()
        .mapToDouble(found -> found.snapshots.auc())
        .filter(auc -> auc < VERY_GOOD)
        .max()
        .orElse(0.5);
  }

  private static Optional<String> evidence(Best best, double reference, double tenure) {
    if (best.leads.least() >= TOO_GOOD && best.leads.conversions() >= LeakageGate.FEWEST) {
      return Optional.of(told(best, best.leads, reference));
    }
    SingleAuc snapshots = best.snapshots;
    boolean isTooGood =
        snapshots.least() >= TOO_GOOD && (1 - snapshots.auc()) * BEYOND_TENURE <= 1 - tenure;
    boolean isApart =
        snapshots.least() >= VERY_GOOD && (1 - snapshots.auc()) * APART <= 1 - reference;
    return snapshots.conversions() >= LeakageGate.FEWEST && (isTooGood || isApart)
        ? Optional.of(told(best, snapshots, reference))
        : Optional.empty();
  }

  private static String told(Best best, SingleAuc auc, double reference) {
    return String.format(
        Locale.ROOT,
        "%s alone tells leads that convert from others with AUC %.3f (%d converting leads), the"
            + " best of what is not suspected with %.3f",
        best.feature,
        auc.auc(),
        auc.conversions(),
        reference);
  }
}
