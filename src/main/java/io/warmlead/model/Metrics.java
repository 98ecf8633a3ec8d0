package io.warmlead.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How good probabilities are, beside what then happened, each with a 95 % bootstrap interval by
 * lead. Names of the metrics:
 *
 * <ul>
 *   <li>{@code n}, {@code conversions}, {@code base_rate}
 *   <li>{@code auc}, {@code pr_auc} (average precision); of the best 1, 5, 10, 20 and 30 % of each
 *       date, {@code lift_at_…} (conversion rate over the base rate) and {@code capture_at_…}
 *       (share of all conversions); all by the rank of a row among those of its date ({@link
 *       Ranked})
 *   <li>{@code auc_engaged_90d}: AUC among leads that engaged within 90 days, where at least 20 of
 *       them convert
 *   <li>{@code log_loss} (nats), {@code brier}
 *   <li>{@code calibration_intercept} and {@code calibration_slope}: of the logistic regression of
 *       outcomes on logit(probability), 0 and 1 when calibrated (Cox 1958); {@code ece}: mean gap
 *       between probability and rate over ten equal groups
 * </ul>
 *
 * <p>What is undefined (one outcome only) has no row.
 */
final class Metrics {
  /** Segments with fewer conversions are not measured. */
  static final long FEWEST_CONVERSIONS = 10;

  private static final int REPLICATES = 200;

  /** Rows above which fewer replicates do: intervals of many rows are narrow anyway. */
  private static final int MANY_ROWS = 200_000;

  private static final long SEED = 20_260_101;

  private Metrics() {}

  /**
   * Measures overall and per segment with at least ten conversions.
   *
   * @param split what to call these rows
   */
  static List<MetricRow> of(Judged rows, String split) {
    List<MetricRow> measured = new ArrayList<>(of(rows, split, MetricRow.ALL));
    for (String segment : rows.segments()) {
      Judged within = rows.within(segment);
      if (!segment.equals(MetricRow.ALL) && within.conversions() >= FEWEST_CONVERSIONS) {
        measured.addAll(of(within, split, segment));
      }
    }
    return List.copyOf(measured);
  }

  private static List<MetricRow> of(Judged rows, String split, String segment) {
    List<MetricRow> measured = new ArrayList<>();
    long n = rows.size();
    measured.add(new MetricRow(split, segment, "n", n, null, null, n));
    measured.add(new MetricRow(split, segment, "conversions", rows.conversions(), null, null, n));
    Ranked ranked = Ranked.of(rows);
    double[] once = Measures.of(rows, ranked, ones(rows.size()));
    double[][] replicates = replicates(rows, ranked);
    for (int metric = 0; metric < once.length; metric++) {
      if (Double.isFinite(once[metric])) {
        double[] sorted = sorted(replicates, metric);
        measured.add(
            new MetricRow(
                split,
                segment,
                Measures.NAMES.get(metric),
                once[metric],
                quantile(sorted, 0.025),
                quantile(sorted, 0.975),
                n));
      }
    }
    return measured;
  }

  /**
   * Ranking by another score, for comparison: AUC, PR-AUC, lift and capture at 10 %, overall.
   *
   * @param rows rows whose probability is any rising map of that score into (0, 1)
   * @param name of the score, appended to the metric
   */
  static List<MetricRow> baseline(Judged rows, String split, String name) {
    List<String> kept = List.of("auc", "pr_auc", "lift_at_10", "capture_at_10");
    return of(rows, split, MetricRow.ALL).stream()
        .filter(row -> kept.contains(row.metric()))
        .map(row -> row.named(row.metric() + "_" + name))
        .toList();
  }

  /**
   * Lower end of the one-sided 90 % interval of how much lower the log loss of one set of
   * probabilities is than another's, on the same rows (paired bootstrap by lead), nats per row.
   *
   * @param lossOfOther loss per row
   * @param loss loss per row
   */
  static double leastGain(double[] lossOfOther, double[] loss, long[] lead) {
    return leastGain(gains(lossOfOther, loss, lead));
  }

  /** The same of the gain in every replicate, rising. */
  static double leastGain(double[] gains) {
    return quantile(gains, 0.10);
  }

  /** The lower end of the two-sided 95 % interval: for what should not be tried without need. */
  static double surelyGained(double[] lossOfOther, double[] loss, long[] lead) {
    return quantile(gains(lossOfOther, loss, lead), 0.025);
  }

  /** How much lower the log loss is in every replicate, rising. */
  static double[] gains(double[] lossOfOther, double[] loss, long[] lead) {
    double[] gains = new double[REPLICATES];
    for (int replicate = 0; replicate < REPLICATES; replicate++) {
      int[] counts = Resampling.counts(lead, replicate, SEED);
      double gain = 0;
      long n = 0;
      for (int row = 0; row < lead.length; row++) {
        gain += counts[row] * (lossOfOther[row] - loss[row]);
        n += counts[row];
      }
      gains[replicate] = n == 0 ? 0 : gain / n;
    }
    Arrays.sort(gains);
    return gains;
  }

  private static double[][] replicates(Judged rows, Ranked ranked) {
    int count = rows.size() > MANY_ROWS ? REPLICATES / 4 : REPLICATES;
    double[][] replicates = new double[count][];
    for (int replicate = 0; replicate < count; replicate++) {
      replicates[replicate] =
          Measures.of(rows, ranked, Resampling.counts(rows.lead(), replicate, SEED));
    }
    return replicates;
  }

  private static double[] sorted(double[][] replicates, int metric) {
    return Arrays.stream(replicates)
        .mapToDouble(values -> values[metric])
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  /** NULL where too few replicates had a value. */
  static Double quantile(double[] sorted, double share) {
    return sorted.length < 20 ? null : sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  private static int[] ones(int n) {
    int[] ones = new int[n];
    Arrays.fill(ones, 1);
    return ones;
  }
}
