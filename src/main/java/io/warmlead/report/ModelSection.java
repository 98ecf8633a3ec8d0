package io.warmlead.report;

import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.warmlead.report.NightView.Model;
import j2html.tags.DomContent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The model behind the probabilities and how far to trust it, or why there is none. */
final class ModelSection {
  private static final String TITLE = "The model";
  private static final Set<String> EXPLAINED =
      Set.of("auc", "log_loss", "base_rate", "calibration_slope", "ece", "lift_at_10");

  private ModelSection() {}

  static Section of(NightView night) {
    return night
        .model()
        .map(
            model ->
                Section.of("model", TITLE, described(model, night.championStays(), night.drift())))
        .orElseGet(() -> Section.of("model", TITLE, absent(night.championStays())));
  }

  private static DomContent absent(Optional<String> championStays) {
    return each(
        p("No model: tiers come from behaviour rules alone, and no lead has a probability."),
        championStays(championStays));
  }

  private static DomContent championStays(Optional<String> because) {
    return because
        .<DomContent>map(reason -> p("Training changed nothing: " + reason))
        .orElseGet(() -> each());
  }

  private static DomContent described(
      Model model, Optional<String> championStays, Optional<String> drift) {
    return each(
        p(
            String.format(
                "Version %s, %s, trained as of %s on %s, in which %s converted.",
                model.version(),
                Numbers.words(model.family()),
                Numbers.instant(model.trainedAsOf()),
                Numbers.counted(model.snapshots(), "snapshot"),
                Numbers.counted(model.convertingLeads(), "lead"))),
        championStays(championStays),
        drift.<DomContent>map(sentence -> p("Drift: " + sentence + ".")).orElseGet(() -> each()),
        p(
            "The measures are out-of-time: taken on dates later than all dates the model learned"
                + " from, each model learned in the same way before them, so they tell how well it"
                + " foresees, not how well it remembers."),
        measures(model.metrics()),
        notes(model),
        others(model.metrics()));
  }

  private static DomContent notes(Model model) {
    return model.notes().isEmpty()
        ? each()
        : each(p("Notes of the training:"), ul(each(model.notes(), note -> li(note))));
  }

  private static DomContent measures(Map<String, Double> metrics) {
    Double base = metrics.get("base_rate");
    Double ranking = metrics.get("auc");
    ReportTable table =
        ReportTable.captioned("Out-of-time measures", "model_metrics")
            .words("Measure")
            .numbers("Value")
            .words("What it says");
    measure(table, "AUC", Numbers.decimal(ranking, 3), ranking(ranking));
    measure(table, "Log loss", Numbers.decimal(metrics.get("log_loss"), 4), surprise(base));
    measure(
        table,
        "Base rate",
        Numbers.percent(Optional.ofNullable(base)),
        "Share of lead snapshots that converted within the horizon.");
    measure(
        table,
        "Calibration slope",
        Numbers.decimal(metrics.get("calibration_slope"), 2),
        "1 is right; below it probabilities are too extreme, above it too timid.");
    measure(
        table,
        "Calibration error (ECE)",
        Numbers.percent(Optional.ofNullable(metrics.get("ece"))),
        "Mean gap between probability and observed rate over ten equal groups.");
    measure(
        table,
        "Lift of the best 10\u00a0%",
        Numbers.decimal(metrics.get("lift_at_10"), 2),
        "How many times the base rate the tenth with the highest probabilities converts.");
    return table.build();
  }

  private static void measure(ReportTable table, String name, String value, String meaning) {
    table.row(text(name), text(value), text(meaning));
  }

  private static String ranking(Double ranking) {
    return ranking == null || ranking.isNaN()
        ? "Of two leads, how often the converting one ranks above the other; 0.5 is chance."
        : String.format(
            "A lead that converts ranks above one that does not in %s of 100 pairs; chance: 50.",
            Numbers.count(Math.round(100 * ranking)));
  }

  /** Log loss says little without what knowing nothing but the base rate would lose. */
  private static String surprise(Double base) {
    if (base == null || base.isNaN() || base <= 0 || base >= 1) {
      return "Lower is better.";
    }
    double ignorant = -base * Math.log(base) - (1 - base) * Math.log(1 - base);
    return String.format(
        "Lower is better; giving every lead the base rate would lose %s.",
        Numbers.decimal(ignorant, 4));
  }

  private static DomContent others(Map<String, Double> metrics) {
    Map<String, Double> others = new TreeMap<>(metrics);
    others.keySet().removeAll(EXPLAINED);
    if (others.isEmpty()) {
      return each();
    }
    ReportTable table =
        ReportTable.captioned("Further measures", "model_metrics")
            .words("Measure")
            .numbers("Value");
    others.forEach((name, value) -> table.row(text(Numbers.words(name)), text(further(value))));
    return details(summary("Further measures"), table.build());
  }

  /** Counts are among the measures. */
  private static String further(Double value) {
    return value != null && value == Math.rint(value)
        ? Numbers.count(value.longValue())
        : Numbers.decimal(value, 4);
  }
}
