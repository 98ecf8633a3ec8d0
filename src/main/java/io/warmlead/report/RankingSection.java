package io.warmlead.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.text;

import io.warmlead.report.Insights.Estimate;
import io.warmlead.report.Insights.Rival;
import io.warmlead.report.Insights.Top;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How many of the conversions those reach who start with the best leads. */
final class RankingSection {
  private static final String TITLE = "Whom to call first";
  private static final String TABLE = "model_metrics";
  private static final int USUAL = 10;

  private RankingSection() {}

  static Optional<Section> of(NightView night) {
    if (night.scoreDate().isEmpty() || night.model().isEmpty()) {
      return Optional.empty();
    }
    List<Top> tops = night.insights().tops();
    if (tops.isEmpty()) {
      return Optional.of(
          Section.of(
              "ranking",
              TITLE,
              Section.sentence("No measures of the ranking are stored for this model.", TABLE)));
    }
    return Optional.of(
        Section.of(
            "ranking", TITLE, div(figure(night.insights()), table(tops)).withClass("beside")));
  }

  private static DomContent figure(Insights insights) {
    String sentence = sentence(insights.tops(), insights.rivals());
    return TagCreator.figure(
        figcaption(
            text(sentence + " "),
            Section.legend(
                "Lines: 95\u00a0% interval. Dashed: calling at random."
                    + (insights.rivals().isEmpty() ? "" : " Hollow: simpler rankings.")),
            Section.source(TABLE)),
        RankingFigure.draw(sentence, insights.tops(), insights.rivals()));
  }

  static String sentence(List<Top> tops, List<Rival> rivals) {
    Top top =
        tops.stream()
            .filter(some -> some.share() == USUAL)
            .findFirst()
            .orElse(tops.get(tops.size() - 1));
    Optional<Rival> best =
        top.share() == USUAL
            ? rivals.stream()
                .max(Comparator.comparingDouble((Rival rival) -> rival.capture().value()))
            : Optional.empty();
    return String.format(
        "On the test dates, the best %d\u00a0%% of the leads made %s of the conversions%s, %s times"
            + " as many as chance gives%s.",
        top.share(),
        Numbers.percent(top.capture().value()),
        Numbers.bracketed(top.capture()),
        Numbers.decimal(top.lift().value(), 1),
        best.map(
                rival ->
                    "; the best "
                        + USUAL
                        + "\u00a0% by "
                        + rival.name()
                        + " made "
                        + Numbers.percent(rival.capture().value()))
            .orElse(""));
  }

  private static DomContent table(List<Top> tops) {
    ReportTable table =
        ReportTable.captioned("Conversions among the best leads", TABLE)
            .words("Best")
            .numbers("Share of conversions")
            .numbers("Times chance")
            .numbers("95\u00a0% interval");
    for (Top top : tops) {
      Estimate lift = top.lift();
      table.row(
          text(top.share() + "\u00a0%"),
          text(Numbers.percent(top.capture().value())),
          text(Numbers.decimal(lift.value(), 2)),
          text(
              lift.low() == null || lift.high() == null
                  ? Numbers.UNKNOWN
                  : Numbers.decimal(lift.low(), 2) + " to " + Numbers.decimal(lift.high(), 2)));
    }
    return table.build();
  }
}
