package io.warmlead.model;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A family fitted to the training dates, its dials set by later dates.
 *
 * @param predictor what it learned from the training dates
 * @param tuning the dials, in words
 * @param tuningMargins its margins on the dates that set the dials
 * @param refit learns from other rows with the same dials
 */
record Candidate(
    Predictor predictor,
    String tuning,
    List<ScoreBin> tuningMargins,
    Function<Dataset<Row>, Predictor> refit) {

  /** Log loss on the tuning dates once calibrated there; infinite if that is impossible. */
  double tuningLoss() {
    return Calibration.fit(tuningMargins)
        .map(fit -> Metrics.logLoss(calibrated(tuningMargins, fit)))
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static List<ScoreBin> calibrated(List<ScoreBin> margins, Calibration calibration) {
    return margins.stream()
        .map(
            bin -> {
              double logit = Calibration.logit(calibration.probability(bin.score()));
              return new ScoreBin(logit, logit, bin.n(), bin.conversions());
            })
        .toList();
  }
}
