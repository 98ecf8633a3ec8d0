package io.warmlead.simulate;

import java.util.Locale;
import java.util.SplittableRandom;

/** Rows of the lead and outcome exports. Times are local, without zone. */
final class CrmExport {
  static final String LEADS_HEADER =
      "Contact ID,Email,Created,Lead Source,Company Size,Industry,Employees,Country,Language,"
          + "Account,Referred By,Owner,Budget,Authority,Need,Timeline";
  static final String OUTCOMES_HEADER = "Contact,Result,Closed,Amount";

  private final CompanyCalendar calendar;
  private final CsvLine line = new CsvLine();
  private final GzipText leads = new GzipText();
  private final GzipText outcomes = new GzipText();
  private long conversions;

  CrmExport(CompanyCalendar calendar) {
    this.calendar = calendar;
  }

  GzipText leads() {
    return leads;
  }

  GzipText outcomes() {
    return outcomes;
  }

  long conversions() {
    return conversions;
  }

  void lead(Lead lead) {
    lead.appendId(line.clear());
    line.append(",lead").digits(lead.number(), 7).append("@example.com,");
    calendar.appendLocal(line, lead.created());
    line.comma().append(lead.source().label);
    line.comma().append(lead.segment().label);
    line.comma().append(lead.account().industry());
    line.comma().digits(lead.account().employees(), 1);
    line.comma().append(lead.account().country());
    line.comma().append(lead.account().language());
    line.append(",A-").digits(lead.account().number(), 6).comma();
    if (lead.referrer() >= 0) {
      Lead.appendId(line, lead.referrer());
    }
    line.comma().append(Owners.name(lead.owner()));
    line.comma().append(lead.budget());
    line.comma().append(lead.authority());
    line.comma().append(lead.need());
    line.comma().append(lead.timeline());
    leads.write(line);
  }

  /** The lead's closing, if it closed, and the churn that may follow a won deal. */
  void outcome(Lead lead, LeadStory story, SplittableRandom random) {
    if (story.isOpen()) {
      return;
    }
    write(lead, story.close().name().toLowerCase(Locale.ROOT), story.closedAt());
    if (story.isWon()) {
      conversions++;
      double churn = calendar.nextBusinessInstant(story.closedAt() + 30 + 60 * random.nextDouble());
      if (random.nextDouble() < PlantedTruth.CHURN_SHARE && churn < calendar.end()) {
        write(lead, "churned", churn);
      }
    }
  }

  private void write(Lead lead, String result, double time) {
    lead.appendId(line.clear());
    line.comma().append(result).comma();
    calendar.appendLocal(line, time);
    line.comma();
    if (result.equals("won")) {
      line.decimal(lead.deal(), 2);
    }
    outcomes.write(line);
  }
}
