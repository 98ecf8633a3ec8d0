package io.warmlead.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All metrics of one set of weighted rows. Losses and calibration in a walk from the lowest
 * probability to the highest; the ranking in one from the lowest rank to the highest ({@link
 * Ranked}), where rows of equal rank count as tied.
 */
final class Measures {
  /** Shares of the rows of every date, best first, for lift and capture. */
  static final double[] TOPS = {0.01, 0.05, 0.10, 0.20, 0.30};

  /** Names in the order of {@link #of}. */
  static final List<String> NAMES = names();

  private static final int AUC = 4;
  private static final int GROUPS = 10;
  private static final int BINS = 100;

  private final Judged rows;
  private final Ranked ranked;
  private final int[] weights;
  private double total;
  private double conversions;

  private Measures(Judged rows, Ranked ranked, int[] weights) {
    this.rows = rows;
    this.ranked = ranked;
    this.weights = weights;
    for (int row = 0; row < rows.size(); row++) {
      total += weights[row];
      conversions += rows.converted()[row] ? weights[row] : 0;
    }
  }

  /**
   * The metrics, NaN where undefined.
   *
   * @param rows lowest probability first
   * @param ranked the same by rank
   * @param weights how often each row counts
   */
  static double[] of(Judged rows, Ranked ranked, int[] weights) {
    return new Measures(rows, ranked, weights).all();
  }

  /** Area under the ROC curve by rank; empty where only one outcome occurs. */
  static OptionalDouble auc(Judged rows) {
    int[] once = new int[rows.size()];
    Arrays.fill(once, 1);
    double auc = of(rows, Ranked.of(rows), once)[AUC];
    return Double.isFinite(auc) ? OptionalDouble.of(auc) : OptionalDouble.empty();
  }

  private static List<String> names() {
    List<String> names =
        new ArrayList<>(
            List.of(
                "base_rate",
                "log_loss",
                "brier",
                "ece",
                "auc",
                "pr_auc",
                "calibration_intercept",
                "calibration_slope"));
    for (String kind : List.of("lift_at_", "capture_at_")) {
      for (double top : TOPS) {
        names.add(kind + Math.round(100 * top));
      }
    }
    return List.copyOf(names);
  }

  private double[] all() {
    double[] values = new double[NAMES.size()];
    Arrays.fill(values, Double.NaN);
    if (total == 0) {
      return values;
    }
    values[0] = conversions / total;
    losses(values);
    if (conversions > 0 && conversions < total) {
      ranking(values);
      calibration(values);
    }
    return values;
  }

  private void losses(double[] values) {
    double logLoss = 0;
    double brier = 0;
    double[] gaps = new double[GROUPS];
    double before = 0;
    for (int row = 0; row < rows.size(); row++) {
      int weight = weights[row];
      if (weight == 0) {
        continue;
      }
      double p = rows.probability()[row];
      boolean converted = rows.converted()[row];
      logLoss -= weight * Math.log(converted ? p : 1 - p);
      brier += weight * (converted ? (1 - p) * (1 - p) : p * p);
      int group = (int) Math.min(GROUPS - 1, (before + weight / 2.0) / total * GROUPS);
      gaps[group] += weight * (p - (converted ? 1 : 0));
      before += weight;
    }
    double ece = 0;
    for (double gap : gaps) {
      ece += Math.abs(gap);
    }
    values[1] = logLoss / total;
    values[2] = brier / total;
    values[3] = ece / total;
  }

  /** Highest rank first, tie by tie. */
  private void ranking(double[] values) {
    double others = total - conversions;
    double reached = 0;
    double found = 0;
    double othersAbove = 0;
    double pairs = 0;
    double precision = 0;
    double[] captured = new double[TOPS.length];
    for (int last = rows.size() - 1; last >= 0; ) {
      double rank = ranked.rank()[last];
      double here = 0;
      double positive = 0;
      for (; last >= 0 && ranked.rank()[last] == rank; last--) {
        int row = ranked.row()[last];
        here += weights[row];
        positive += rows.converted()[row] ? weights[row] : 0;
      }
      if (here == 0) {
        continue;
      }
      for (int top = 0; top < TOPS.length; top++) {
        // A tie on the border counts in proportion.
        double room = TOPS[top] * total - reached;
        captured[top] += room <= 0 ? 0 : positive * Math.min(1, room / here);
      }
      pairs += positive * (others - othersAbove - (here - positive) / 2);
      reached += here;
      found += positive;
      othersAbove += here - positive;
      precision += positive * found / reached;
    }
    values[AUC] = pairs / (conversions * others);
    values[5] = precision / conversions;
    for (int top = 0; top < TOPS.length; top++) {
      values[8 + top] = captured[top] / (TOPS[top] * total) / (conversions / total);
      values[8 + TOPS.length + top] = captured[top] / conversions;
    }
  }

  /** Regression of outcomes on log-odds, from a hundred bins of equal weight (Cox 1958). */
  private void calibration(double[] values) {
    List<ScoreBin> bins = new ArrayList<>();
    long n = 0;
    long converted = 0;
    double scores = 0;
    double before = 0;
    for (int row = 0; row < rows.size(); row++) {
      int weight = weights[row];
      n += weight;
      converted += rows.converted()[row] ? weight : 0;
      scores += weight * Calibration.logit(rows.probability()[row]);
      before += weight;
      boolean isFull = before >= total * (bins.size() + 1) / BINS || row == rows.size() - 1;
      if (isFull && n > 0) {
        bins.add(new ScoreBin(scores / n, n, converted));
        n = 0;
        converted = 0;
        scores = 0;
      }
    }
    Optional<LogisticFit> fit = LogisticFit.plain(bins);
    if (fit.isPresent()) {
      values[6] = fit.get().intercept();
      values[7] = fit.get().slope();
    }
  }
}
