package io.warmlead.simulate;

import java.util.SplittableRandom;

/**
 * Who a lead is: a function of the seed and its number alone, so that any thread can draw any lead.
 * Leads arrive in the order of their numbers, in the audience's rhythm.
 *
 * @param created days since the calendar's start
 * @param referrer number of the lead that brought it, or -1
 * @param quality latent fit, standard normal; never exported
 * @param canConvert false for the share that never buys whatever happens
 * @param hasBadAddress mails to it bounce
 * @param isReader browses idly without a project
 * @param isLossRecorded its owner records losses
 * @param deal value of the deal it may bring, euros
 * @param budget empty if unknown, as the other three
 */
record Lead(
    int number,
    double created,
    Account account,
    LeadSource source,
    int owner,
    int referrer,
    double quality,
    boolean canConvert,
    boolean hasBadAddress,
    boolean isReader,
    boolean isLossRecorded,
    double deal,
    String budget,
    String authority,
    String need,
    String timeline) {

  private static final double ACCOUNT_SHARE_OF_QUALITY = 0.6;
  private static final double READER_SHARE = 0.12;
  private static final double KNOWN_SHARE = 0.5;
  private static final String[] AUTHORITIES = {"decision maker", "influencer", "user"};
  private static final double[] AUTHORITY_BY_QUALITY = {.8, .1, -.7};
  private static final String[] NEEDS = {"high", "medium", "low"};
  private static final double[] NEED_BY_QUALITY = {.8, 0, -.8};
  private static final String[] TIMELINES = {"this quarter", "this year", "later"};
  private static final double[] TIMELINE_BY_QUALITY = {.9, .1, -.6};

  static Lead of(long seed, int number, int leads, CompanyCalendar calendar) {
    SplittableRandom random = Streams.PROFILE.of(seed, number);
    Account account = Account.ofLead(seed, number);
    double created = calendar.instantAt((number + random.nextDouble()) / leads);
    LeadSource source = LeadSource.at(random.nextDouble());
    int referrer = number > 0 ? random.nextInt(number) : -1;
    if (source == LeadSource.REFERRAL && referrer < 0) {
      source = LeadSource.ORGANIC;
    }
    double own = Math.sqrt(1 - ACCOUNT_SHARE_OF_QUALITY * ACCOUNT_SHARE_OF_QUALITY);
    double quality = ACCOUNT_SHARE_OF_QUALITY * account.quality() + own * random.nextGaussian();
    double deal =
        account.segment().dealMedian * Math.exp(0.5 * random.nextGaussian() + 0.1 * quality);
    return new Lead(
        number,
        created,
        account,
        source,
        random.nextInt(Owners.COUNT),
        source == LeadSource.REFERRAL ? referrer : -1,
        quality,
        random.nextDouble() < PlantedTruth.CAN_CONVERT,
        random.nextDouble() < PlantedTruth.BAD_ADDRESS,
        random.nextDouble() < READER_SHARE,
        random.nextDouble() < PlantedTruth.LOSS_RECORDED,
        Math.round(deal / 10) * 10.0,
        known(random, String.valueOf(Math.round(deal * (0.6 + random.nextDouble()) / 100) * 100)),
        known(random, pick(AUTHORITIES, AUTHORITY_BY_QUALITY, quality, random)),
        known(random, pick(NEEDS, NEED_BY_QUALITY, quality, random)),
        known(random, pick(TIMELINES, TIMELINE_BY_QUALITY, quality, random)));
  }

  Segment segment() {
    return account.segment();
  }

  /**
   * Factor of its conversion hazard, 0 if it never buys: exp({@link PlantedTruth#HAZARD_BY_QUALITY}
   * x quality) x source x segment.
   */
  double hazardFactor() {
    return canConvert
        ? Math.exp(PlantedTruth.HAZARD_BY_QUALITY * quality)
            * source.hazardFactor
            * segment().hazardFactor
        : 0;
  }

  /** Appends the identifier that the company's systems use. */
  void appendId(CsvLine line) {
    appendId(line, number);
  }

  static void appendId(CsvLine line, int number) {
    line.append("C-").digits(number, 7);
  }

  private static String known(SplittableRandom random, String value) {
    return random.nextDouble() < KNOWN_SHARE ? value : "";
  }

  private static String pick(
      String[] values, double[] byQuality, double quality, SplittableRandom random) {
    return values[Choice.tilted(byQuality, quality, random.nextDouble())];
  }
}
