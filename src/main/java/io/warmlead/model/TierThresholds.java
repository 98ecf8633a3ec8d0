package io.warmlead.model;

import java.util.Arrays;

/**
 * Probabilities at the tier boundaries, taken from the newest scores.
 *
 * @param hot probability that 10 % of the newest scores reached
 * @param warm probability that 30 % of the newest scores reached
 */
public record TierThresholds(double hot, double warm) {
  static final double HOT_SHARE = 0.10;
  static final double WARM_SHARE = 0.30;

  public TierThresholds {
    Require.that(
        warm > 0 && warm <= hot && hot < 1,
        "tier thresholds must satisfy 0 < warm <= hot < 1: " + warm + ", " + hot);
  }

  /**
   * From the newest scores of the model.
   *
   * @param probabilities in any order, at least one
   */
  static TierThresholds of(double[] probabilities) {
    double[] rising = probabilities.clone();
    Arrays.sort(rising);
    return new TierThresholds(reachedBy(rising, HOT_SHARE), reachedBy(rising, WARM_SHARE));
  }

  private static double reachedBy(double[] rising, double share) {
    int fewest = (int) Math.max(1, Math.ceil(share * rising.length));
    return rising[rising.length - fewest];
  }
}
