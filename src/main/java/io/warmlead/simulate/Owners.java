package io.warmlead.simulate;

/**
 * Salespeople, who differ in how fast they answer and how often they write, whatever the lead: the
 * natural experiment behind the planted effects of response time and cadence.
 */
final class Owners {
  static final int COUNT = 8;

  private static final String[] NAMES = {
    "A. Berg",
    "B. Costa",
    "C. Dupont",
    "D. Ivanenko",
    "E. Kowalska",
    "F. Lang",
    "G. Meier",
    "H. Roy"
  };
  private static final double[] ANSWER_HOURS_FACTOR = {.3, .5, .7, .9, 1.1, 1.5, 2.2, 3.5};
  private static final double[] TOUCH_FACTOR = {1.0, 2.2, .5, 1.3, .6, 1.7, .4, .8};

  private Owners() {}

  static String name(int owner) {
    return NAMES[owner];
  }

  /** Multiplies the hours to the first answer. */
  static double answerHoursFactor(int owner) {
    return ANSWER_HOURS_FACTOR[owner];
  }

  /** Multiplies the rate of touches. */
  static double touchFactor(int owner) {
    return TOUCH_FACTOR[owner];
  }
}
