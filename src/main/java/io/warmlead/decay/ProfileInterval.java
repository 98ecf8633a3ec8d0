package io.warmlead.decay;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/** Ends of an interval by profile likelihood (Wilks 1938). */
final class ProfileInterval {
  /** Half the 95 % point of chi-square with one degree of freedom. */
  static final double DROP = 1.920729410347063;

  private static final int ENOUGH = 1_000;

  private ProfileInterval() {}

  /**
   * Walks from the summit until the likelihood has dropped enough.
   *
   * @param excess profile log-likelihood less that of the summit, plus {@link #DROP}
   * @param end where to give up
   * @param step first step, below zero towards smaller values
   * @param accuracy of the end, absolute
   * @return where it has dropped; NaN where it never does
   */
  static double crossing(
      DoubleUnaryOperator excess, double summit, double end, double step, double accuracy) {
    double near = summit;
    while (step > 0 ? near < end : near > end) {
      double far = step > 0 ? Math.min(end, near + step) : Math.max(end, near + step);
      if (excess.applyAsDouble(far) < 0) {
        return new BrentSolver(accuracy)
            .solve(ENOUGH, excess::applyAsDouble, Math.min(near, far), Math.max(near, far));
      }
      near = far;
    }
    return Double.NaN;
  }
}
