package io.warmlead.decay;

import io.warmlead.decay.CureLikelihood.Point;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * A mixture-cure model of one shape fitted by maximum likelihood, and its profile-likelihood
 * interval.
 *
 * @param shape shape of the converting part
 * @param estimate most likely parameters
 * @param lowDays lower end of the half-life's 95 % interval, days; NaN where the data set none
 * @param highDays upper end; NaN where the data set none: follow-up is then too short to tell slow
 *     converters from those who never will
 */
record CureFit(Shape shape, Point estimate, double lowDays, double highDays) {
  private static final double INTERVAL_ACCURACY = 1e-5;
  private static final double LOG_LARGEST_EXPONENT = Math.log(8);
  private static final int SEARCH_STEPS = 24;
  private static final MaxEval ENOUGH = new MaxEval(1_000);

  /** Akaike's criterion, 2 parameters - 2 log-likelihood: the smaller the better. */
  double akaike() {
    return 2 * shape.parameters() - 2 * estimate.logLikelihood();
  }

  /** Fits one shape, without an interval; at least one lead must have converted. */
  static CureFit of(Histogram histogram, Shape shape) {
    DoubleUnaryOperator height = height(histogram, shape);
    double least = least(histogram);
    double most = most(histogram);
    double step = step(histogram);
    // The last step of the search may end a rounding error beyond.
    double start = Math.min(most, highest(height, least, step));
    double best =
        maximum(height, Math.max(least, start - step), Math.min(most, start + step), start);
    Point estimate = profile(new CureLikelihood(histogram, shape), shape, best);
    return new CureFit(shape, estimate, Double.NaN, Double.NaN);
  }

  /** The same with its interval, by the histogram it was fitted to. */
  CureFit withInterval(Histogram histogram) {
    DoubleUnaryOperator height = height(histogram, shape);
    double logDays = Math.log(estimate.halfLifeDays());
    DoubleUnaryOperator excess =
        days -> height.applyAsDouble(days) - estimate.logLikelihood() + ProfileInterval.DROP;
    double step = step(histogram) / 2;
    return new CureFit(
        shape,
        estimate,
        Math.exp(end(excess, logDays, least(histogram), -step)),
        Math.exp(end(excess, logDays, most(histogram), step)));
  }

  private static DoubleUnaryOperator height(Histogram histogram, Shape shape) {
    CureLikelihood likelihood = new CureLikelihood(histogram, shape);
    return logDays -> profile(likelihood, shape, logDays).logLikelihood();
  }

  private static double least(Histogram histogram) {
    return Math.log(histogram.finestDays() / 10);
  }

  private static double most(Histogram histogram) {
    return Math.log(histogram.longestDays() * 100);
  }

  private static double step(Histogram histogram) {
    return (most(histogram) - least(histogram)) / SEARCH_STEPS;
  }

  /** The highest point over everything but the half-life. */
  private static Point profile(CureLikelihood likelihood, Shape shape, double logDays) {
    double days = Math.exp(logDays);
    if (!shape.hasExponent()) {
      return likelihood.at(days, 1);
    }
    double logExponent =
        maximum(
            candidate -> likelihood.at(days, Math.exp(candidate)).logLikelihood(),
            -LOG_LARGEST_EXPONENT,
            LOG_LARGEST_EXPONENT,
            0);
    return likelihood.at(days, Math.exp(logExponent));
  }

  /** A coarse search first, so that a second, lower summit cannot hold the fine one. */
  private static double highest(DoubleUnaryOperator function, double least, double step) {
    double best = least;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i <= SEARCH_STEPS; i++) {
      double value = function.applyAsDouble(least + i * step);
      if (value > highest) {
        highest = value;
        best = least + i * step;
      }
    }
    return best;
  }

  private static double maximum(
      DoubleUnaryOperator function, double low, double high, double start) {
    return new BrentOptimizer(1e-7, 1e-6)
        .optimize(
            ENOUGH,
            new UnivariateObjectiveFunction(function::applyAsDouble),
            GoalType.MAXIMIZE,
            new SearchInterval(low, high, start))
        .getPoint();
  }

  private static double end(DoubleUnaryOperator excess, double summit, double end, double step) {
    return ProfileInterval.crossing(excess, summit, end, step, INTERVAL_ACCURACY);
  }
}
