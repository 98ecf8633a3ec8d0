package io.warmlead.model;

import java.util.List;

/**
 * Probabilities at the tier boundaries, taken from held-out scores.
 *
 * @param hot probability that 10 % of held-out scores reached
 * @param warm probability that 30 % of held-out scores reached
 */
public record TierThresholds(double hot, double warm) {
  static final double HOT_SHARE = 0.10;
  static final double WARM_SHARE = 0.30;

  public TierThresholds {
    Require.that(
        warm > 0 && warm <= hot && hot < 1,
        "tier thresholds must satisfy 0 < warm <= hot < 1: " + warm + ", " + hot);
  }

  /** From margins of held-out time, seen through the calibration of the model. */
  static TierThresholds of(List<ScoreBin> heldOut, Calibration calibration) {
    return new TierThresholds(
        calibration.probability(ScoreBin.scoreOfTop(heldOut, HOT_SHARE)),
        calibration.probability(ScoreBin.scoreOfTop(heldOut, WARM_SHARE)));
  }
}
