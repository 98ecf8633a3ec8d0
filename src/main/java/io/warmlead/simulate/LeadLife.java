package io.warmlead.simulate;

import java.util.SplittableRandom;

/**
 * One lead's life from creation to its closing or the calendar's end.
 *
 * <p>Rates between events only fall, except for the rhythm of the week, whose peak bounds it: so
 * events are drawn by thinning (Ogata 1981, "On Lewis' simulation method for point processes").
 * Rates are those of {@link Dynamics}.
 */
final class LeadLife {
  private static final double MINUTE = 1.0 / 1_440;

  private final Lead lead;
  private final CompanyCalendar calendar;
  private final ConversionOutlook outlook;
  private final LeadLog log;
  private final SplittableRandom random;
  private final Dynamics dynamics;
  private final Interest interest;
  private final Agenda agenda = new Agenda();
  private final LeadStory story = new LeadStory();
  private final Outreach outreach;
  private final double hazardFactor;

  private LeadLife(
      Lead lead,
      CompanyCalendar calendar,
      ConversionOutlook outlook,
      LeadLog log,
      SplittableRandom random) {
    this.lead = lead;
    this.calendar = calendar;
    this.outlook = outlook;
    this.log = log;
    this.random = random;
    dynamics = Dynamics.of(lead.segment());
    interest = new Interest(lead.segment(), lead.created());
    outreach = new Outreach(lead, agenda, random);
    hazardFactor = lead.hazardFactor();
  }

  /** Lives the life of a lead, reporting it to the log. */
  static void live(
      Lead lead, long seed, CompanyCalendar calendar, ConversionOutlook outlook, LeadLog log) {
    new LeadLife(lead, calendar, outlook, log, Streams.LIFE.of(seed, lead.number())).live();
  }

  private void live() {
    arrive();
    double now = lead.created();
    double monday = calendar.firstMonday() + 7 * Math.ceil((now - calendar.firstMonday()) / 7);
    while (story.isOpen() && now < calendar.end()) {
      double bound = bound();
      double candidate = now + random.nextExponential() / bound;
      double planned = Math.min(agenda.next(), Math.min(monday, calendar.end()));
      now = Math.min(candidate, planned);
      interest.advanceTo(now);
      if (candidate < planned) {
        happen(now, random.nextDouble() * bound);
      } else if (now == agenda.next()) {
        follow(agenda.take());
      } else if (now == monday) {
        lookAhead(now);
        monday += 7;
      }
    }
    log.ended(lead, story);
  }

  private void arrive() {
    double size =
        gamma()
            * lead.source().projectFactor
            * Math.exp(PlantedTruth.PROJECT_BY_QUALITY * lead.quality());
    interest.beginProject(size);
    lead.source().firstActivity().ifPresent(first -> signal(lead.created() + MINUTE / 60, first));
  }

  /** An upper bound of all rates until something happens. */
  private double bound() {
    return CompanyCalendar.AUDIENCE_PEAK
            * (Dynamics.projectSignals(interest.project())
                + dynamics.interestSignals(interest.total()))
        + CompanyCalendar.BUSINESS_PEAK
            * (Dynamics.touches(interest.total(), lead.owner())
                + Dynamics.conversion(interest.total(), hazardFactor))
        + PlantedTruth.PROJECT_RATE;
  }

  /** Picks what happens, or nothing, by the rates at the instant. */
  private void happen(double now, double draw) {
    double audience = calendar.audience(now);
    double office = calendar.business(now);
    double rest = draw - audience * Dynamics.projectSignals(interest.project());
    if (rest < 0) {
      signal(now, Activity.ofProject(random.nextDouble()));
      return;
    }
    rest -= audience * dynamics.interestSignals(interest.total());
    if (rest < 0) {
      signal(now, Activity.ofInterest(random.nextDouble()));
      return;
    }
    rest -= office * Dynamics.touches(interest.total(), lead.owner());
    if (rest < 0) {
      outreach.touch(now, interest, log);
      return;
    }
    rest -= office * Dynamics.conversion(interest.total(), hazardFactor);
    if (rest < 0) {
      story.close(LeadStory.Close.WON, now);
      return;
    }
    rest -= PlantedTruth.PROJECT_RATE;
    if (rest < 0) {
      double size = gamma();
      boolean isCold = interest.total() < PlantedTruth.COLD_INTEREST;
      story.began(new LeadStory.Spell(now, size, isCold));
      interest.beginProject(size);
    }
  }

  /** The lead acts. */
  private void signal(double now, Activity activity) {
    log.engaged(lead, now, activity);
    interest.raise(activity, activity.mark);
    if (activity.isAnswered()) {
      double answer = Response.answeredAt(now, lead.quality(), lead.owner(), calendar, random);
      Activity how =
          random.nextDouble() < PlantedTruth.ANSWERED_BY_CALL
              ? Activity.CALL
              : Activity.OUTREACH_SENT;
      if (answer < Double.POSITIVE_INFINITY) {
        agenda.plan(answer, how, Response.effect(answer - now), activity.meetingChance);
      }
    } else {
      meetAfter(now, activity.meetingChance);
    }
  }

  /** A planned step takes place. */
  private void follow(Agenda.Step step) {
    if (step.activity() == Activity.UNSUBSCRIBE) {
      outreach.stop();
      story.unsubscribed(step.time());
      log.engaged(lead, step.time(), step.activity());
    } else if (Agenda.isAnswer(step.activity())) {
      log.engaged(lead, step.time(), step.activity());
      interest.raise(Activity.CALL, step.mark());
      meetAfter(step.time(), step.meetingChance());
    } else if (step.activity() == Activity.BOUNCE) {
      outreach.stop();
      log.engaged(lead, step.time(), step.activity());
    } else {
      signal(step.time(), step.activity());
    }
  }

  private void meetAfter(double now, double chance) {
    if (chance > 0 && random.nextDouble() < chance) {
      double wait = PlantedTruth.MEETING_DELAY * random.nextExponential();
      agenda.plan(calendar.nextBusinessInstant(now + wait), Activity.MEETING, 0, 0);
    }
  }

  /** A weekly as-of instant: writes down the truth; cold old leads may be given up. */
  private void lookAhead(double now) {
    double probability =
        outlook.probability(
            lead,
            interest,
            agenda.comingAnswers(),
            agenda.comingMeetings(),
            outreach.isReachable());
    log.asOf(lead, now, interest.total(), probability);
    if (lead.isLossRecorded()
        && now - lead.created() > PlantedTruth.LOSS_AGE
        && interest.total() < PlantedTruth.COLD_INTEREST
        && random.nextDouble() < PlantedTruth.LOSS_WEEKLY_CHANCE) {
      double lost = calendar.nextBusinessInstant(now + 0.3 + 0.1 * random.nextDouble());
      if (lost < calendar.end()) {
        story.close(LeadStory.Close.LOST, lost);
      }
    }
  }

  /** Size of a project: gamma with a whole shape is a sum of exponentials. */
  private double gamma() {
    double sum = 0;
    for (int part = 0; part < PlantedTruth.PROJECT_SHAPE; part++) {
      sum += random.nextExponential();
    }
    return sum * PlantedTruth.PROJECT_MEAN / PlantedTruth.PROJECT_SHAPE;
  }
}
