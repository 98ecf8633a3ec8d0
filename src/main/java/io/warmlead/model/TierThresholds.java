package io.warmlead.model;

import java.util.Arrays;

/**
 * Probabilities at the tier boundaries, taken from the newest scores.
 *
 * @param hot probability that the hot share of the newest scores reached
 * @param warm probability that the warm share of the newest scores reached
 */
public record TierThresholds(double hot, double warm) {

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
  static TierThresholds of(double[] probabilities, TierShares shares) {
    double[] rising = probabilities.clone();
    Arrays.sort(rising);
    return new TierThresholds(reachedBy(rising, shares.hot()), reachedBy(rising, shares.warm()));
  }

  private static double reachedBy(double[] rising, double share) {
    int fewest = (int) Math.max(1, Math.ceil(share * rising.length));
    return rising[rising.length - fewest];
  }
}
