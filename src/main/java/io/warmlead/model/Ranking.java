package io.warmlead.model;

/** Formulas of sampling error that need no resampling. */
final class Ranking {
  private static final double Z95 = 1.959963984540054;

  private Ranking() {}

  /** Standard error of the AUC of scores that know nothing (Mann and Whitney 1947). */
  static double aucNoise(long conversions, long others) {
    return Math.sqrt((conversions + others + 1) / (12.0 * conversions * others));
  }

  /** Standard error of an AUC of independent scores (Hanley and McNeil 1982). */
  static double aucError(double auc, long conversions, long others) {
    double oneOther = auc / (2 - auc);
    double oneConversion = 2 * auc * auc / (1 + auc);
    double variance =
        auc * (1 - auc)
            + (conversions - 1) * (oneOther - auc * auc)
            + (others - 1) * (oneConversion - auc * auc);
    return Math.sqrt(Math.max(0, variance) / ((double) conversions * others));
  }

  /** Lower (sign -1) or upper (sign 1) end of Wilson's 95 % interval of a share. */
  static double wilson(double share, long rows, int sign) {
    double n = rows;
    double z2 = Z95 * Z95;
    double centre = share + z2 / (2 * n);
    double width = Z95 * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return (centre + sign * width) / (1 + z2 / n);
  }
}
