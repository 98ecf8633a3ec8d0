package io.warmlead.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Platt's map from margin to probability: {@code logit(p) = intercept + slope x margin}, strictly
 * monotone because the slope is positive, clipped to [1e-6, 1 - 1e-6] (Platt 1999, "Probabilistic
 * Outputs for Support Vector Machines").
 */
public record Calibration(double intercept, double slope) implements Serializable {
  /** No probability is closer to 0 or 1 than this. */
  public static final double CLIP = 1e-6;

  public Calibration {
    Require.finite("calibration intercept", intercept);
    Require.finite("calibration slope", slope);
    Require.that(slope > 0, "calibration slope must be positive: " + slope);
  }

  /**
   * Fits the map to held-out margins; empty where higher margins did not convert more often.
   *
   * <p>Targets are Platt's smoothed ones, so that separated data give a finite slope.
   */
  static Optional<Calibration> fit(List<ScoreBin> margins) {
    return LogisticFit.smoothed(margins)
        .filter(fit -> fit.slope() > 0)
        .map(fit -> new Calibration(fit.intercept(), fit.slope()));
  }

  /** Probability of a margin, clipped. */
  public double probability(double margin) {
    double odds = Math.exp(-(intercept + slope * margin));
    return Math.min(1 - CLIP, Math.max(CLIP, 1 / (1 + odds)));
  }

  /** Log-odds of a probability. */
  public static double logit(double probability) {
    return Math.log(probability / (1 - probability));
  }
}
