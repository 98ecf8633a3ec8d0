package io.warmlead.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.text;

import io.warmlead.report.BarChart.Bar;
import io.warmlead.report.Insights.Funnel;
import io.warmlead.report.Insights.FunnelStage;
import j2html.tags.DomContent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How far leads come, stage by stage. */
final class FunnelSection {
  private static final String TITLE = "Funnel";
  private static final String TABLE = "funnel";

  private FunnelSection() {}

  static Optional<Section> of(NightView night) {
    if (night.scoreDate().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        night
            .insights()
            .funnel()
            .map(
                funnel ->
                    Section.of(
                        "funnel", TITLE, div(chart(funnel), table(funnel)).withClass("silence")))
            .orElseGet(
                () ->
                    Section.of(
                        "funnel",
                        TITLE,
                        Section.sentence("No week's entry window is over yet.", TABLE))));
  }

  private static DomContent chart(Funnel funnel) {
    String sentence = sentence(funnel);
    List<Bar> bars =
        funnel.stages().stream()
            .map(
                stage ->
                    new Bar(
                        stage.stage(),
                        0,
                        stage.share().value(),
                        Numbers.percent(stage.share().value())))
            .toList();
    return figure(
        figcaption(
            text(sentence + " "),
            Section.legend(
                "Bars: share of all leads that entered. A lead that jumps a stage counts as having"
                    + " passed it."),
            Section.source(TABLE)),
        BarChart.draw(sentence, bars, 1));
  }

  static String sentence(Funnel funnel) {
    List<FunnelStage> stages = funnel.stages();
    FunnelStage last = stages.get(stages.size() - 1);
    String entered =
        String.format(
            "Of %s created in the weeks from %s to %s, %s %s",
            Numbers.counted(funnel.entered(), "lead"),
            Numbers.date(funnel.firstWeek()),
            Numbers.date(funnel.lastWeek()),
            Numbers.percent(last.share().value()),
            last.stage());
    return stages.stream()
        .filter(stage -> stage.before().filter(before -> before >= DotChart.FEWEST).isPresent())
        .min(Comparator.comparingDouble(FunnelSection::passed))
        .map(
            narrowest ->
                String.format(
                    "%s; the narrowest step is to %s, which %s of the stage before reach.",
                    entered, narrowest.stage(), Numbers.percent(passed(narrowest))))
        .orElse(entered + ".");
  }

  private static double passed(FunnelStage stage) {
    return stage.before().map(before -> (double) stage.leads() / before).orElse(1D);
  }

  private static DomContent table(Funnel funnel) {
    ReportTable table =
        ReportTable.captioned("Leads that reached each stage within the entry window", TABLE)
            .words("Stage")
            .numbers("Leads")
            .numbers("Of the stage before")
            .numbers("Of all")
            .numbers("95\u00a0% interval");
    for (FunnelStage stage : funnel.stages()) {
      table.row(
          text(stage.stage()),
          text(Numbers.count(stage.leads())),
          text(stage.before().isPresent() ? Numbers.percent(passed(stage)) : ""),
          text(Numbers.percent(stage.share().value())),
          text(Numbers.interval(stage.share())));
    }
    return table.build();
  }
}
