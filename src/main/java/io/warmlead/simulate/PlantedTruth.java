package io.warmlead.simulate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/**
 * The numbers behind the company's behaviour. Rates are per day, half-lives in days, unless the
 * name says otherwise. With {@link Activity}, {@link Segment} and {@link LeadSource} this is
 * everything that is planted.
 */
final class PlantedTruth {
  /** A conversion counts when it falls within so many days after the as-of instant. */
  static final int HORIZON_DAYS = 30;

  // --- interest and projects ---

  /** Half-life of a project (the reason to look around at all), mid-market. */
  static final double PROJECT_HALF_LIFE = 6;

  /** Shape of the gamma distribution of a project's size. */
  static final int PROJECT_SHAPE = 2;

  /** Mean size of a project. */
  static final double PROJECT_MEAN = 1.0;

  /** Growth of the first project's log size per unit of quality. */
  static final double PROJECT_BY_QUALITY = 0.25;

  /** Rate of new projects in every lead: what brings cold leads back. */
  static final double PROJECT_RATE = 1.0 / 200;

  /** Inbound signals per unit of project. */
  static final double SIGNALS_PER_PROJECT = 0.6;

  /** Inbound signals of a lead without a project. */
  static final double IDLE_SIGNALS = 0.004;

  /** Mean number of signals that a signal begets (branching ratio). */
  static final double BRANCHING_RATIO = 0.45;

  /** Below this level of interest a lead counts as cold in the truth. */
  static final double COLD_INTEREST = 0.05;

  // --- conversion ---

  /** Conversion hazard of a mid-market lead of average quality without interest. */
  static final double IDLE_HAZARD = 0.00012;

  /** Conversion hazard per unit of interest. */
  static final double HAZARD_PER_INTEREST = 0.0010;

  /** Growth of the log hazard per unit of quality. */
  static final double HAZARD_BY_QUALITY = 0.6;

  /** Share of leads that can convert at all. */
  static final double CAN_CONVERT = 0.85;

  // --- our answers ---

  /** Interest that an immediate answer to a high-intent signal adds. */
  static final double ANSWER_EFFECT = 2.4;

  /** Hours of waiting that halve the effect of an answer. */
  static final double ANSWER_EFFECT_HALF_LIFE_HOURS = 6;

  /** Median hours to the first answer, for average quality, before office hours are waited for. */
  static final double ANSWER_MEDIAN_HOURS = 2.5;

  /** Spread of the log hours. */
  static final double ANSWER_LOG_DEVIATION = 1.1;

  /** Change of the log hours per unit of quality: good leads are answered faster (confounding). */
  static final double ANSWER_HOURS_BY_QUALITY = -0.5;

  /** Share of high-intent signals that are never answered. */
  static final double UNANSWERED = 0.12;

  /** Share of answers by telephone; the rest are mails. */
  static final double ANSWERED_BY_CALL = 0.6;

  /** Mean days from an answer or reply to the meeting. */
  static final double MEETING_DELAY = 3;

  // --- our outreach ---

  /** Touches of a lead without interest. */
  static final double IDLE_TOUCHES = 0.035;

  /** Touches per unit of interest. */
  static final double TOUCHES_PER_INTEREST = 0.03;

  /** Share of touches by mail; the rest are messages. */
  static final double TOUCH_BY_MAIL = 0.75;

  /** Chance that a mail is opened, clicked, or a touch answered by a rested lead. */
  static final double OPEN_CHANCE = 0.38;

  static final double CLICK_CHANCE = 0.06;
  static final double REPLY_CHANCE = 0.09;

  /** Half-life of fatigue; every touch adds one. */
  static final double FATIGUE_HALF_LIFE = 9;

  /** Reply chance is multiplied by exp(-this x fatigue). */
  static final double REPLY_LOSS_BY_FATIGUE = 0.35;

  /** Chance per touch that a rested lead unsubscribes. */
  static final double UNSUBSCRIBE_CHANCE = 0.003;

  /** Unsubscribe chance is multiplied by exp(this x fatigue). */
  static final double UNSUBSCRIBE_GAIN_BY_FATIGUE = 0.55;

  /** Share of addresses that bounce. */
  static final double BAD_ADDRESS = 0.015;

  // --- closing ---

  /** Share of leads whose owner records losses at all. */
  static final double LOSS_RECORDED = 0.4;

  /** Days a lead is at least old, and weekly chance, when a cold one is recorded as lost. */
  static final double LOSS_AGE = 60;

  static final double LOSS_WEEKLY_CHANCE = 0.2;

  /** Share of won leads that churn later. */
  static final double CHURN_SHARE = 0.1;

  private PlantedTruth() {}

  /**
   * Interest half-life by segment and signal, days, of every signal that moves interest; call: the
   * answer.
   */
  static Map<String, Map<String, Double>> halfLives() {
    return bySegmentAndSignal((segment, activity) -> activity.halfLifeDays(segment));
  }

  /** The same with the signals that a signal begets: {@link Dynamics#halfLifeWithOffspring}. */
  static Map<String, Map<String, Double>> halfLivesWithOffspring() {
    return bySegmentAndSignal(
        (segment, activity) -> Dynamics.of(segment).halfLifeWithOffspring(activity));
  }

  private static Map<String, Map<String, Double>> bySegmentAndSignal(
      ToDoubleBiFunction<Segment, Activity> number) {
    Map<String, Map<String, Double>> bySegment = new LinkedHashMap<>();
    for (Segment segment : Segment.values()) {
      Map<String, Double> bySignal = new LinkedHashMap<>();
      for (Activity activity : Activity.ALL) {
        if (activity.mark > 0 || activity == Activity.CALL) {
          bySignal.put(activity.signal(), number.applyAsDouble(segment, activity));
        }
      }
      bySegment.put(segment.label, bySignal);
    }
    return bySegment;
  }
}
