package io.warmlead.decay;

import java.util.List;

/**
 * An accelerated failure time model, log T = m(value) + s W, fitted by maximum likelihood: where
 * the times of each value lie, and how they spread.
 *
 * @param intercepts m of each value, in the order of the sample: logarithm of days
 * @param scale s, the same for all values
 * @param logLikelihood of the sample's times in days, so that models of different W can be compared
 * @param standardErrors of the difference between each value's m and that of the first
 */
record AcceleratedTimes(
    List<Double> intercepts, double scale, double logLikelihood, List<Double> standardErrors) {

  AcceleratedTimes {
    intercepts = List.copyOf(intercepts);
    standardErrors = List.copyOf(standardErrors);
  }

  /** Akaike's criterion, 2 parameters - 2 log-likelihood: the smaller the better. */
  double akaike() {
    return 2 * (intercepts.size() + 1) - 2 * logLikelihood;
  }

  /** How many times longer one value takes than the first. */
  double ratio(int value) {
    return Math.exp(intercepts.get(value) - intercepts.get(0));
  }

  /** By what the ratio must be divided and multiplied for the ends of its 95 % interval. */
  double ratioSpread(int value) {
    return Math.exp(KaplanMeier.NORMAL_975 * standardErrors.get(value));
  }
}
