package io.warmlead.decay;

import io.warmlead.decay.ExcessRisk.Summit;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealVector;

/**
 * Finds the highest point of a likelihood by Fisher scoring with a ridge that grows until a step
 * climbs (Levenberg 1944), within bounds and with any parameters held.
 */
final class ScoringAscent {
  private static final double LONGEST_STEP = 1.5;
  private static final double SMALLEST_GAIN = 1e-3;
  private static final double FIRST_RIDGE = 1e-3;
  private static final double LARGEST_RIDGE = 1e8;

  /** Keeps what the data do not tell of where it is. */
  static final double LEAST_INFORMATION = 1e-3;

  private final ExcessRisk risk;
  private final double[] least;
  private final double[] most;

  /**
   * To climb within bounds.
   *
   * @param least lower bounds
   * @param most upper bounds
   */
  ScoringAscent(ExcessRisk risk, double[] least, double[] most) {
    this.risk = risk;
    this.least = least;
    this.most = most;
  }

  /** A point and its height. */
  record Point(RealVector at, double logLikelihood) {
    double get(int parameter) {
      return at.getEntry(parameter);
    }

    /** A copy, to begin another search from. */
    double[] coordinates() {
      return at.toArray();
    }
  }

  /**
   * Climbs.
   *
   * @param held parameters that stay as they are
   * @param mostSteps steps at most
   */
  Point from(double[] start, boolean[] held, int mostSteps) {
    double[] point = start.clone();
    double ridge = FIRST_RIDGE;
    double height = risk.logLikelihood(point);
    for (int step = 0; step < mostSteps; step++) {
      Summit summit = risk.around(point);
      double[] next = null;
      double gain = Double.NEGATIVE_INFINITY;
      while (gain < 0 && ridge < LARGEST_RIDGE) {
        next = moved(point, direction(summit, held, ridge));
        gain = risk.logLikelihood(next) - height;
        ridge = gain < 0 ? ridge * 8 : ridge / 4;
      }
      if (gain < 0) {
        break;
      }
      point = next;
      height += gain;
      if (gain < SMALLEST_GAIN) {
        break;
      }
    }
    return new Point(new ArrayRealVector(point, false), height);
  }

  private double[] moved(double[] point, double[] by) {
    double[] moved = new double[point.length];
    for (int i = 0; i < moved.length; i++) {
      double step = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, by[i]));
      moved[i] = Math.max(least[i], Math.min(most[i], point[i] + step));
    }
    return moved;
  }

  private static double[] direction(Summit summit, boolean[] held, double ridge) {
    double[] gradient = summit.gradient().toArray();
    double[][] matrix = summit.information().getData();
    for (int i = 0; i < gradient.length; i++) {
      if (held[i]) {
        gradient[i] = 0;
        for (int j = 0; j < gradient.length; j++) {
          matrix[i][j] = 0;
          matrix[j][i] = 0;
        }
        matrix[i][i] = 1;
      } else {
        matrix[i][i] += ridge * (matrix[i][i] + LEAST_INFORMATION) + 1e-9;
      }
    }
    return new LUDecomposition(new Array2DRowRealMatrix(matrix, false), 0)
        .getSolver()
        .solve(new ArrayRealVector(gradient, false))
        .toArray();
  }
}
