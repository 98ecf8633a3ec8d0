package io.warmlead.decay;

import java.util.List;

/**
 * How well the data fix the location of each value in a Weibull accelerated failure time model with
 * common scale s: the inverse of the observed information at the most likely point.
 *
 * <p>With z = (log t - m) / s the log-likelihood of a lead is d (z - log s) - e^z, d being 1 where
 * it converted. Its second derivatives are -e^z / s^2 for m, d z - z e^z - z^2 e^z for log s, and
 * (d - e^z - z e^z) / s for both. Locations of different values are tied by the scale alone, so the
 * matrix is diagonal but for one row. (Kalbfleisch and Prentice 1980, chapter 3.)
 */
final class WeibullInformation {
  private final double[] own;
  private final double[] pull;
  private final double scaleInformation;

  private WeibullInformation(double[] own, double[] pull, double scaleInformation) {
    this.own = own;
    this.pull = pull;
    this.scaleInformation = scaleInformation;
  }

  /** Sums over the leads of one value: of d, d z, e^z, z e^z and z^2 e^z. */
  record Sums(double converted, double convertedZ, double e, double ez, double ezz) {}

  static WeibullInformation of(double scale, List<Sums> values) {
    double[] own = new double[values.size()];
    double[] pull = new double[values.size()];
    double scaleInformation = 0;
    for (int i = 0; i < own.length; i++) {
      Sums sums = values.get(i);
      own[i] = sums.e() / (scale * scale);
      double shared = -(sums.converted() - sums.e() - sums.ez()) / scale;
      pull[i] = shared / own[i];
      scaleInformation += sums.ez() + sums.ezz() - sums.convertedZ() - shared * pull[i];
    }
    return new WeibullInformation(own, pull, scaleInformation);
  }

  /** Standard error of the difference between the locations of two values. */
  double standardError(int value, int base) {
    double tied = pull[value] - pull[base];
    return Math.sqrt(1 / own[value] + 1 / own[base] + tied * tied / scaleInformation);
  }
}
