package io.warmlead.model;

import java.io.Serializable;

/**
 * Map from margin to probability: {@code logit(p) = intercept + slope x margin} (Platt 1999,
 * "Probabilistic Outputs for Support Vector Machines"), strictly monotone because the slope is
 * positive, clipped to [1e-6, 1 - 1e-6]. {@link Calibrator} finds it.
 */
public record Calibration(double intercept, double slope) implements Serializable {
  /** No probability is closer to 0 or 1 than this. */
  public static final double CLIP = 1e-6;

  public Calibration {
    Require.finite("calibration intercept", intercept);
    Require.finite("calibration slope", slope);
    Require.that(slope > 0, "calibration slope must be positive: " + slope);
  }

  /** Probability of a margin, clipped. */
  public double probability(double margin) {
    return clipped(1 / (1 + Math.exp(-(intercept + slope * margin))));
  }

  /** The nearest probability that is not closer to 0 or 1 than {@link #CLIP}. */
  static double clipped(double probability) {
    return Math.min(1 - CLIP, Math.max(CLIP, probability));
  }

  /** Log-odds of a probability. */
  public static double logit(double probability) {
    return Math.log(probability / (1 - probability));
  }
}
