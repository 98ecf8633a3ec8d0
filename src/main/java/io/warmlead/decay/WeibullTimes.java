package io.warmlead.decay;

import io.warmlead.decay.TimeSample.Ends;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Times spread as Weibull's: log T = m + s W with W the standard minimum extreme value, by maximum
 * likelihood.
 *
 * <p>With z = (log t - m) / s, a conversion after t days adds z - log s - log t - e^z to the
 * log-likelihood, a censored lead -e^z. (Kalbfleisch and Prentice 1980, chapter 3.) Given k = 1 / s
 * every m is known: the leads' e^z of a value add up to its conversions. What is left is one
 * equation,
 *
 * <pre>sum over values of d A(k) - d / k - sum of log t over conversions = 0,</pre>
 *
 * with d the conversions of a value and A(k) the mean of log t over all its leads, weighted by t^k.
 * Its left side rises with k, so Newton's steps, kept between the bounds found so far, end at its
 * one solution.
 */
final class WeibullTimes {
  private static final int MOST_STEPS = 200;

  /** Change of k, as a part of it, that no step is taken for. */
  private static final double EXACT = 1e-14;

  private final TimeSample sample;

  private WeibullTimes(TimeSample sample) {
    this.sample = sample;
  }

  static AcceleratedTimes fit(TimeSample sample) {
    return new WeibullTimes(sample).summit().described();
  }

  private Point summit() {
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    Point point = new Point(sample, 1);
    for (int step = 0; step < MOST_STEPS; step++) {
      if (point.excess() < 0) {
        low = point.k;
      } else {
        high = point.k;
      }
      double next = point.k - point.excess() / point.excessSlope();
      if (!(next > low && next < high)) {
        next = Double.isInfinite(high) ? 2 * low : (low + high) / 2;
      }
      boolean isExact = Math.abs(next - point.k) <= EXACT * point.k;
      point = new Point(sample, next);
      if (isExact) {
        break;
      }
    }
    return point;
  }

  /** What the sample's sums are at some k. */
  private static final class Point {
    private final TimeSample sample;
    private final double k;
    private final double[] latest;
    private final double[] conversions;
    private final double[] weights;
    private final double[] logs;
    private final double[] squares;
    private double convertedLogs;

    Point(TimeSample sample, double k) {
      int values = sample.values();
      this.sample = sample;
      this.k = k;
      this.latest = new double[values];
      this.conversions = new double[values];
      this.weights = new double[values];
      this.logs = new double[values];
      this.squares = new double[values];
      Arrays.fill(latest, Double.NEGATIVE_INFINITY);
      sample.ends().forEach(e -> latest[e.value()] = Math.max(latest[e.value()], e.logDays()));
      sample.ends().forEach(this::add);
    }

    /** Weights are told in those of the value's latest end, or they could overflow. */
    private void add(Ends ends) {
      int value = ends.value();
      double y = ends.logDays();
      double weight = (ends.converted() + ends.censored()) * Math.exp(k * (y - latest[value]));
      conversions[value] += ends.converted();
      convertedLogs += ends.converted() * y;
      weights[value] += weight;
      logs[value] += weight * y;
      squares[value] += weight * y * y;
    }

    /** The left side of the equation. */
    double excess() {
      double excess = -convertedLogs;
      for (int v = 0; v < conversions.length; v++) {
        excess += conversions[v] * (logs[v] / weights[v] - 1 / k);
      }
      return excess;
    }

    double excessSlope() {
      double slope = 0;
      for (int v = 0; v < conversions.length; v++) {
        double mean = logs[v] / weights[v];
        slope += conversions[v] * (squares[v] / weights[v] - mean * mean + 1 / (k * k));
      }
      return slope;
    }

    AcceleratedTimes described() {
      double scale = 1 / k;
      double[] means =
          IntStream.range(0, conversions.length)
              .mapToDouble(v -> latest[v] + scale * Math.log(weights[v] / conversions[v]))
              .toArray();
      double logLikelihood = 0;
      double[][] sums = new double[means.length][5];
      for (Ends ends : sample.ends()) {
        double z = (ends.logDays() - means[ends.value()]) / scale;
        double e = (ends.converted() + ends.censored()) * Math.exp(z);
        double[] own = sums[ends.value()];
        own[0] += ends.converted();
        own[1] += ends.converted() * z;
        own[2] += e;
        own[3] += e * z;
        own[4] += e * z * z;
        logLikelihood += ends.converted() * (z - Math.log(scale) - ends.logDays()) - e;
      }
      WeibullInformation information =
          WeibullInformation.of(
              scale,
              Arrays.stream(sums)
                  .map(own -> new WeibullInformation.Sums(own[0], own[1], own[2], own[3], own[4]))
                  .toList());
      List<Double> errors =
          IntStream.range(0, means.length)
              .mapToObj(value -> value == 0 ? 0 : information.standardError(value, 0))
              .toList();
      return new AcceleratedTimes(
          Arrays.stream(means).boxed().toList(), scale, logLikelihood, errors);
    }
  }
}
