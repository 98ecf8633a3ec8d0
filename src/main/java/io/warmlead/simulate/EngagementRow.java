package io.warmlead.simulate;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One row of the engagement export, proper or broken, built in a line that is reused.
 *
 * <p>Mail tools export times with their offset, the product in universal time, everything else
 * local time without zone. Received has the same form as the timestamp.
 */
final class EngagementRow {
  static final String HEADER =
      "Event ID,Contact,Timestamp,Received,Activity,Channel,Asset,Value,Cost";
  static final String GARBAGE = "## export interrupted %$ #REF!";

  private static final String IDLE_PAGE = ",Viewed Page,Website,/,,";

  private final CompanyCalendar calendar;
  private final SplittableRandom random;
  private final CsvLine line;
  private final Lead lead;
  private int sequence;

  /**
   * Rows of one lead.
   *
   * @param random picks among names and assets
   */
  EngagementRow(CompanyCalendar calendar, SplittableRandom random, CsvLine line, Lead lead) {
    this.calendar = calendar;
    this.random = random;
    this.line = line;
    this.lead = lead;
  }

  void proper(double time, double received, Activity activity) {
    start();
    lead.appendId(line);
    rest(time, received, activity);
  }

  void ofUnknownLead(double time, double received) {
    start();
    line.append("V-").digits(lead.number(), 7);
    rest(time, received, Activity.PAGE_VIEW);
  }

  void withoutContact(double time, double received) {
    start();
    rest(time, received, Activity.PAGE_VIEW);
  }

  void withTimestamp(String timestamp, double received) {
    start();
    lead.appendId(line);
    line.comma().append(timestamp).comma();
    calendar.appendLocal(line, received);
    line.append(IDLE_PAGE);
  }

  void withoutActivity(double time, double received) {
    start();
    lead.appendId(line);
    calendar.appendLocal(line.comma(), time);
    calendar.appendLocal(line.comma(), received);
    line.append(",,Website,/,,");
  }

  void withTooFewCells(double time) {
    start();
    lead.appendId(line);
    calendar.appendLocal(line.comma(), time);
  }

  void garbage() {
    line.clear().append(GARBAGE);
  }

  private void start() {
    line.clear().append('E').digits(lead.number(), 7).append('-').digits(sequence++, 5).comma();
  }

  private void rest(double time, double received, Activity activity) {
    instant(time, activity);
    instant(received, activity);
    line.comma().append(any(activity.rawNames));
    line.comma().append(activity.channel);
    line.comma().append(any(activity.assets)).comma();
    if (activity == Activity.QUOTE_REQUEST) {
      line.decimal(lead.deal(), 2);
    }
    line.comma();
    if (activity.costCents > 0) {
      line.digits(activity.costCents / 100, 1).append('.').digits(activity.costCents % 100, 2);
    }
  }

  private void instant(double time, Activity activity) {
    line.comma();
    switch (activity.channel) {
      case "Email" -> calendar.appendWithOffset(line, time);
      case "Product" -> calendar.appendUniversal(line, time);
      default -> calendar.appendLocal(line, time);
    }
  }

  private String any(List<String> values) {
    return values.size() == 1 ? values.get(0) : values.get(random.nextInt(values.size()));
  }
}
