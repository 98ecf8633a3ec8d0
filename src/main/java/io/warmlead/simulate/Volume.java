package io.warmlead.simulate;

/**
 * How much idle activity is logged, so that the export has the wanted number of rows.
 *
 * <p>What leads do out of interest is planted and stays as it is. Round it, idle rows are added:
 * further pages of a visit, and the browsing of readers. If even that is too much, only a share of
 * the passing rows ({@link Activity#isPassing}) is logged, as by a company with little tracking.
 *
 * @param pagesPerVisit mean number of further pages viewed in a visit
 * @param readingPerDay idle page views per day of a reader
 * @param tracked share of passing rows that is logged, 0 to 1
 */
record Volume(double pagesPerVisit, double readingPerDay, double tracked) {
  private static final int SAMPLE = 4_000;
  private static final double READING_PER_PAGE = 0.15;

  /** Fits the volume to the plan by living a sample of the leads without writing. */
  static Volume fit(SimulationPlan plan, CompanyCalendar calendar, ConversionOutlook outlook) {
    Counter counter = new Counter(calendar);
    int step = Math.max(1, plan.leads() / SAMPLE);
    int sampled = 0;
    for (int number = step / 2; number < plan.leads(); number += step) {
      Lead lead = Lead.of(plan.seed(), number, plan.leads(), calendar);
      LeadLife.live(lead, plan.seed(), calendar, outlook, counter);
      sampled++;
    }
    double wanted = (double) plan.events() * sampled / plan.leads() / (1 + Dirt.addedRows());
    double idle = wanted - counter.lasting - counter.passing;
    if (idle >= 0) {
      double pages = idle / (counter.visits + READING_PER_PAGE * counter.readerDays);
      return new Volume(pages, READING_PER_PAGE * pages, 1);
    }
    return new Volume(0, 0, Math.max(0, (wanted - counter.lasting) / counter.passing));
  }

  /** Counts what a sample of leads does. */
  private static final class Counter implements LeadLog {
    private final CompanyCalendar calendar;
    private double lasting;
    private double passing;
    private double visits;
    private double readerDays;

    Counter(CompanyCalendar calendar) {
      this.calendar = calendar;
    }

    @Override
    public void engaged(Lead lead, double time, Activity activity) {
      if (activity.isPassing()) {
        passing++;
      } else {
        lasting++;
      }
      if (activity.isVisit()) {
        visits++;
      }
    }

    @Override
    public void asOf(Lead lead, double time, double interest, double probability) {}

    @Override
    public void ended(Lead lead, LeadStory story) {
      if (lead.isReader()) {
        readerDays += Math.min(calendar.end(), story.closedAt()) - lead.created();
      }
    }
  }
}
