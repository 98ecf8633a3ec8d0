package io.warmlead.simulate;

import java.util.EnumMap;
import java.util.Map;

/**
 * The true probability of a conversion within the horizon, given a lead's state at a Monday
 * midnight (UTC): what the hazard itself implies, over everything that may still happen.
 *
 * <p>The lead is an affine point process, so survival without conversion is exponential-affine in
 * the state (Duffie, Pan and Singleton 2000, "Transform analysis and asset pricing for affine
 * jump-diffusions"; Errais, Giesecke and Goldberg 2010, "Affine point processes and portfolio
 * credit risk"): <code>P(none within T) = exp(-(A + sum_k B_k x_k + C p))</code>, x_k interest
 * raised by signal k, p the project. With remaining time as argument, B_k starts at 0 and
 *
 * <pre>
 *   B_k' = -decay_k B_k + office h c1 + audience e sum_i share_i J_i + office t1 J_touch
 *   C'   = -decay_p C   + audience s sum_i share'_i J_i
 *   A'   = office h c0 + audience s0 sum_i share'_i J_i + office t0 J_touch
 *          + r (1 - (1 + C theta)^-shape)
 *   J_i  = 1 - E[exp(-jump of the exponent at signal i)]
 * </pre>
 *
 * with h the lead's hazard factor. Hourly steps, the decay exact in each. Four simplifications:
 * answers and meetings count as if they came at once, their effect as its mean over owners; the
 * mean owner and a mean fatigue stand for touches; a lead's subscription is taken to last; the week
 * is a summer week. Their error is far below the spread of the probabilities (the tests hold it).
 *
 * <p>Tables run over log hazard factors; the exponent is interpolated log-linearly.
 */
final class ConversionOutlook {
  private static final double GRID_FROM = -5;
  private static final double GRID_STEP = 0.5;
  private static final int GRID_SIZE = 21;
  private static final int HOURS = PlantedTruth.HORIZON_DAYS * 24;
  private static final double MEAN_FATIGUE = 0.8;

  private final Map<Segment, Row[]> reachable = new EnumMap<>(Segment.class);
  private final Map<Segment, Row[]> unreachable = new EnumMap<>(Segment.class);

  ConversionOutlook(CompanyCalendar calendar) {
    double[] answerEffect = new double[GRID_SIZE];
    for (int grid = 0; grid < GRID_SIZE; grid++) {
      double quality = (GRID_FROM + grid * GRID_STEP) / PlantedTruth.HAZARD_BY_QUALITY;
      answerEffect[grid] = Response.meanEffect(quality, calendar);
    }
    for (Segment segment : Segment.values()) {
      reachable.put(segment, table(segment, true, answerEffect));
      unreachable.put(segment, table(segment, false, answerEffect));
    }
  }

  /**
   * Probability of a conversion within {@link PlantedTruth#HORIZON_DAYS}.
   *
   * @param comingAnswers interest that answers on their way will add
   * @param comingMeetings meetings on their way
   * @param isReachable false after an unsubscription or a bounce: no more touches
   */
  double probability(
      Lead lead,
      Interest interest,
      double comingAnswers,
      double comingMeetings,
      boolean isReachable) {
    double factor = lead.hazardFactor();
    if (factor == 0) {
      return 0;
    }
    Row[] rows = (isReachable ? reachable : unreachable).get(lead.segment());
    double position = (Math.log(factor) - GRID_FROM) / GRID_STEP;
    double within = Math.max(0, Math.min(GRID_SIZE - 1 - 1e-9, position));
    int lower = (int) within;
    double low = Math.log(rows[lower].exponent(interest, comingAnswers, comingMeetings));
    double high = Math.log(rows[lower + 1].exponent(interest, comingAnswers, comingMeetings));
    return -Math.expm1(-Math.exp(low + (within - lower) * (high - low)));
  }

  private static Row[] table(Segment segment, boolean isReachable, double[] answerEffect) {
    Row[] rows = new Row[GRID_SIZE];
    for (int grid = 0; grid < GRID_SIZE; grid++) {
      double factor = Math.exp(GRID_FROM + grid * GRID_STEP);
      rows[grid] = solve(segment, factor, isReachable ? 1 : 0, answerEffect[grid]);
    }
    return rows;
  }

