package io.warmlead.model;

/**
 * Bootstrap by lead: every lead, with all its snapshots, counts 0, 1, 2 … times, independently and
 * on average once (Poisson bootstrap: Chamandy et al. 2012, "Estimating Uncertainty for Massive
 * Data Streams"). Counts follow from the lead, the replicate and the seed alone.
 */
final class Resampling {
  private static final double[] POISSON = cumulative();

  private Resampling() {}

  /** How often each row counts in a replicate. */
  static int[] counts(long[] lead, int replicate, long seed) {
    int[] counts = new int[lead.length];
    long salt = mixed(seed + 0x9E3779B97F4A7C15L * (replicate + 1));
    for (int row = 0; row < lead.length; row++) {
      double uniform = (mixed(lead[row] ^ salt) >>> 11) * 0x1.0p-53;
      int count = 0;
      while (count < POISSON.length && uniform >= POISSON[count]) {
        count++;
      }
      counts[row] = count;
    }
    return counts;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static double[] cumulative() {
    double[] below = new double[12];
    double term = Math.exp(-1);
    double sum = 0;
    for (int count = 0; count < below.length; count++) {
      sum += term;
      below[count] = sum;
      term /= count + 1;
    }
    return below;
  }
}
