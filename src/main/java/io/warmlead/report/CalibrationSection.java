package io.warmlead.report;

import static j2html.TagCreator.bdi;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.p;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;
import static java.util.stream.Collectors.joining;

import io.warmlead.report.Insights.Promise;
import j2html.tags.DomContent;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Whether probabilities come true: on the dates that judged the model, and once published. */
final class CalibrationSection {
  private static final String TITLE = "Promised and come";
  private static final String ALL = "all";

  private CalibrationSection() {}

  static Optional<Section> of(NightView night) {
    if (night.scoreDate().isEmpty() || night.model().isEmpty()) {
      return Optional.empty();
    }
    List<Promise> promises = night.insights().promises();
    List<Promise> tested = promises.stream().filter(promise -> promise.date().isEmpty()).toList();
    List<Promise> published =
        promises.stream().filter(promise -> promise.date().isPresent()).toList();
    return Optional.of(
        Section.of(
            "calibration",
            TITLE,
            p(
                "A probability of 10\u00a0% is right if one in ten such leads converts. On the"
                    + " diagonal as many came as were promised; below it fewer."),
            div(
                    panel(
                        tested,
                        "model_metrics",
                        "No test dates of the model have enough leads to compare."),
                    panel(
                        published,
                        "tier_quality",
                        "Nothing published can be judged yet: no horizon has passed."))
                .withClass("beside"),
            table(night, promises)));
  }

  private static DomContent panel(List<Promise> promises, String table, String otherwise) {
    if (promises.stream().noneMatch(CalibrationSection::isOfAll)) {
      return Section.sentence(otherwise, table);
    }
    String sentence = sentence(promises);
    return figure(
        figcaption(
            text(sentence + " "),
            Section.legend(
                "Large dots: everyone in a tier, lines: 95\u00a0% interval; small dots: single"
                    + " segments. Both axes grow tenfold from line to line."),
            Section.source(table)),
        CalibrationFigure.draw(sentence, promises));
  }

  /** Tells of the warmest tier, where promises weigh most, and of those that were not kept. */
  static String sentence(List<Promise> promises) {
    List<Promise> tiers = promises.stream().filter(CalibrationSection::isOfAll).toList();
    Promise first =
        tiers.stream()
            .filter(promise -> promise.leads() >= DotChart.FEWEST)
            .findFirst()
            .orElse(tiers.get(0));
    List<Promise> broken = tiers.stream().filter(promise -> !isKept(promise)).toList();
    return String.format(
        "%s: %s leads were promised to convert in %s of cases and did in %s%s; %s.",
        when(first.date()),
        first.tier(),
        Numbers.percent(first.promised()),
        Numbers.percent(first.came().value()),
        Numbers.bracketed(first.came()),
        broken.isEmpty()
            ? "in every tier the promise lies within the interval"
            : "outside the interval: "
                + broken.stream().map(promise -> broken(promise, first)).collect(joining(", ")));
  }

  private static String broken(Promise promise, Promise told) {
    if (promise.equals(told)) {
      return promise.tier();
    }
    return String.format(
        "%s (%s promised, %s came)",
        promise.tier(),
        Numbers.percent(promise.promised()),
        Numbers.percent(promise.came().value()));
  }

  private static String when(Optional<LocalDate> date) {
    return date.map(day -> "Published on " + Numbers.date(day)).orElse("On the test dates");
  }

  static boolean isOfAll(Promise promise) {
    return promise.segment().equals(ALL);
  }

  private static boolean isKept(Promise promise) {
    return promise.came().low() != null
        && promise.came().high() != null
        && promise.promised() >= promise.came().low()
        && promise.promised() <= promise.came().high();
  }

  private static DomContent table(NightView night, List<Promise> promises) {
    if (promises.isEmpty()) {
      return each();
    }
    ReportTable table =
        ReportTable.captioned("Promised and come, by tier and segment", "tier_quality")
            .words("Dates")
            .words("Segment")
            .words("Tier")
            .numbers("Leads")
            .numbers("Promised")
            .numbers("Came")
            .numbers("95\u00a0% interval");
    for (Promise promise : promises) {
      Insights.Estimate came = promise.came();
      table.row(
          text(promise.date().map(Numbers::date).orElse("test dates")),
          bdi(Numbers.words(promise.segment())),
          text(night.label(promise.tier())),
          text(Numbers.count(promise.leads())),
          text(Numbers.percent(promise.promised())),
          text(Numbers.percent(came.value())),
          text(Numbers.interval(came)));
    }
    return details(summary("The numbers behind it"), table.build());
  }
}
