package io.warmlead.decay;

import io.warmlead.decay.TimeSample.Ends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times whose logarithm is normal: log T = m + s W with W standard normal. Their hazard rises at
 * first and then falls, where Weibull's only rises or only falls.
 *
 * <p>In 1 / s = a and m / s = b the log-likelihood has one summit and no other (Olsen, Econometrica
 * 46 (1978)), so Newton's steps, halved where they would go too far, find it. With z = a log t - b,
 * a conversion after t days adds log a - z^2 / 2 - log(2 pi) / 2 - log t, a censored lead log(1 -
 * Phi(z)). Values are tied by a alone, so the matrix of second derivatives is diagonal but for one
 * row. Standard errors come from that matrix at the summit.
 */
final class LogNormalTimes {
  private static final int MOST_STEPS = 100;
  private static final int MOST_HALVINGS = 60;

  /** Rise of the log-likelihood that a step is still taken for. */
  private static final double ENOUGH = 1e-10;

  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final TimeSample sample;

  private LogNormalTimes(TimeSample sample) {
    this.sample = sample;
  }

  static AcceleratedTimes fit(TimeSample sample) {
    return new LogNormalTimes(sample).summit().described();
  }

  /** Newton's steps from the mean and spread of all times. */
  private Point summit() {
    Point point = at(start());
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] direction = point.newton();
      double rise = point.rise(direction);
      point = climbed(point, direction);
      if (!(rise > ENOUGH)) {
        break;
      }
    }
    return point;
  }

  private Point climbed(Point from, double[] direction) {
    double share = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      double[] to = from.moved(direction, share);
      if (to[0] > 0) {
        Point point = at(to);
        if (point.logLikelihood >= from.logLikelihood) {
          return point;
        }
      }
      share /= 2;
    }
    return from;
  }

  /** Parameters: a, then b of each value. */
  private double[] start() {
    double leads = 0;
    double sum = 0;
    double squares = 0;
    for (Ends ends : sample.ends()) {
      double weight = ends.converted() + ends.censored();
      leads += weight;
      sum += weight * ends.logDays();
      squares += weight * ends.logDays() * ends.logDays();
    }
    double mean = sum / leads;
    double[] parameters = new double[sample.values() + 1];
    double inverse = 1 / Math.sqrt(squares / leads - mean * mean);
    Arrays.fill(parameters, mean * inverse);
    parameters[0] = inverse;
    return parameters;
  }

  private Point at(double[] parameters) {
    Point point = new Point(parameters);
    sample.ends().forEach(point::add);
    return point;
  }

  /** Log-likelihood at some parameters, its slope, and minus its second derivatives. */
  private static final class Point {
    private final double a;
    private final double[] parameters;
    private final double[] slope;
    private final double[] own;
    private final double[] withA;
    private double ownA;
    private double logLikelihood;

    Point(double[] parameters) {
      this.a = parameters[0];
      this.parameters = parameters;
      this.slope = new double[parameters.length];
      this.own = new double[parameters.length];
      this.withA = new double[parameters.length];
    }

    void add(Ends ends) {
      int b = ends.value() + 1;
      double y = ends.logDays();
      double z = a * y - parameters[b];
      double converted = ends.converted();
      double pull = converted * z;
      double weight = converted;
      logLikelihood += converted * (Math.log(a) - z * z / 2 - HALF_LOG_TWO_PI - y);
      if (ends.censored() > 0) {
        NormalTail tail = NormalTail.beyond(z);
        pull += ends.censored() * tail.hazard();
        weight += ends.censored() * tail.hazardSlope();
        logLikelihood += ends.censored() * tail.logProbability();
      }
      slope[b] += pull;
      slope[0] += converted / a - pull * y;
      own[b] += weight;
      withA[b] -= weight * y;
      ownA += converted / (a * a) + weight * y * y;
    }

    /** What of the second derivative for a is left once the b have followed. */
    private double remaining() {
      double left = ownA;
      for (int b = 1; b < own.length; b++) {
        left -= withA[b] * withA[b] / own[b];
      }
      return left;
    }

    double[] newton() {
      double[] direction = new double[parameters.length];
      double pull = slope[0];
      for (int b = 1; b < own.length; b++) {
        pull -= withA[b] * slope[b] / own[b];
      }
      direction[0] = pull / remaining();
      for (int b = 1; b < own.length; b++) {
        direction[b] = (slope[b] - withA[b] * direction[0]) / own[b];
      }
      return direction;
    }

    /** Twice what the log-likelihood would rise if it were a parabola. */
    double rise(double[] direction) {
      double rise = 0;
      for (int i = 0; i < direction.length; i++) {
        rise += slope[i] * direction[i];
      }
      return rise;
    }

    double[] moved(double[] direction, double share) {
      double[] moved = parameters.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += share * direction[i];
      }
      return moved;
    }

    /** By the delta method from a and b to differences of m = b / a. */
    AcceleratedTimes described() {
      List<Double> means = new ArrayList<>();
      List<Double> errors = new ArrayList<>();
      double left = remaining();
      for (int b = 1; b < parameters.length; b++) {
        means.add(parameters[b] / a);
        double tied = withA[b] / own[b] - withA[1] / own[1] + (parameters[b] - parameters[1]) / a;
        errors.add(b == 1 ? 0 : Math.sqrt(1 / own[b] + 1 / own[1] + tied * tied / left) / a);
      }
      return new AcceleratedTimes(means, 1 / a, logLikelihood, errors);
    }
  }
}
