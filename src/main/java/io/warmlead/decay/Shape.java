package io.warmlead.decay;

/**
 * How those who will ever convert are spread over time, as a function of the half-life: at x = 1
 * half-life, half of them have converted, whatever the exponent.
 *
 * <p>Another shape is another constant: its cumulative hazard with ln 2 at x = 1.
 */
enum Shape {
  /** Constant hazard among those who will convert: S(x) = 2^-x. */
  EXPONENTIAL("exponential", false) {
    @Override
    double cumulativeHazard(double halfLives, double exponent) {
      return LOG_TWO * halfLives;
    }
  },

  /** S(x) = 2^-(x^k); k < 1: most at once and a long tail; k > 1: after a delay. */
  WEIBULL("weibull", true) {
    @Override
    double cumulativeHazard(double halfLives, double exponent) {
      return LOG_TWO * Math.pow(halfLives, exponent);
    }
  },

  /** S(x) = (1 + (2^(1/k) - 1) x)^-k: falls as x^-k in the end, ever more slowly (Lomax 1954). */
  POWER("power", true) {
    @Override
    double cumulativeHazard(double halfLives, double exponent) {
      return exponent * Math.log1p(Math.expm1(LOG_TWO / exponent) * halfLives);
    }
  };

  private static final double LOG_TWO = Math.log(2);

  private final String label;
  private final boolean hasExponent;

  Shape(String label, boolean hasExponent) {
    this.label = label;
    this.hasExponent = hasExponent;
  }

  /** Name stored in tables. */
  String label() {
    return label;
  }

  /** Whether the exponent is fitted; otherwise it is 1. */
  boolean hasExponent() {
    return hasExponent;
  }

  /** Parameters fitted: converting share, half-life, and the exponent where there is one. */
  int parameters() {
    return hasExponent ? 3 : 2;
  }

  /** -ln S at {@code halfLives} with {@code exponent}. */
  abstract double cumulativeHazard(double halfLives, double exponent);
}
