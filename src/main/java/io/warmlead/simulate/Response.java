package io.warmlead.simulate;

import java.util.SplittableRandom;

/**
 * Our first answer to a high-intent signal.
 *
 * <p>Hours to the answer are lognormal: median {@link PlantedTruth#ANSWER_MEDIAN_HOURS} x the
 * owner's factor x exp({@link PlantedTruth#ANSWER_HOURS_BY_QUALITY} x quality), then moved to
 * office hours. The answer raises interest by {@link PlantedTruth#ANSWER_EFFECT} x 2^(-hours /
 * {@link PlantedTruth#ANSWER_EFFECT_HALF_LIFE_HOURS}). Quality shortens the wait and raises
 * conversion by itself, so the raw effect of speed overstates the planted one.
 */
final class Response {
  private static final int DRAWS = 400;

  private Response() {}

  /** The instant of the answer, or infinity. */
  static double answeredAt(
      double asked, double quality, int owner, CompanyCalendar calendar, SplittableRandom random) {
    double deviation = random.nextGaussian();
    if (random.nextDouble() < PlantedTruth.UNANSWERED) {
      return Double.POSITIVE_INFINITY;
    }
    double hours =
        PlantedTruth.ANSWER_MEDIAN_HOURS
            * Owners.answerHoursFactor(owner)
            * Math.exp(
                PlantedTruth.ANSWER_HOURS_BY_QUALITY * quality
                    + PlantedTruth.ANSWER_LOG_DEVIATION * deviation);
    return calendar.nextBusinessInstant(asked + hours / 24);
  }

  /** Interest that an answer adds after so many days. */
  static double effect(double days) {
    return PlantedTruth.ANSWER_EFFECT
        * Math.pow(2, -days * 24 / PlantedTruth.ANSWER_EFFECT_HALF_LIFE_HOURS);
  }

  /** Mean effect of the answers that come, for a lead of some quality and any owner. */
  static double meanEffect(double quality, CompanyCalendar calendar) {
    SplittableRandom random = new SplittableRandom(1);
    double sum = 0;
    int answered = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double asked = calendar.instantAt(random.nextDouble());
      double answer = answeredAt(asked, quality, draw % Owners.COUNT, calendar, random);
      if (answer < calendar.end()) {
        sum += effect(answer - asked);
        answered++;
      }
    }
    return sum / Math.max(1, answered);
  }
}
