package io.warmlead.model;

import java.io.Serializable;

/** Scores and explains one row; serializable, so that executors can hold it. */
final class RowScorer implements Serializable {
  private final Explainer explainer;
  private final Calibration calibration;
  private final int features;

  RowScorer(ScoringModel model) {
    explainer = model.predictor().explainer(model.features());
    calibration = model.calibration();
    features = model.features().size();
  }

  int features() {
    return features;
  }

  Explanation explain(double[] numbers) {
    double[] contributions = new double[features];
    double margin = explainer.explain(numbers, contributions);
    return new Explanation(calibration.probability(margin), explainer.base(), contributions);
  }

  /** A score in parts: base + contributions + calibration = logit(probability). */
  static final class Explanation {
    final double probability;
    final double base;
    final double[] contributions;

    /** What Platt's map and the clipping add to the margin, log-odds. */
    final double calibration;

    Explanation(double probability, double base, double[] contributions) {
      this.probability = probability;
      this.base = base;
      this.contributions = contributions;
      double explained = base;
      for (double contribution : contributions) {
        explained += contribution;
      }
      this.calibration = Calibration.logit(probability) - explained;
    }
  }
}
