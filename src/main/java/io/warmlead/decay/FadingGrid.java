package io.warmlead.decay;

/**
 * Half-lives on a geometric grid, and how sums of 2^(-age / half-life) are read between its points:
 * by cubic Hermite interpolation over the logarithm of the half-life, of which each point keeps
 * value and slope. Off by less than 1e-4 of a single touch.
 */
final class FadingGrid {
  static final double SHORTEST_DAYS = 0.05;

  /** Four points each doubling of two: from 0.05 to 1,159 days. */
  static final int POINTS = 30;

  private static final double STEP = Math.log(2) / 2;
  private static final double LOG_SHORTEST = Math.log(SHORTEST_DAYS);

  private FadingGrid() {}

  /** Logarithm of the half-life of a point. */
  static double logDays(int point) {
    return LOG_SHORTEST + point * STEP;
  }

  static double leastLogDays() {
    return logDays(0);
  }

  static double mostLogDays() {
    return logDays(POINTS - 1);
  }

  /** Adds a touch of an age in days to the sums at all points, and to their slopes. */
  static void add(double ageDays, float[] sums, float[] slopes, int from) {
    for (int point = 0; point < POINTS; point++) {
      double elapsed = Math.log(2) * ageDays / Math.exp(logDays(point));
      double left = Math.exp(-elapsed);
      sums[from + point] += (float) left;
      slopes[from + point] += (float) (left * elapsed);
    }
  }

  /** Where a half-life lies between two points, and how they count there. */
  static final class Place {
    private final int point;

    /** Of lower sum, lower slope, upper sum, upper slope in the sum; and in the slope. */
    private final double[] weights;

    private final double[] slopeWeights;

    private Place(int point, double[] weights, double[] slopeWeights) {
      this.point = point;
      this.weights = weights;
      this.slopeWeights = slopeWeights;
    }

    static Place of(double logDays) {
      double steps = (logDays - LOG_SHORTEST) / STEP;
      int point = (int) Math.max(0, Math.min(POINTS - 2.0, Math.floor(steps)));
      double u = steps - point;
      double square = u * u;
      double cube = square * u;
      return new Place(
          point,
          new double[] {
            2 * cube - 3 * square + 1,
            STEP * (cube - 2 * square + u),
            3 * square - 2 * cube,
            STEP * (cube - square)
          },
          new double[] {
            6 * (square - u) / STEP,
            3 * square - 4 * u + 1,
            6 * (u - square) / STEP,
            3 * square - 2 * u
          });
    }

    /** Sum at this place, not below zero. */
    double sum(float[] sums, float[] slopes, int from) {
      return Math.max(0, mixed(weights, sums, slopes, from + point));
    }

    /** Its slope over the logarithm of the half-life. */
    double slope(float[] sums, float[] slopes, int from) {
      return mixed(slopeWeights, sums, slopes, from + point);
    }

    private static double mixed(double[] by, float[] sums, float[] slopes, int lower) {
      return by[0] * sums[lower]
          + by[1] * slopes[lower]
          + by[2] * sums[lower + 1]
          + by[3] * slopes[lower + 1];
    }
  }
}
