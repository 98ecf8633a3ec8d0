package io.warmlead.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How good probabilities are, beside what then happened. Names of the metrics:
 *
 * <ul>
 *   <li>{@code n}, {@code conversions}, {@code base_rate} (Wilson interval)
 *   <li>{@code auc} (Hanley-McNeil interval), {@code pr_auc} (average precision), {@code
 *       lift_at_10} (conversion rate of the best 10 % over the base rate), {@code capture_at_20}
 *       (share of conversions among the best 20 %)
 *   <li>{@code log_loss}, {@code brier}
 *   <li>{@code calibration_intercept} and {@code calibration_slope}: of the logistic regression of
 *       outcomes on logit(probability), 0 and 1 when calibrated (Cox 1958); {@code ece}: mean gap
 *       between probability and rate over ten equal groups
 * </ul>
 *
 * <p>Computed from bins 0.005 log-odds wide, so that no list grows with leads; log loss and Brier
 * score are exact to about 1e-6. What is undefined (one outcome only) has no row.
 */
public final class Metrics {
  /** Segments with fewer conversions are not measured. */
  static final long FEWEST_CONVERSIONS = 10;

  private static final int CALIBRATION_GROUPS = 10;

  private Metrics() {}

  /**
   * Measures overall and per segment with at least ten conversions.
   *
   * @param scored with {@code probability} DOUBLE, {@code label} INT, {@code segment} STRING; rows
   *     without a probability are left out
   * @param split what to call these rows
   */
  public static List<MetricRow> of(Dataset<Row> scored, String split) {
    Column bounded =
        greatest(lit(Calibration.CLIP), least(lit(1 - Calibration.CLIP), col("probability")));
    Map<String, List<ScoreBin>> bySegment =
        new TreeMap<>(
            ScoreBin.bySegment(
                scored.where(col("probability").isNotNull()),
                log(bounded.divide(lit(1.0).minus(bounded))),
                coalesce(col("segment"), lit("unknown"))));
    List<ScoreBin> everyone = new ArrayList<>();
    bySegment.values().forEach(everyone::addAll);
    everyone.sort(ScoreBin.RISING.thenComparing(Comparator.comparingDouble(ScoreBin::score)));
    List<MetricRow> measured = new ArrayList<>(of(everyone, split, MetricRow.ALL));
    bySegment.forEach(
        (segment, bins) -> {
          if (Ranking.conversions(bins) >= FEWEST_CONVERSIONS && !segment.equals(MetricRow.ALL)) {
            measured.addAll(of(bins, split, segment));
          }
        });
    return List.copyOf(measured);
  }

  /** All metrics of bins over logit(probability), lowest first. */
  private static List<MetricRow> of(List<ScoreBin> bins, String split, String segment) {
    long n = Ranking.rows(bins);
    long conversions = Ranking.conversions(bins);
    List<MetricRow> measured = new ArrayList<>();
    Collector add =
        (metric, value, low, high) ->
            measured.add(new MetricRow(split, segment, metric, value, low, high, n));
    add.plain("n", (double) n);
    add.plain("conversions", (double) conversions);
    if (n == 0) {
      return measured;
    }
    double baseRate = (double) conversions / n;
    add.row("base_rate", baseRate, Ranking.wilson(baseRate, n, -1), Ranking.wilson(baseRate, n, 1));
    add.plain("log_loss", logLoss(bins));
    add.plain("brier", brier(bins));
    add.plain("ece", expectedCalibrationError(bins));
    if (Ranking.hasBothOutcomes(bins)) {
      addAuc(add, "auc", bins);
      add.plain("pr_auc", Ranking.averagePrecision(bins));
      add.plain("lift_at_10", Ranking.conversionsInTop(bins, 0.1) / (0.1 * n) / baseRate);
      add.plain("capture_at_20", Ranking.conversionsInTop(bins, 0.2) / conversions);
      LogisticFit.plain(bins)
          .ifPresent(
              fit -> {
                add.plain("calibration_intercept", fit.intercept());
                add.plain("calibration_slope", fit.slope());
              });
    }
    return measured;
  }

  /** AUC of any score, for comparison: one overall row. */
  static List<MetricRow> aucOnly(List<ScoreBin> bins, String split, String metric) {
    List<MetricRow> measured = new ArrayList<>();
    if (Ranking.hasBothOutcomes(bins)) {
      Collector add =
          (name, value, low, high) ->
              measured.add(
                  new MetricRow(split, MetricRow.ALL, name, value, low, high, Ranking.rows(bins)));
      addAuc(add, metric, bins);
    }
    return measured;
  }

  private static void addAuc(Collector add, String metric, List<ScoreBin> bins) {
    double auc = Ranking.auc(bins);
    double conversions = Ranking.conversions(bins);
    double width = Ranking.aucHalfWidth(auc, conversions, Ranking.rows(bins) - conversions);
    add.row(metric, auc, Math.max(0, auc - width), Math.min(1, auc + width));
  }

  /** Mean cross-entropy of bins over logit(probability), in nats. */
  static double logLoss(List<ScoreBin> bins) {
    double loss = 0;
    for (ScoreBin bin : bins) {
      double z = bin.score();
      double softplus = Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
      loss += bin.n() * softplus - bin.conversions() * z;
    }
    return loss / Ranking.rows(bins);
  }

  private static double brier(List<ScoreBin> bins) {
    double sum = 0;
    for (ScoreBin bin : bins) {
      double p = probability(bin);
      sum += bin.n() * p * p - 2 * bin.conversions() * p + bin.conversions();
    }
    return sum / Ranking.rows(bins);
  }

  /** Groups hold equal numbers of rows, as nearly as whole bins allow. */
  private static double expectedCalibrationError(List<ScoreBin> bins) {
    double total = Ranking.rows(bins);
    double[] gaps = new double[CALIBRATION_GROUPS];
    double before = 0;
    for (ScoreBin bin : bins) {
      double middle = (before + bin.n() / 2.0) / total;
      int group = Math.min(CALIBRATION_GROUPS - 1, (int) (middle * CALIBRATION_GROUPS));
      gaps[group] += bin.n() * probability(bin) - bin.conversions();
      before += bin.n();
    }
    double sum = 0;
    for (double gap : gaps) {
      sum += Math.abs(gap);
    }
    return sum / total;
  }

  private static double probability(ScoreBin bin) {
    return 1 / (1 + Math.exp(-bin.score()));
  }

  /** Takes measured numbers one by one. */
  private interface Collector {
    void row(String metric, double value, Double low, Double high);

    default void plain(String metric, double value) {
      row(metric, value, null, null);
    }
  }
}
