package io.warmlead.decay;

/**
 * How fast the effect of each kind of touch fades, each adjusted for all others.
 *
 * @param halfLifeDays after which half of the effect is gone
 * @param lowDays lower end of its 95 % interval by profile likelihood; NaN where the data set none
 * @param highDays upper end, likewise
 * @param likelihoodRatio twice by what the log-likelihood falls without any effect of this kind
 */
record EffectFit(double halfLifeDays, double lowDays, double highDays, double likelihoodRatio) {
  /** 95 % point of chi-square with one degree of freedom. */
  static final double BEYOND_CHANCE = 2 * ProfileInterval.DROP;

  /** Whether the likelihood falls without this effect by more than chance would make it. */
  boolean isBeyondChance() {
    return likelihoodRatio > BEYOND_CHANCE;
  }

  /** Whether the data set at least one end of the interval. */
  boolean isTold() {
    return !Double.isNaN(lowDays) || !Double.isNaN(highDays);
  }
}
