package io.warmlead.decay;

import org.apache.commons.math3.special.Erf;

/**
 * What lies beyond z under the standard normal density.
 *
 * @param logProbability log(1 - Phi(z))
 * @param hazard phi(z) / (1 - Phi(z)), always above z
 * @param hazardSlope derivative of the hazard, hazard (hazard - z), within 0..1
 */
record NormalTail(double logProbability, double hazard, double hazardSlope) {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** From here on the continued fraction is exact to the last bits, and the other way is not. */
  private static final double FAR = 5;

  private static final int TERMS = 80;

  static NormalTail beyond(double z) {
    double logDensity = -z * z / 2 - HALF_LOG_TWO_PI;
    if (z < FAR) {
      double probability = Erf.erfc(z / Math.sqrt(2)) / 2;
      double hazard = Math.exp(logDensity) / probability;
      return new NormalTail(Math.log(probability), hazard, hazard * (hazard - z));
    }
    double excess = excess(z);
    double hazard = z + excess;
    return new NormalTail(logDensity - Math.log(hazard), hazard, hazard * excess);
  }

  /** Hazard less z: 1 / (z + 2 / (z + 3 / (z + ...))), Laplace's continued fraction. */
  private static double excess(double z) {
    double tail = z;
    for (int term = TERMS; term > 1; term--) {
      tail = z + term / tail;
    }
    return 1 / tail;
  }
}
