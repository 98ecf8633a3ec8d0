package io.warmlead.decay;

import io.warmlead.decay.Histogram.Bin;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * Leads that came evenly over a log, of which a share converts with times of a planted shape, in
 * bins of a quarter of a day.
 */
final class SimulatedLives {
  static final DoubleUnaryOperator EXPONENTIAL = left -> -Math.log(left) / Math.log(2);

  private static final int BINS_PER_DAY = 4;

  private final int longest;
  private final double[] watched;
  private final double[] converts;

  /** With an exponential shape. */
  SimulatedLives(int leads, double converting, double halfLife, int longest, long seed) {
    this(leads, converting, halfLife, longest, seed, EXPONENTIAL);
  }

  /**
   * With any shape.
   *
   * @param converting share that will ever convert
   * @param halfLife days
   * @param longest days that the first lead is watched
   * @param halfLives half-lives after which a share is left of those who will convert
   */
  SimulatedLives(
      int leads,
      double converting,
      double halfLife,
      int longest,
      long seed,
      DoubleUnaryOperator halfLives) {
    Random random = new Random(seed);
    this.longest = longest;
    this.watched = new double[leads];
    this.converts = new double[leads];
    for (int i = 0; i < leads; i++) {
      watched[i] = longest * random.nextDouble();
      double time = halfLife * halfLives.applyAsDouble(1 - random.nextDouble());
      converts[i] = random.nextDouble() < converting ? time : Double.POSITIVE_INFINITY;
    }
  }

  Histogram now() {
    return watchedUntil(0);
  }

  /** As it was a quarter of the log before. */
  Histogram then() {
    return watchedUntil(longest / 4D);
  }

  private Histogram watchedUntil(double daysBefore) {
    long[] converted = new long[longest * BINS_PER_DAY];
    long[] censored = new long[longest * BINS_PER_DAY];
    for (int i = 0; i < watched.length; i++) {
      double end = watched[i] - daysBefore;
      if (end > 0) {
        boolean isConverted = converts[i] <= end;
        (isConverted ? converted : censored)
            [(int) (BINS_PER_DAY * (isConverted ? converts[i] : end))]++;
      }
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < converted.length; i++) {
      if (converted[i] + censored[i] > 0) {
        double low = i / (double) BINS_PER_DAY;
        double width = 1D / BINS_PER_DAY;
        bins.add(new Bin(low, low + width, converted[i], censored[i], low + width / 2));
      }
    }
    return new Histogram(bins);
  }
}
