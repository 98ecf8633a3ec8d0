package io.warmlead.model;

import java.util.List;
import java.util.Optional;

/** A logistic regression on one variable, fitted to bins by damped Newton steps. */
record LogisticFit(double intercept, double slope) {
  private static final int MOST_STEPS = 100;
  private static final double CONVERGED = 1e-10;
  private static final double ROUNDING = 1e-12;

  /** As the data are; empty where the outcomes are separated or all alike. */
  static Optional<LogisticFit> plain(List<ScoreBin> bins) {
    LogisticFit current = new LogisticFit(0, 0);
    for (int step = 0; step < MOST_STEPS; step++) {
      LogisticFit direction = current.newtonStep(bins);
      if (!Double.isFinite(direction.intercept) || !Double.isFinite(direction.slope)) {
        return Optional.empty();
      }
      // Steps, not the loss, tell convergence: separated outcomes lose less and less forever.
      if (direction.size() <= CONVERGED * (1 + current.size())) {
        return Optional.of(current.moved(direction, 1));
      }
      double loss = current.loss(bins);
      // Close to the optimum the loss is level to the last bits; steps there must not be halved.
      double allowed = loss + ROUNDING * Math.abs(loss);
      double length = 1;
      while (current.moved(direction, length).loss(bins) > allowed) {
        length /= 2;
        if (length < CONVERGED) {
          return Optional.of(current);
        }
      }
      current = current.moved(direction, length);
    }
    return Optional.empty();
  }

  private double size() {
    return Math.max(Math.abs(intercept), Math.abs(slope));
  }

  private LogisticFit moved(LogisticFit direction, double length) {
    return new LogisticFit(
        intercept + length * direction.intercept, slope + length * direction.slope);
  }

  /** Solves Hessian x step = gradient, two by two. */
  private LogisticFit newtonStep(List<ScoreBin> bins) {
    double gradientIntercept = 0;
    double gradientSlope = 0;
    double hessian00 = 0;
    double hessian01 = 0;
    double hessian11 = 0;
    for (ScoreBin bin : bins) {
      double p = 1 / (1 + Math.exp(-(intercept + slope * bin.score())));
      double residual = bin.conversions() - bin.n() * p;
      double weight = bin.n() * p * (1 - p);
      gradientIntercept += residual;
      gradientSlope += residual * bin.score();
      hessian00 += weight;
      hessian01 += weight * bin.score();
      hessian11 += weight * bin.score() * bin.score();
    }
    double determinant = hessian00 * hessian11 - hessian01 * hessian01;
    // A singular system (one score only, or outcomes told apart perfectly) has no finite answer.
    boolean singular = !(determinant > 1e-12 * hessian00 * hessian11);
    return singular
        ? new LogisticFit(Double.NaN, Double.NaN)
        : new LogisticFit(
            (hessian11 * gradientIntercept - hessian01 * gradientSlope) / determinant,
            (hessian00 * gradientSlope - hessian01 * gradientIntercept) / determinant);
  }

  /** Cross-entropy; log(1 + e^z) in the form that cannot overflow. */
  private double loss(List<ScoreBin> bins) {
    double loss = 0;
    for (ScoreBin bin : bins) {
      double z = intercept + slope * bin.score();
      double softplus = Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
      loss += bin.n() * softplus - bin.conversions() * z;
    }
    return loss;
  }
}
