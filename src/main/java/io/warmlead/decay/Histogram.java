package io.warmlead.decay;

import java.util.List;

/**
 * Lifetimes of one group, binned: all that a fit reads.
 *
 * @param bins in order of time
 */
record Histogram(List<Bin> bins) {

  Histogram {
    bins = List.copyOf(bins);
  }

  /**
   * One bin.
   *
   * @param lowDays lower edge, inclusive
   * @param highDays upper edge, exclusive
   * @param converted leads that converted in the bin
   * @param censored leads whose observation ended in the bin
   * @param censoredDays mean time at which it ended; any number where none did
   */
  record Bin(double lowDays, double highDays, long converted, long censored, double censoredDays) {}

  long converted() {
    return bins.stream().mapToLong(Bin::converted).sum();
  }

  long leads() {
    return bins.stream().mapToLong(bin -> bin.converted() + bin.censored()).sum();
  }

  /** Width of the bin in which the first conversion fell, days: nothing shorter can be told. */
  double finestDays() {
    return bins.get(0).highDays() - bins.get(0).lowDays();
  }

  /** Longest time anyone was watched, days. */
  double longestDays() {
    Bin last = bins.get(bins.size() - 1);
    return last.converted() > 0 ? last.highDays() : last.censoredDays();
  }
}
