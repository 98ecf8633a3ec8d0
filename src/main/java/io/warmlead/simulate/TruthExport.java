package io.warmlead.simulate;

/** Rows of the planted truth: one per lead, and one per lead and weekly as-of date while open. */
final class TruthExport {
  static final String LEADS_HEADER =
      "lead_id,segment,source,quality,can_convert,hazard_factor,owner,created_at,unsubscribed_at,"
          + "closed_at,outcome,projects,rewarmings";
  static final String PROBABILITIES_HEADER = "as_of,lead_id,probability,interest";

  private final CompanyCalendar calendar;
  private final CsvLine line = new CsvLine();
  private final GzipText leads = new GzipText();
  private final GzipText probabilities = new GzipText();

  TruthExport(CompanyCalendar calendar) {
    this.calendar = calendar;
  }

  GzipText leads() {
    return leads;
  }

  GzipText probabilities() {
    return probabilities;
  }

  void asOf(Lead lead, double time, double interest, double probability) {
    line.clear().append(calendar.firstDay().plusDays(Math.round(time)).toString()).comma();
    lead.appendId(line);
    line.comma().decimal(probability, 8).comma().decimal(interest, 5);
    probabilities.write(line);
  }

  void ended(Lead lead, LeadStory story) {
    lead.appendId(line.clear());
    line.comma().append(lead.segment().label);
    line.comma().append(lead.source().label);
    line.comma().decimal(lead.quality(), 4);
    line.comma().append(String.valueOf(lead.canConvert()));
    line.comma().decimal(lead.hazardFactor(), 5);
    line.comma().append(Owners.name(lead.owner())).comma();
    instant(lead.created());
    instant(story.unsubscribedAt());
    instant(story.closedAt());
    line.append(story.isOpen() ? "" : story.isWon() ? "won" : "lost");
    spells(story, false);
    spells(story, true);
    leads.write(line);
  }

  /** Instants at which later projects began, or those that found the lead cold. */
  private void spells(LeadStory story, boolean onlyRewarming) {
    line.comma();
    boolean isFirst = true;
    for (LeadStory.Spell spell : story.spells()) {
      if (spell.isRewarming() || !onlyRewarming) {
        if (!isFirst) {
          line.append(';');
        }
        isFirst = false;
        calendar.appendUniversal(line, spell.began());
      }
    }
  }

  private void instant(double time) {
    if (time < calendar.end()) {
      calendar.appendUniversal(line, time);
    }
    line.comma();
  }
}
