package io.warmlead.simulate;

/**
 * Company size classes. Larger companies decide slower: interest lasts longer, deals are larger.
 */
enum Segment {
  ENTERPRISE("enterprise", 0.20, 1.8, 0.65, 48_000, 1_000, 20_000),
  MID_MARKET("mid-market", 0.35, 1.0, 1.0, 14_000, 100, 1_000),
  SMALL_BUSINESS("small business", 0.45, 0.55, 1.5, 3_200, 2, 100);

  /** Name in the company's CRM. */
  final String label;

  /** Share of accounts, 0 to 1. */
  final double share;

  /** Multiplies every half-life of interest. */
  final double halfLifeFactor;

  /** Multiplies the conversion hazard. */
  final double hazardFactor;

  /** Median value of a deal, euros. */
  final int dealMedian;

  /** Fewest and most employees. */
  final int employeesFrom;

  final int employeesTo;

  Segment(
      String label,
      double share,
      double halfLifeFactor,
      double hazardFactor,
      int dealMedian,
      int employeesFrom,
      int employeesTo) {
    this.label = label;
    this.share = share;
    this.halfLifeFactor = halfLifeFactor;
    this.hazardFactor = hazardFactor;
    this.dealMedian = dealMedian;
    this.employeesFrom = employeesFrom;
    this.employeesTo = employeesTo;
  }

  static Segment at(double quantile) {
    double rest = quantile;
    for (Segment segment : values()) {
      rest -= segment.share;
      if (rest < 0) {
        return segment;
      }
    }
    return SMALL_BUSINESS;
  }
}
