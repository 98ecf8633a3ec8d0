package io.warmlead.decay;

import io.warmlead.decay.ScoringAscent.Point;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Fits {@link ExcessRisk} to a sample: once with one half-life for all kinds of touches, and from
 * there with one for each.
 */
final class EffectFits {
  private static final double LEAST_LOG_EFFECT = -9;
  private static final double MOST_LOG_EFFECT = 14;

  private static final double INTERVAL_STEP = 0.5;
  private static final double SHORTEST_STEP = 0.1;
  private static final double LONGEST_STEP = 2;
  private static final double INTERVAL_ACCURACY = 0.02;
  private static final int MOST_STEPS = 100;
  private static final int STEPS_OF_OTHERS = 12;
  private static final int POINTS_PER_SEARCH_STEP = 2;

  private final int kinds;
  private final ExcessRisk risk;
  private final ScoringAscent ascent;
  private final EffectFit common;
  private final List<EffectFit> each;

  /** Fits; at least one conversion and one kind of touch. */
  EffectFits(RiskSample sample) {
    this.kinds = sample.kinds();
    double[] least = new double[2 * kinds];
    double[] most = new double[2 * kinds];
    Arrays.fill(least, 0, kinds, LEAST_LOG_EFFECT);
    Arrays.fill(most, 0, kinds, MOST_LOG_EFFECT);
    Arrays.fill(least, kinds, 2 * kinds, FadingGrid.leastLogDays());
    Arrays.fill(most, kinds, 2 * kinds, FadingGrid.mostLogDays());
    this.risk = new ExcessRisk(sample);
    this.ascent = new ScoringAscent(risk, least, most);
    Point together = together();
    this.common = common(together);
    Point best = ascent.from(together.coordinates(), held(), MOST_STEPS);
    double[] step = steps(best);
    this.each =
        IntStream.range(0, kinds).parallel().mapToObj(kind -> of(kind, best, step[kind])).toList();
  }

  /** One half-life for all kinds together, whose effects differ in size alone. */
  EffectFit common() {
    return common;
  }

  /** One fit for each kind of touch, in their order. */
  List<EffectFit> each() {
    return each;
  }

  private EffectFit common(Point best) {
    DoubleUnaryOperator excess =
        logDays -> excess(withHalfLife(best.coordinates(), logDays), best.logLikelihood());
    double[] none = best.coordinates();
    Arrays.fill(none, 0, kinds, LEAST_LOG_EFFECT);
    double without = risk.logLikelihood(none);
    return withInterval(best.get(kinds), excess, INTERVAL_STEP, likelihoodRatio(best, without));
  }

  private EffectFit of(int kind, Point best, double step) {
    int halfLife = kinds + kind;
    double[] none = best.coordinates();
    none[kind] = LEAST_LOG_EFFECT;
    double without = ascent.from(none, held(kind, halfLife), MOST_STEPS).logLikelihood();
    double ratio = likelihoodRatio(best, without);
    double logDays = best.get(halfLife);
    if (ratio <= EffectFit.BEYOND_CHANCE) {
      return new EffectFit(Math.exp(logDays), Double.NaN, Double.NaN, ratio);
    }
    // Each search begins where the one before has ended, so what it has found stands.
    double[] near = best.coordinates();
    Map<Double, Double> found = new HashMap<>(Map.of(logDays, ProfileInterval.DROP));
    DoubleUnaryOperator excess =
        candidate ->
            found.computeIfAbsent(
                candidate,
                fixed -> {
                  near[halfLife] = fixed;
                  Point there = ascent.from(near, held(halfLife), STEPS_OF_OTHERS);
                  System.arraycopy(there.coordinates(), 0, near, 0, near.length);
                  return excess(there, best.logLikelihood());
                });
    return withInterval(logDays, excess, step, ratio);
  }

  private static EffectFit withInterval(
      double logDays, DoubleUnaryOperator excess, double step, double likelihoodRatio) {
    return new EffectFit(
        Math.exp(logDays),
        Math.exp(end(excess, logDays, FadingGrid.leastLogDays(), -step)),
        Math.exp(end(excess, logDays, FadingGrid.mostLogDays(), step)),
        likelihoodRatio);
  }

  private static double end(DoubleUnaryOperator excess, double logDays, double end, double step) {
    return ProfileInterval.crossing(excess, logDays, end, step, INTERVAL_ACCURACY);
  }

  private static double excess(Point there, double highest) {
    return there.logLikelihood() - highest + ProfileInterval.DROP;
  }

  private static double likelihoodRatio(Point best, double without) {
    return 2 * (best.logLikelihood() - without);
  }

  /** Twice that of each log half-life by the information, a step that about reaches the ends. */
  private double[] steps(Point best) {
    RealMatrix information = risk.around(best.coordinates()).information();
    for (int i = 0; i < 2 * kinds; i++) {
      information.addToEntry(i, i, ScoringAscent.LEAST_INFORMATION);
    }
    RealMatrix covariance = new LUDecomposition(information, 0).getSolver().getInverse();
    return IntStream.range(kinds, 2 * kinds)
        .mapToDouble(i -> 2 * Math.sqrt(Math.abs(covariance.getEntry(i, i))))
        .map(step -> Math.max(SHORTEST_STEP, Math.min(LONGEST_STEP, step)))
        .toArray();
  }

  /** The best point at which all half-lives are the same: a coarse search, then a fine one. */
  private Point together() {
    double[] start = new double[2 * kinds];
    Point best = null;
    for (int point = 0; point < FadingGrid.POINTS; point += POINTS_PER_SEARCH_STEP) {
      Point there = withHalfLife(start, FadingGrid.logDays(point));
      start = there.coordinates();
      if (best == null || there.logLikelihood() > best.logLikelihood()) {
        best = there;
      }
    }
    return refined(best);
  }

  private Point refined(Point coarse) {
    Point best = coarse;
    double step = FadingGrid.logDays(POINTS_PER_SEARCH_STEP) - FadingGrid.logDays(0);
    while (step > INTERVAL_ACCURACY) {
      step /= 2;
      for (double by : new double[] {-step, step}) {
        Point there = withHalfLife(best.coordinates(), best.get(kinds) + by);
        best = there.logLikelihood() > best.logLikelihood() ? there : best;
      }
    }
    return best;
  }

  private Point withHalfLife(double[] start, double logDays) {
    double[] point = start.clone();
    double within =
        Math.max(FadingGrid.leastLogDays(), Math.min(FadingGrid.mostLogDays(), logDays));
    Arrays.fill(point, kinds, 2 * kinds, within);
    boolean[] held = new boolean[2 * kinds];
    Arrays.fill(held, kinds, 2 * kinds, true);
    return ascent.from(point, held, MOST_STEPS);
  }

  private boolean[] held(int... parameters) {
    boolean[] held = new boolean[2 * kinds];
    Arrays.stream(parameters).forEach(parameter -> held[parameter] = true);
    return held;
  }
}
