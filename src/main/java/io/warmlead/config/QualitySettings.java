package io.warmlead.config;

/**
 * What a night must find to be published.
 *
 * @param maxRejectShare share of the rows of an input, of a hundred or more read in one run, that
 *     may be refused
 * @param minShareOfUsual engagements of the week before the date, as a share of a usual week; 0:
 *     however few there are
 */
public record QualitySettings(double maxRejectShare, double minShareOfUsual) {

  public QualitySettings {
    Check.between("quality.max_reject_share", maxRejectShare, 0, 1);
    Check.between("quality.min_share_of_usual", minShareOfUsual, 0, 1);
  }
}
