package io.warmlead.simulate;

/** Choosing one of several by weight. */
final class Choice {
  private Choice() {}

  /** Position at a quantile of weights that sum to one. */
  static int weighted(double[] weights, double quantile) {
    double rest = quantile;
    for (int position = 0; position < weights.length; position++) {
      rest -= weights[position];
      if (rest < 0) {
        return position;
      }
    }
    return weights.length - 1;
  }

  /** Position at a quantile of weights proportional to exp(tilt x level). */
  static int tilted(double[] tilts, double level, double quantile) {
    double[] weights = new double[tilts.length];
    double sum = 0;
    for (int position = 0; position < tilts.length; position++) {
      weights[position] = Math.exp(tilts[position] * level);
      sum += weights[position];
    }
    return weighted(weights, quantile * sum);
  }
}
