package io.warmlead.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.text;

import io.warmlead.report.Insights.Flow;
import io.warmlead.report.NightView.Counted;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What changed since the scoring before. */
final class MoveSection {
  private static final String TITLE = "Moves";
  private static final String TABLE = "tier_transitions";
  private static final Map<String, String> MEANINGS =
      Map.of(
          "heated", "rose to a warmer tier",
          "cooled", "fell to a colder tier",
          "rewarmed", "came back after a cold spell or a silence",
          "new", "scored for the first time, or opened again after it was closed",
          "closed", "no longer scored: converted, lost or otherwise closed",
          "policy", "moved by the rules, the model or its level");

  private MoveSection() {}

  static Optional<Section> of(NightView night) {
    if (night.scoreDate().isEmpty()) {
      return Optional.empty();
    }
    if (night.moves().isEmpty()) {
      return Optional.of(
          Section.of(
              "moves",
              TITLE,
              Section.sentence(
                  "Since the scoring before, no lead came, went or changed its tier.", TABLE)));
    }
    ReportTable table =
        ReportTable.captioned("Leads by kind of move since the scoring before", TABLE)
            .words("Move")
            .numbers("Leads")
            .words("Meaning");
    for (Counted move : night.moves()) {
      table.row(
          text(Numbers.words(move.name())),
          text(Numbers.count(move.count())),
          text(MEANINGS.getOrDefault(move.name(), "")));
    }
    List<Flow> flows = night.insights().flows();
    return Optional.of(
        flows.isEmpty()
            ? Section.of("moves", TITLE, table.build())
            : Section.of(
                "moves", TITLE, div(FlowFigure.of(flows), table.build()).withClass("silence")));
  }
}
