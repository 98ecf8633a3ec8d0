package io.warmlead.simulate;

import java.util.SplittableRandom;

/**
 * The organisation a lead works for. Some leads share one.
 *
 * @param number from nought
 * @param employees head count within the segment's bounds
 * @param quality how well the organisation fits, standard normal
 */
record Account(
    long number,
    Segment segment,
    String industry,
    int employees,
    String country,
    String language,
    double quality) {

  private static final double ACCOUNTS_PER_LEAD = 0.75;
  private static final String[] INDUSTRIES = {
    "software", "manufacturing", "logistics", "health", "finance", "retail", "education"
  };
  private static final double[] INDUSTRY_BY_QUALITY = {.6, .3, .2, 0, .2, -.3, -.9};
  private static final String[] COUNTRIES = {"DE", "AT", "CH", "FR", "ES", "PL", "UA", "GB", "US"};
  private static final String[] LANGUAGES = {"de", "de", "de", "fr", "es", "pl", "uk", "en", "en"};
  private static final double[] COUNTRY_SHARES = {.34, .06, .06, .12, .08, .08, .04, .10, .12};

  /** The account of a lead: neighbours in the order of arrival may share it. */
  static Account ofLead(long seed, int lead) {
    long number = (long) (lead * ACCOUNTS_PER_LEAD);
    SplittableRandom random = Streams.ACCOUNT.of(seed, number);
    Segment segment = Segment.at(random.nextDouble());
    double quality = random.nextGaussian();
    double span = Math.log((double) segment.employeesTo / segment.employeesFrom);
    int employees = (int) (segment.employeesFrom * Math.exp(span * random.nextDouble()));
    int country = Choice.weighted(COUNTRY_SHARES, random.nextDouble());
    int industry = Choice.tilted(INDUSTRY_BY_QUALITY, quality, random.nextDouble());
    return new Account(
        number,
        segment,
        INDUSTRIES[industry],
        employees,
        COUNTRIES[country],
        LANGUAGES[country],
        quality);
  }
}
