package io.warmlead.report;

import static j2html.TagCreator.bdi;
import static j2html.TagCreator.details;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

import io.warmlead.report.DotChart.Mark;
import io.warmlead.report.Insights.Estimate;
import io.warmlead.report.Insights.Shift;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** How far the world has moved since the model took over. */
final class DriftSection {
  private static final String TITLE = "Drift";
  private static final String TABLE = "drift";
  private static final int MOST_FEATURES = 12;
  private static final double MOVED = 0.1;
  private static final double DRIFTED = 0.25;

  private DriftSection() {}

  static Optional<Section> of(NightView night) {
    if (night.scoreDate().isEmpty() || night.model().isEmpty()) {
      return Optional.empty();
    }
    List<Shift> shifts = night.insights().shifts();
    if (indexed(shifts).isEmpty()) {
      return Optional.of(
          Section.of("drift", TITLE, Section.sentence("Nothing was measured tonight.", TABLE)));
    }
    return Optional.of(Section.of("drift", TITLE, chart(shifts), table(shifts)));
  }

  /** What is measured by the stability index: the score first, then the features. */
  private static List<Shift> indexed(List<Shift> shifts) {
    return Stream.concat(
            shifts.stream().filter(shift -> shift.kind().equals("score")),
            shifts.stream().filter(shift -> shift.kind().equals("feature")))
        .toList();
  }

  private static DomContent chart(List<Shift> shifts) {
    List<Shift> shown = indexed(shifts).stream().limit(1 + MOST_FEATURES).toList();
    DotChart chart =
        DotChart.ofNumbers(
                shown.stream()
                    .map(
                        shift ->
                            new Mark(
                                Numbers.words(shift.name()),
                                style(shift),
                                (double) DotChart.FEWEST,
                                new Estimate(shift.value(), null, null),
                                OptionalDouble.empty()))
                    .toList(),
                "population stability index")
            .guidedBy(MOVED, "moved")
            .guidedBy(DRIFTED, "drifted");
    String sentence = sentence(shifts);
    int hidden = indexed(shifts).size() - shown.size();
    return figure(
        figcaption(
            text(sentence + " "),
            Section.legend(
                "0: distributed as on that night."
                    + (hidden > 0 ? " " + hidden + " features that moved less are left out." : "")),
            Section.source(TABLE)),
        chart.draw(sentence));
  }

  /** Classes are written by us alone, never taken from data. */
  private static String style(Shift shift) {
    return switch (shift.state()) {
      case "drifted" -> "hot";
      case "moved" -> "warm";
      default -> "";
    };
  }

  static String sentence(List<Shift> shifts) {
    List<Shift> features = shifts.stream().filter(shift -> shift.kind().equals("feature")).toList();
    long drifted = features.stream().filter(shift -> shift.state().equals("drifted")).count();
    Shift first = indexed(shifts).get(0);
    String score =
        shifts.stream()
            .filter(shift -> shift.kind().equals("score"))
            .findFirst()
            .map(
                shift ->
                    String.format(
                        "the probabilities %s (index %s) and ",
                        shift.state().equals("steady") ? "are steady" : "have " + shift.state(),
                        Numbers.decimal(shift.value(), 3)))
            .orElse("");
    String most =
        features.isEmpty()
            ? ""
            : String.format(
                "; farthest: %s (%s)",
                Numbers.words(features.get(0).name()), Numbers.decimal(features.get(0).value(), 3));
    return String.format(
        "Since %s %s%d of %s drifted%s.",
        Numbers.date(first.since()),
        score,
        drifted,
        Numbers.counted(features.size(), "feature"),
        most);
  }

  /** Mostly of what stayed as it was: not worth paper. */
  private static DomContent table(List<Shift> shifts) {
    ReportTable table =
        ReportTable.captioned("What has moved, and what chance alone would move", TABLE)
            .words("Measured")
            .words("Name")
            .numbers("Value")
            .numbers("By chance up to")
            .words("State");
    for (Shift shift : shifts) {
      table.row(
          text(Numbers.words(shift.kind())),
          bdi(Numbers.words(shift.name())),
          text(Numbers.decimal(shift.value(), 3)),
          text(shift.noise() == null ? "" : Numbers.decimal(shift.noise(), 3)),
          text(shift.state()));
    }
    return details(summary("All that is measured"), table.build()).withClass("screen");
  }
}
