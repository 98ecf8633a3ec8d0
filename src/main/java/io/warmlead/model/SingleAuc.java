package io.warmlead.model;

import java.util.Arrays;

/**
 * How well one number alone tells snapshots that a conversion followed from others.
 *
 * @param auc area under the ROC curve, in the better direction
 * @param least the same less its noise (one-sided 1 %)
 * @param conversions leads behind it that converted
 */
record SingleAuc(double auc, double least, int conversions) {
  private static final double BEYOND_NOISE = 2.326;

  /** Of a number that tells nothing. */
  static final SingleAuc NONE = new SingleAuc(0.5, 0.5, 0);

  /**
   * Measures.
   *
   * @param with values of snapshots that a conversion followed, one per lead
   * @param without values of other snapshots, one per lead
   */
  static SingleAuc of(double[] with, double[] without) {
    if (with.length == 0 || without.length == 0) {
      return NONE;
    }
    double[] converted = with.clone();
    double[] other = without.clone();
    Arrays.sort(converted);
    Arrays.sort(other);
    // Pairs that are in order count twice, ties once.
    long pairs = 0;
    int below = 0;
    int notAbove = 0;
    for (double value : converted) {
      while (below < other.length && other[below] < value) {
        below++;
      }
      notAbove = Math.max(notAbove, below);
      while (notAbove < other.length && other[notAbove] <= value) {
        notAbove++;
      }
      pairs += below + notAbove;
    }
    double rising = pairs / (2.0 * converted.length * other.length);
    double auc = Math.max(rising, 1 - rising);
    double noise = BEYOND_NOISE * Ranking.aucError(auc, converted.length, other.length);
    return new SingleAuc(auc, auc - noise, converted.length);
  }
}
