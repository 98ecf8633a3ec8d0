package io.warmlead.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * Map from margin to probability: {@code logit(p) = intercept + slope x shape(margin)}. With a
 * straight shape this is Platt's (1999, "Probabilistic Outputs for Support Vector Machines");
 * strictly monotone because the slope is positive and the shape rises, clipped to [1e-6, 1 - 1e-6].
 * {@link Calibrator} finds it.
 */
public record Calibration(double intercept, double slope, Shape shape) implements Serializable {
  /** No probability is closer to 0 or 1 than this. */
  public static final double CLIP = 1e-6;

  public Calibration {
    Require.finite("calibration intercept", intercept);
    Require.finite("calibration slope", slope);
    Require.that(slope > 0, "calibration slope must be positive: " + slope);
    Objects.requireNonNull(shape, "calibration shape");
  }

  /** Platt's map. */
  public static Calibration straight(double intercept, double slope) {
    return new Calibration(intercept, slope, Shape.STRAIGHT);
  }

  /** The same where conversions have become more or less likely for everyone. */
  Calibration moved(double shift) {
    return new Calibration(intercept + shift, slope, shape);
  }

  /** The same for margins that were not yet shaped. */
  Calibration shaped(Shape other) {
    return new Calibration(intercept, slope, other);
  }

  /** Probability of a margin, clipped. */
  public double probability(double margin) {
    return clipped(1 / (1 + Math.exp(-(intercept + slope * shape.of(margin)))));
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
