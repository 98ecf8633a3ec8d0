package io.warmlead.model;

/** Finds how far all log-odds must be moved so that expected conversions meet observed ones. */
final class Level {
  /**
   * Prior of the move within a horizon: by a factor of 1.6, one time in three more. Little evidence
   * moves it little.
   */
  static final double MOVE_SPREAD = 0.5;

  private static final int MOST_STEPS = 100;
  private static final double CONVERGED = 1e-9;

  private final double spread;
  private final DoubleList logOdds = new DoubleList();
  private final DoubleList shares = new DoubleList();
  private final DoubleList rows = new DoubleList();
  private double observed;

  /**
   * Without rows.
   *
   * @param spread standard deviation of the move before any evidence, log-odds
   */
  Level(double spread) {
    this.spread = spread;
  }

  /**
   * Adds rows.
   *
   * @param value their log-odds of a conversion within the horizon
   * @param share of these conversions that should have come by now
   * @param count rows that are alike
   * @param conversions those among them that have converted by now
   */
  void add(double value, double share, long count, long conversions) {
    logOdds.add(value);
    shares.add(share);
    rows.add((double) count);
    observed += conversions;
  }

  /**
   * The move beyond an offset.
   *
   * @param weight what a row counts, because rows of one lead tell the same conversion repeatedly
   */
  double shift(double offset, double weight) {
    if (logOdds.size() == 0) {
      return 0;
    }
    double prior = 1 / (spread * spread);
    double shift = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      double expected = 0;
      double slope = 0;
      for (int row = 0; row < logOdds.size(); row++) {
        double p = 1 / (1 + Math.exp(-(logOdds.get(row) + offset + shift)));
        double exposed = rows.get(row) * shares.get(row);
        expected += exposed * p;
        slope += exposed * p * (1 - p);
      }
      // Half a conversion more on both sides keeps the level finite where nobody converted.
      double gradient = weight * (observed + 0.5 - expected * (1 + 0.5 / Math.max(expected, 0.5)));
      double move = (gradient - prior * shift) / (weight * slope + prior + 1e-12);
      move = Math.max(-1, Math.min(1, move));
      shift += move;
      if (Math.abs(move) < CONVERGED) {
        break;
      }
    }
    return shift;
  }
}
