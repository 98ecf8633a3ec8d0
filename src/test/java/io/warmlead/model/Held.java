package io.warmlead.model;

import java.time.Instant;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Predictions for rows that no model learned from. */
final class Held {
  private Held() {}

  /** One date, one segment; margins are normal with deviation 1.5, conversions come evenly. */
  static Predictions out(DoubleUnaryOperator logOdds, int leads, long seed, Instant at) {
    return out((margin, segment) -> logOdds.applyAsDouble(margin), leads, seed, at, "any");
  }

  /** The true log-odds of a conversion. */
  interface Truth {
    double logOdds(double margin, String segment);
  }

  /** The same with segments in turn. */
  static Predictions out(Truth truth, int leads, long seed, Instant at, String... segments) {
    Random random = new Random(seed);
    Predictions rows =
        new Predictions(
            new long[leads],
            new long[leads],
            new String[leads],
            new double[leads],
            new double[leads],
            new double[leads][],
            new double[leads][]);
    for (int row = 0; row < leads; row++) {
      double margin = 1.5 * random.nextGaussian();
      String segment = segments[row % segments.length];
      double p = 1 / (1 + Math.exp(-truth.logOdds(margin, segment)));
      rows.asOf()[row] = Calibrator.micros(at);
      rows.lead()[row] = 7L * row;
      rows.segment()[row] = segment;
      rows.delayDays()[row] = random.nextDouble() < p ? 28 * random.nextDouble() : Double.NaN;
      rows.champion()[row] = Double.NaN;
      rows.baselines()[row] = new double[] {0, 0};
      rows.margins()[row] = new double[] {margin};
    }
    return rows;
  }
}