  private static Row solve(Segment segment, double factor, double touched, double answerEffect) {
    Dynamics dynamics = Dynamics.of(segment);
    double[] decay = Interest.decayRates(segment);
    double projectDecay = Interest.projectDecayRate(segment);
    double step = 1.0 / 24;
    double theta = PlantedTruth.PROJECT_MEAN / PlantedTruth.PROJECT_SHAPE;
    double constant = 0;
    double ofProject = 0;
    double[] ofInterest = new double[decay.length];
    double[] kept = new double[decay.length];
    double[] gained = new double[decay.length];
    for (int signal = 0; signal < decay.length; signal++) {
      kept[signal] = Math.exp(-decay[signal] * step);
      gained[signal] = (1 - kept[signal]) / decay[signal];
    }
    double projectKept = Math.exp(-projectDecay * step);
    double projectGained = (1 - projectKept) / projectDecay;
    for (int hour = HOURS - 1; hour >= 0; hour--) {
      double audience = CompanyCalendar.audienceOfWeek(hour);
      double office = CompanyCalendar.businessOfWeek(hour);
      double byProject = 0;
      double byInterest = 0;
      for (Activity activity : Activity.ALL) {
        if (activity.projectShare + activity.interestShare > 0) {
          double jump = jump(activity, ofInterest, answerEffect);
          byProject += activity.projectShare * jump;
          byInterest += activity.interestShare * jump;
        }
      }
      double touch = touched * touchJump(ofInterest, answerEffect);
      double growth =
          office * Dynamics.conversion(1, factor)
              - office * Dynamics.conversion(0, factor)
              + audience * dynamics.interestSignals(1) * byInterest
              + office * PlantedTruth.TOUCHES_PER_INTEREST * touch;
      constant +=
          step
              * (office * Dynamics.conversion(0, factor)
                  + audience * PlantedTruth.IDLE_SIGNALS * byProject
                  + office * PlantedTruth.IDLE_TOUCHES * touch
                  + PlantedTruth.PROJECT_RATE
                      * (1 - Math.pow(1 + ofProject * theta, -PlantedTruth.PROJECT_SHAPE)));
      ofProject =
          ofProject * projectKept
              + projectGained * audience * PlantedTruth.SIGNALS_PER_PROJECT * byProject;
      for (int signal = 0; signal < decay.length; signal++) {
        ofInterest[signal] = ofInterest[signal] * kept[signal] + gained[signal] * growth;
      }
    }
    return new Row(constant, ofProject, ofInterest);
  }

  /** Expected jump of survival at a signal, with the answer and the meeting that may follow. */
  private static double jump(Activity activity, double[] ofInterest, double answerEffect) {
    double own = Math.exp(-ofInterest[activity.position()] * activity.mark);
    double meeting =
        1
            + activity.meetingChance
                * Math.expm1(-ofInterest[Activity.MEETING.position()] * Activity.MEETING.mark);
    if (!activity.isAnswered()) {
      return 1 - own * meeting;
    }
    double answered = Math.exp(-ofInterest[Activity.CALL.position()] * answerEffect) * meeting;
    double either = PlantedTruth.UNANSWERED + (1 - PlantedTruth.UNANSWERED) * answered;
    return 1 - own * either;
  }

  private static double touchJump(double[] ofInterest, double answerEffect) {
    double reply =
        PlantedTruth.REPLY_CHANCE * Math.exp(-PlantedTruth.REPLY_LOSS_BY_FATIGUE * MEAN_FATIGUE);
    double mail = PlantedTruth.TOUCH_BY_MAIL;
    return mail * PlantedTruth.OPEN_CHANCE * jump(Activity.EMAIL_OPEN, ofInterest, answerEffect)
        + mail * PlantedTruth.CLICK_CHANCE * jump(Activity.EMAIL_CLICK, ofInterest, answerEffect)
        + mail * reply * jump(Activity.EMAIL_REPLY, ofInterest, answerEffect)
        + (1 - mail) * reply * jump(Activity.OUTREACH_REPLY, ofInterest, answerEffect);
  }

  /** A, C and B of one hazard factor at the full horizon. */
  private static final class Row {
    private final double constant;
    private final double ofProject;
    private final double[] ofInterest;

    Row(double constant, double ofProject, double[] ofInterest) {
      this.constant = constant;
      this.ofProject = ofProject;
      this.ofInterest = ofInterest;
    }

    double exponent(Interest interest, double comingAnswers, double comingMeetings) {
      double sum = constant + ofProject * interest.project();
      for (int signal = 0; signal < ofInterest.length; signal++) {
        sum += ofInterest[signal] * interest.of(signal);
      }
      return sum
          + ofInterest[Activity.CALL.position()] * comingAnswers
          + ofInterest[Activity.MEETING.position()] * comingMeetings * Activity.MEETING.mark;
    }
  }
}
