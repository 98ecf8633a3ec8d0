package io.warmlead.report;

import static j2html.TagCreator.bdi;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import io.warmlead.report.NightView.SaveLead;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whom to talk to before another silent week. */
final class SaveSection {
  private static final String TITLE = "Save today";
  private static final String TABLE = "save_today";

  private SaveSection() {}

  static Optional<Section> of(NightView night) {
    if (night.saveToday().isEmpty()) {
      return Optional.empty();
    }
    SaveLead first = night.saveToday().get(0);
    return Optional.of(
        Section.of(
            "save",
            TITLE,
            p(
                text("Another silent week costs "),
                bdi(first.leadId()),
                text(
                    " most: from "
                        + Numbers.percent(first.probability())
                        + " to "
                        + Numbers.percent(first.probability() - first.atRisk())
                        + ".")),
            table(night)));
  }

  private static DomContent table(NightView night) {
    ReportTable table =
        ReportTable.captioned("Leads that silence costs", TABLE)
            .words("Lead")
            .words("Tier")
            .numbers("Probability")
            .numbers("After a silent week")
            .numbers("Cold in")
            .words("Next")
            .stacked();
    for (SaveLead lead : night.saveToday()) {
      table.row(
          bdi(lead.leadId()).withClass("lead"),
          text(night.label(lead.tier())),
          text(Numbers.percent(lead.probability())),
          text(Numbers.percent(lead.probability() - lead.atRisk())),
          text(
              lead.daysToCold()
                  .map(days -> Numbers.counted(days, "day"))
                  .orElse("beyond the forecast")),
          next(lead.nextAction()));
    }
    return table.build();
  }

  /** An action as people say it, with what to talk about. */
  static DomContent next(NextStep step) {
    List<DomContent> said = new ArrayList<>();
    said.add(text(step.action().replace('_', ' ')));
    step.about().ifPresent(asset -> said.addAll(List.of(text(", about "), bdi(asset))));
    step.then().ifPresent(asset -> said.addAll(List.of(text(", then "), bdi(asset))));
    return each(said.toArray(DomContent[]::new));
  }
}
