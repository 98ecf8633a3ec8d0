package io.warmlead.simulate;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The engagements of one lead after another as the company exports them, with idle activity and
 * dirt. A row stands in the export of the month, or of the last day, in which it was received; what
 * would be received after the calendar's end is not exported yet.
 */
final class EngagementExport {
  private static final double SECOND = 1.0 / CompanyCalendar.SECONDS_PER_DAY;
  private static final double WINNERS_WHO_USE = 0.3;
  private static final List<Dirt> WITH_ROWS =
      List.of(Dirt.values()).stream().filter(kind -> kind != Dirt.LATE).toList();

  private final CompanyCalendar calendar;
  private final Volume volume;
  private final List<GzipText> exports;
  private final DirtCounts dirtCounts = new DirtCounts();
  private final CsvLine line = new CsvLine();
  private final long seed;
  private SplittableRandom random = new SplittableRandom(0);
  private SplittableRandom dirt = new SplittableRandom(0);
  private EngagementRow rows;

  EngagementExport(CompanyCalendar calendar, Volume volume, long seed) {
    this.calendar = calendar;
    this.volume = volume;
    this.seed = seed;
    exports = calendar.exports().stream().map(export -> new GzipText()).toList();
  }

  /** Rows by export. */
  List<GzipText> exports() {
    return exports;
  }

  /** Planted dirt. */
  DirtCounts dirtCounts() {
    return dirtCounts;
  }

  /** Begins the rows of a lead. */
  void begin(Lead lead) {
    random = Streams.EXPORT.of(seed, lead.number());
    dirt = Streams.DIRT.of(seed, lead.number());
    rows = new EngagementRow(calendar, random, line, lead);
  }

  /** An engagement, with the further pages of the visit. */
  void engaged(double time, Activity activity) {
    if (!activity.isPassing() || volume.tracked() >= 1 || random.nextDouble() < volume.tracked()) {
      export(time, activity);
    }
    if (activity.isVisit()) {
      double viewed = time;
      for (int page = geometric(volume.pagesPerVisit()); page > 0; page--) {
        viewed += SECOND * (5 + 60 * random.nextExponential());
        export(viewed, Activity.PAGE_VIEW);
      }
    }
  }

  /** Idle reading while the lead was open, and a customer's first steps after. */
  void ended(Lead lead, LeadStory story) {
    double until = Math.min(calendar.end(), story.closedAt());
    if (lead.isReader()) {
      double from = calendar.quantileAt(lead.created());
      double width = calendar.quantileAt(until) - from;
      int views = geometric(volume.readingPerDay() * (until - lead.created()));
      for (int view = 0; view < views; view++) {
        double viewed = calendar.instantAt(from + width * random.nextDouble());
        export(Math.min(viewed, until - SECOND), Activity.PAGE_VIEW);
      }
    }
    if (story.isWon() && random.nextDouble() < WINNERS_WHO_USE) {
      for (int use = geometric(3); use > 0; use--) {
        export(until + 10 * random.nextExponential(), Activity.PRODUCT_USE);
      }
    }
  }

  /** Writes a proper row, and the dirt that may come with it. */
  private void export(double time, Activity activity) {
    double received = receivedAt(time, activity);
    if (received >= calendar.end()) {
      return;
    }
    rows.proper(time, received, activity);
    int export = calendar.exportAt(received);
    exports.get(export).write(line);
    countLate(time, received);
    double draw = dirt.nextDouble();
    for (Dirt kind : WITH_ROWS) {
      draw -= kind.share;
      if (draw < 0) {
        int target = kind == Dirt.REEXPORTED ? export + 1 : export;
        if (target < exports.size()) {
          soil(kind, time, received);
          exports.get(target).write(line);
          dirtCounts.count(kind);
        }
        return;
      }
    }
  }

  /** Builds one more row with something wrong; the line still holds the proper one. */
  private void soil(Dirt kind, double time, double received) {
    switch (kind) {
      case DUPLICATE, REEXPORTED -> {}
      case UNMAPPED -> {
        rows.proper(time, received, Activity.UNMAPPED);
        countLate(time, received);
      }
      case IGNORED -> {
        rows.proper(time, received, Activity.IGNORED);
        countLate(time, received);
      }
      case UNKNOWN_LEAD -> {
        rows.ofUnknownLead(time, received);
        countLate(time, received);
      }
      case MISSING_CONTACT -> rows.withoutContact(time, received);
      case BROKEN_TIMESTAMP -> rows.withTimestamp("32.13.2026 25:61", received);
      case FUTURE_CLOCK -> rows.withTimestamp("2099-01-01 00:00:00", received);
      case MISSING_ACTIVITY -> rows.withoutActivity(time, received);
      case RAGGED -> rows.withTooFewCells(time);
      case GARBAGE -> rows.garbage();
      case LATE -> throw new IllegalArgumentException("lateness adds no row");
    }
  }

  private void countLate(double time, double received) {
    if (CompanyCalendar.second(received) - CompanyCalendar.second(time)
        > CompanyCalendar.SECONDS_PER_DAY) {
      dirtCounts.count(Dirt.LATE);
    }
  }

  private double receivedAt(double time, Activity activity) {
    double received = time + SECOND * (1 + 90 * dirt.nextExponential());
    if (dirt.nextDouble() < Dirt.LATE.share) {
      return received + 1.1 + 4 * dirt.nextExponential();
    }
    return activity == Activity.EVENT_ATTENDED ? received + 0.5 + dirt.nextDouble() : received;
  }

  /** A whole number from nought on with the given mean. */
  private int geometric(double mean) {
    if (mean <= 0) {
      return 0;
    }
    return (int) (random.nextExponential() / Math.log1p(1 / mean));
  }
}
