package io.warmlead.report;

import static j2html.TagCreator.bdi;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.text;

import io.warmlead.report.DotChart.Mark;
import io.warmlead.report.Insights.Source;
import io.warmlead.report.Insights.Sources;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where leads come from and what touched them, and what they came to. */
final class SourceSection {
  private static final String TITLE = "Sources";
  private static final String TABLE = "source_performance";

  /** How touches share a lead out, and the heading of each. */
  private static final Map<String, String> SHARED = new LinkedHashMap<>();

  static {
    SHARED.put("first_touch", "First touch");
    SHARED.put("last_touch", "Last touch");
    SHARED.put("time_decayed", "Newer touches more");
    SHARED.put("position_based", "First and last most");
  }

  private SourceSection() {}

  static Optional<Section> of(NightView night) {
    if (night.scoreDate().isEmpty()) {
      return Optional.empty();
    }
    Sources sources = night.insights().sources();
    if (sources.own().isEmpty()) {
      return Optional.of(
          Section.of(
              "sources",
              TITLE,
              Section.sentence("No lead is old enough to judge what its source came to.", TABLE)));
    }
    return Optional.of(
        Section.of(
            "sources",
            TITLE,
            figure(sources.own()),
            table(sources.own(), sources.ofAll()),
            touched(sources.touches())));
  }

  private static DomContent figure(List<Source> own) {
    List<Mark> marks =
        own.stream()
            .filter(source -> source.rate().isPresent())
            .map(
                source ->
                    Mark.of(Numbers.words(source.source()), source.leads(), source.rate().get()))
            .toList();
    DotChart chart = DotChart.ofShares(marks, "convert within the entry window");
    String sentence = sentence(own);
    return TagCreator.figure(
        figcaption(text(sentence + " "), Section.legend(chart.legend()), Section.source(TABLE)),
        chart.draw(sentence));
  }

  /** Compares the best source with the worst, of those with enough leads. */
  static String sentence(List<Source> own) {
    List<Source> told =
        own.stream()
            .filter(source -> source.leads() >= DotChart.FEWEST && source.rate().isPresent())
            .sorted(Comparator.comparingDouble((Source source) -> -source.rate().get().value()))
            .toList();
    if (told.size() < 2) {
      return "There is only one source with enough leads: nothing to compare.";
    }
    Source best = told.get(0);
    Source worst = told.get(told.size() - 1);
    return String.format(
        "Of leads that came by %s %s converted, of those by %s %s%s.",
        Numbers.words(best.source()),
        Numbers.percent(best.rate().get().value()),
        Numbers.words(worst.source()),
        Numbers.percent(worst.rate().get().value()),
        Verdict.onFall(best.rate().get(), worst.rate().get(), told.size()));
  }

  private static DomContent table(List<Source> own, long ofAll) {
    String which =
        ofAll > own.size()
            ? "the " + own.size() + " largest of " + Numbers.counted(ofAll, "source")
            : "each source";
    boolean hasValue = own.stream().anyMatch(source -> source.valuePerLead().isPresent());
    ReportTable table =
        ReportTable.captioned("What leads of " + which + " came to", TABLE)
            .words("Source")
            .numbers("Leads")
            .numbers("Converted")
            .numbers("Rate")
            .numbers("Median days")
            .numbers("Warm or hot now")
            .stacked();
    if (hasValue) {
      table.numbers("Value per lead");
    }
    for (Source source : own) {
      List<DomContent> cells = new ArrayList<>();
      cells.add(bdi(Numbers.words(source.source())));
      cells.add(text(Numbers.count(Math.round(source.leads()))));
      cells.add(text(Numbers.count(Math.round(source.conversions()))));
      cells.add(text(Numbers.percent(source.rate().map(Insights.Estimate::value))));
      cells.add(text(source.medianDays().map(Numbers::days).orElse("")));
      cells.add(text(source.warmShare().map(Numbers::percent).orElse("")));
      if (hasValue) {
        cells.add(text(source.valuePerLead().map(Numbers::amount).orElse("")));
      }
      table.row(cells.toArray(DomContent[]::new));
    }
    return table.build();
  }

  /** Conversions by what touched the lead; how they are shared out is a matter of opinion. */
  static DomContent touched(List<Source> touches) {
    Map<String, Map<String, Double>> byTouch = new LinkedHashMap<>();
    touches.stream()
        .filter(touch -> SHARED.containsKey(touch.model()))
        .forEach(
            touch ->
                byTouch
                    .computeIfAbsent(touch.source(), name -> new LinkedHashMap<>())
                    .put(touch.model(), touch.conversions()));
    if (byTouch.isEmpty()) {
      return TagCreator.each();
    }
    ReportTable table =
        ReportTable.captioned(
                "Conversions shared out among touches, by four rules; a touch need not be the"
                    + " cause",
                TABLE)
            .words("Touch");
    SHARED.values().forEach(table::numbers);
    byTouch.forEach(
        (touch, conversions) -> {
          List<DomContent> cells = new ArrayList<>();
          cells.add(bdi(touch));
          SHARED.keySet().forEach(model -> cells.add(text(conversions(conversions.get(model)))));
          table.row(cells.toArray(DomContent[]::new));
        });
    return TagCreator.each(h3("What touched those that converted"), table.build());
  }

  /** A cell that the table has no row for is not known, which is not 0. */
  private static String conversions(Double number) {
    return number == null ? "\u2013" : Numbers.decimal(number, 1);
  }
}
