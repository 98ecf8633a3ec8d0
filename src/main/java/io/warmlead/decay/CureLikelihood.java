package io.warmlead.decay;

import io.warmlead.decay.Histogram.Bin;
import java.util.List;

/**
 * Log-likelihood of the mixture-cure model S(t) = (1 - p) + p S0(t): a share p will ever convert,
 * with times spread as S0; the others never do. (Boag 1949; Berkson and Gage 1952; Farewell 1982.)
 *
 * <p>A conversion counts with the probability of its whole bin, p (S0(low) - S0(high)), so binning
 * coarsens the data without biasing the fit; a censored lead with S at its bin's mean censoring
 * time, off by a second-order term in the bin's width (at most 6.3 % of its time).
 */
final class CureLikelihood {
  /** Stands in for the logarithm of a probability too small for a double. */
  private static final double LEAST_LOG = -1e4;

  private static final int MOST_STEPS = 100;

  private final List<Bin> bins;
  private final Shape shape;
  private final double converted;
  private final double leads;

  CureLikelihood(Histogram histogram, Shape shape) {
    this.bins = histogram.bins();
    this.shape = shape;
    this.converted = histogram.converted();
    this.leads = histogram.leads();
  }

  /**
   * A point of the likelihood.
   *
   * @param halfLifeDays median time of those who will convert
   * @param exponent exponent of the shape
   * @param convertingShare p, at its most likely value for the other two
   */
  record Point(
      double halfLifeDays, double exponent, double convertingShare, double logLikelihood) {}

  /** The most likely converting share, and its log-likelihood, for a half-life and an exponent. */
  Point at(double halfLifeDays, double exponent) {
    double[] spent = spent(halfLifeDays, exponent);
    double share = convertingShare(spent);
    return new Point(
        halfLifeDays, exponent, share, logLikelihood(halfLifeDays, exponent, share, spent));
  }

  /** Log-likelihood of these data where a fit to others holds. */
  double of(Point fitted) {
    double halfLifeDays = fitted.halfLifeDays();
    double exponent = fitted.exponent();
    return logLikelihood(
        halfLifeDays, exponent, fitted.convertingShare(), spent(halfLifeDays, exponent));
  }

  /** F at each bin's mean censoring time: how many of those who will convert have done so. */
  private double[] spent(double halfLifeDays, double exponent) {
    double[] spent = new double[bins.size()];
    for (int i = 0; i < spent.length; i++) {
      Bin bin = bins.get(i);
      if (bin.censored() > 0) {
        double hazard = shape.cumulativeHazard(bin.censoredDays() / halfLifeDays, exponent);
        spent[i] = -Math.expm1(-hazard);
      }
    }
    return spent;
  }

  private double logLikelihood(double halfLifeDays, double exponent, double share, double[] spent) {
    double sum = converted * Math.log(share);
    for (int i = 0; i < spent.length; i++) {
      Bin bin = bins.get(i);
      if (bin.converted() > 0) {
        double low = shape.cumulativeHazard(bin.lowDays() / halfLifeDays, exponent);
        double high = shape.cumulativeHazard(bin.highDays() / halfLifeDays, exponent);
        double logProbability = Math.log(-Math.expm1(low - high)) - low;
        sum += bin.converted() * Math.max(LEAST_LOG, logProbability);
      }
      if (bin.censored() > 0) {
        sum += bin.censored() * Math.max(LEAST_LOG, Math.log1p(-share * spent[i]));
      }
    }
    return sum;
  }

  /**
   * Solves sum(converted) / p = sum(censored F / (1 - p F)), whose difference falls in p. It is not
   * negative at the plain conversion rate; where it is still not negative at 1, everyone converts.
   */
  private double convertingShare(double[] spent) {
    double low = converted / leads;
    double high = 1;
    if (slope(1, spent) >= 0) {
      return 1;
    }
    double share = low;
    for (int step = 0; step < MOST_STEPS && high - low > 1e-13 * high; step++) {
      double slope = slope(share, spent);
      if (slope >= 0) {
        low = share;
      } else {
        high = share;
      }
      double next = share - slope / curvature(share, spent);
      // Newton's step where it stays inside the bracket, else bisection.
      double kept = next > low && next < high ? next : (low + high) / 2;
      if (Math.abs(kept - share) <= 1e-13 * share) {
        return kept;
      }
      share = kept;
    }
    return share;
  }

  private double slope(double share, double[] spent) {
    double slope = converted / share;
    for (int i = 0; i < spent.length; i++) {
      long censored = bins.get(i).censored();
      if (censored > 0) {
        slope -= censored * spent[i] / (1 - share * spent[i]);
      }
    }
    return slope;
  }

  private double curvature(double share, double[] spent) {
    double curvature = -converted / (share * share);
    for (int i = 0; i < spent.length; i++) {
      long censored = bins.get(i).censored();
      if (censored > 0) {
        double ratio = spent[i] / (1 - share * spent[i]);
        curvature -= censored * ratio * ratio;
      }
    }
    return curvature;
  }
}
