package io.warmlead.simulate;

import java.util.SplittableRandom;

/**
 * Our touches and the reactions to them.
 *
 * <p>With fatigue F (past touches, halved every {@link PlantedTruth#FATIGUE_HALF_LIFE} days), a
 * touch is answered with chance {@link PlantedTruth#REPLY_CHANCE} x exp(-{@link
 * PlantedTruth#REPLY_LOSS_BY_FATIGUE} F) and ends the subscription with chance {@link
 * PlantedTruth#UNSUBSCRIBE_CHANCE} x exp({@link PlantedTruth#UNSUBSCRIBE_GAIN_BY_FATIGUE} F).
 */
final class Outreach {
  private static final double MINUTE = 1.0 / 1_440;
  private static final double MEAN_HOURS_TO_REACTION = 5;
  private static final double MOST_UNSUBSCRIBING = 0.5;

  private final Lead lead;
  private final Agenda agenda;
  private final SplittableRandom random;
  private boolean isStopped;

  Outreach(Lead lead, Agenda agenda, SplittableRandom random) {
    this.lead = lead;
    this.agenda = agenda;
    this.random = random;
  }

  /** Touches the lead, unless it must not be touched any more, and plans its reactions. */
  void touch(double now, Interest interest, LeadLog log) {
    if (isStopped) {
      return;
    }
    boolean isMail = random.nextDouble() < PlantedTruth.TOUCH_BY_MAIL;
    log.engaged(lead, now, isMail ? Activity.OUTREACH_SENT : Activity.MESSAGE_SENT);
    if (isMail && lead.hasBadAddress()) {
      agenda.plan(now + MINUTE, Activity.BOUNCE, 0, 0);
      return;
    }
    double fatigue = interest.fatigue();
    interest.tire();
    if (isMail) {
      react(now, Activity.EMAIL_OPEN, PlantedTruth.OPEN_CHANCE);
      react(now, Activity.EMAIL_CLICK, PlantedTruth.CLICK_CHANCE);
    }
    react(
        now,
        isMail ? Activity.EMAIL_REPLY : Activity.OUTREACH_REPLY,
        PlantedTruth.REPLY_CHANCE * Math.exp(-PlantedTruth.REPLY_LOSS_BY_FATIGUE * fatigue));
    double leaving =
        PlantedTruth.UNSUBSCRIBE_CHANCE
            * Math.exp(PlantedTruth.UNSUBSCRIBE_GAIN_BY_FATIGUE * fatigue);
    react(now, Activity.UNSUBSCRIBE, Math.min(MOST_UNSUBSCRIBING, leaving));
  }

  /** No more touches: the lead unsubscribed or its address bounces. */
  void stop() {
    isStopped = true;
  }

  boolean isReachable() {
    return !isStopped;
  }

  private void react(double now, Activity reaction, double chance) {
    if (random.nextDouble() < chance) {
      double wait = 5 * MINUTE + random.nextExponential() * MEAN_HOURS_TO_REACTION / 24;
      agenda.plan(now + wait, reaction, 0, 0);
    }
  }
}
