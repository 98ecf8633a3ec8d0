package io.warmlead.model;

import java.util.List;

/** How well scores put conversions first; every measure takes bins, lowest score first. */
final class Ranking {
  private static final double Z95 = 1.959963984540054;

  private Ranking() {}

  static long rows(List<ScoreBin> bins) {
    return bins.stream().mapToLong(ScoreBin::n).sum();
  }

  static long conversions(List<ScoreBin> bins) {
    return bins.stream().mapToLong(ScoreBin::conversions).sum();
  }

  static boolean hasBothOutcomes(List<ScoreBin> bins) {
    long conversions = conversions(bins);
    return conversions > 0 && conversions < rows(bins);
  }

  /** Chance that a conversion scores higher than a non-conversion; ties count half. */
  static double auc(List<ScoreBin> bins) {
    double conversions = conversions(bins);
    double others = rows(bins) - conversions;
    double othersBelow = 0;
    double pairsInOrder = 0;
    for (ScoreBin bin : bins) {
      double othersHere = bin.n() - bin.conversions();
      pairsInOrder += bin.conversions() * (othersBelow + othersHere / 2);
      othersBelow += othersHere;
    }
    return pairsInOrder / (conversions * others);
  }

  /**
   * Half the width of the 95 % interval of an AUC (Hanley and McNeil 1982). Takes rows as
   * independent: too narrow where the same lead stands in many snapshots.
   */
  static double aucHalfWidth(double auc, double conversions, double others) {
    double q1 = auc / (2 - auc);
    double q2 = 2 * auc * auc / (1 + auc);
    double variance =
        (auc * (1 - auc) + (conversions - 1) * (q1 - auc * auc) + (others - 1) * (q2 - auc * auc))
            / (conversions * others);
    return Z95 * Math.sqrt(Math.max(0, variance));
  }

  /** Standard error of the AUC of scores that know nothing (Mann and Whitney 1947). */
  static double aucNoise(long conversions, long others) {
    return Math.sqrt((conversions + others + 1) / (12.0 * conversions * others));
  }

  /** Average precision: precision at every score, weighted by the recall it adds. */
  static double averagePrecision(List<ScoreBin> bins) {
    double total = conversions(bins);
    double reached = 0;
    double found = 0;
    double sum = 0;
    for (int i = bins.size() - 1; i >= 0; i--) {
      reached += bins.get(i).n();
      found += bins.get(i).conversions();
      sum += bins.get(i).conversions() / total * (found / reached);
    }
    return sum;
  }

  /** Conversions among the best share of rows; a bin on the border counts in proportion. */
  static double conversionsInTop(List<ScoreBin> bins, double share) {
    double wanted = share * rows(bins);
    double found = 0;
    for (int i = bins.size() - 1; i >= 0 && wanted > 0; i--) {
      ScoreBin bin = bins.get(i);
      found += bin.conversions() * Math.min(1, wanted / bin.n());
      wanted -= bin.n();
    }
    return found;
  }

  /** Lower and upper end of Wilson's 95 % interval of a share. */
  static double wilson(double share, long rows, int sign) {
    double n = rows;
    double z2 = Z95 * Z95;
    double centre = share + z2 / (2 * n);
    double width = Z95 * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return (centre + sign * width) / (1 + z2 / n);
  }
}
