package io.warmlead.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All that a person should know before trusting a model, as Markdown.
 *
 * @param learned what it was learned from and how; empty where a gate refused the training
 * @param metrics all rows of {@code model_metrics}
 * @param excluded columns kept out
 * @param notes what a reader of the metrics must know
 * @param refusedBecause reason in words, for status refused
 */
public record ModelCard(
    String version,
    String status,
    Instant trainedAsOf,
    double horizonDays,
    Optional<Learned> learned,
    List<Metric> metrics,
    List<Excluded> excluded,
    List<String> notes,
    Optional<String> refusedBecause) {
  private static final List<String> RANKING =
      List.of("auc", "pr_auc", "lift_at_10", "capture_at_10");
  private static final List<String> PROBABILITY =
      List.of("log_loss", "brier", "ece", "calibration_intercept", "calibration_slope");

  /**
   * A model that is stored.
   *
   * @param features in the model's order
   * @param knots of the isotonic map; none for Platt's
   * @param digest SHA-256 of the file, which has been checked
   */
  public record Learned(
      String family,
      String tuning,
      Instant windowFrom,
      Instant windowTo,
      long snapshots,
      long convertingLeads,
      long otherLeads,
      List<FeatureLine> features,
      double intercept,
      double slope,
      int knots,
      double hot,
      double warm,
      String uri,
      String digest) {}

  /** A feature, how the linear model sees it, and the reason that it counts towards. */
  public record FeatureLine(String name, String scale, String group) {}

  /** A measured number; the ends of its interval may be null. */
  public record Metric(
      String split,
      String segment,
      String metric,
      double value,
      Double ciLow,
      Double ciHigh,
      long n) {}

  /** A column and the evidence against it. */
  public record Excluded(String column, String evidence) {}

  /** The card, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("# Model " + version + ": " + status);
    lines.add("");
    refusedBecause.ifPresent(reason -> paragraph(lines, "Refused: " + reason));
    data(lines);
    quality(lines);
    comparison(lines);
    gates(lines);
    learned.ifPresent(model -> calibration(lines, model));
    listed(lines, "Notes", notes);
    listed(
        lines,
        "Columns kept out",
        excluded.stream().map(column -> column.column() + ": " + column.evidence()).toList());
    learned.ifPresent(model -> features(lines, model));
    learned.ifPresent(model -> file(lines, model));
    return lines;
  }

  private void data(List<String> lines) {
    lines.add("## Data");
    lines.add("");
    lines.add("- trained as of " + trainedAsOf + ": nothing at or after it was known");
    lines.add(format("- counts conversions within %.0f days", horizonDays));
    learned.ifPresent(
        model -> {
          lines.add("- snapshots from " + model.windowFrom() + " to " + model.windowTo());
          lines.add(
              format(
                  "- %,d snapshots; %,d leads that converted, %,d that did not",
                  model.snapshots(), model.convertingLeads(), model.otherLeads()));
          lines.add("- " + Numbers.words(model.family()) + ", " + model.tuning());
        });
    lines.add("");
  }

  private void quality(List<String> lines) {
    if (find("test", "all", "base_rate").isEmpty()) {
      return;
    }
    lines.add("## Out-of-time quality");
    lines.add("");
    lines.add("On dates after those learned from, with 95 % intervals (bootstrap by lead).");
    lines.add("");
    lines.add("| ranking | model | by recency alone | by engagement points |");
    lines.add("| --- | --- | --- | --- |");
    for (String metric : RANKING) {
      lines.add(
          row(
              Numbers.words(metric),
              cell("test", "all", metric),
              cell("test", "all", metric + "_recency_alone"),
              cell("test", "all", metric + "_engagement_points")));
    }
    lines.add("");
    lines.add("| probability | model |");
    lines.add("| --- | --- |");
    lines.add(row("base rate", cell("test", "all", "base_rate")));
    for (String metric : PROBABILITY) {
      lines.add(row(Numbers.words(metric), cell("test", "all", metric)));
    }
    lines.add("");
    promises(lines);
    bySegment(lines);
  }

  private void promises(List<String> lines) {
    if (find("test", "all", "expected_rate_hot").isEmpty()) {
      return;
    }
    lines.add("| tier | conversions promised, per lead and date | came |");
    lines.add("| --- | --- | --- |");
    for (String tier : List.of("hot", "warm", "cold")) {
      lines.add(
          row(
              tier,
              cell("test", "all", "expected_rate_" + tier),
              cell("test", "all", "observed_rate_" + tier)));
    }
    lines.add("");
  }

  private void bySegment(List<String> lines) {
    List<String> segments =
        metrics.stream()
            .filter(row -> row.split().equals("test") && !row.segment().equals("all"))
            .map(Metric::segment)
            .distinct()
            .sorted()
            .toList();
    if (segments.isEmpty()) {
      return;
    }
    lines.add("| segment | snapshots | base rate | AUC | log loss |");
    lines.add("| --- | --- | --- | --- | --- |");
    for (String segment : segments) {
      lines.add(
          row(
              segment,
              find("test", segment, "base_rate").map(m -> format("%,d", m.n())).orElse(""),
              cell("test", segment, "base_rate"),
              cell("test", segment, "auc"),
              cell("test", segment, "log_loss")));
    }
    lines.add("");
  }

  private void comparison(List<String> lines) {
    List<Metric> against = metrics.stream().filter(row -> row.split().equals("champion")).toList();
    if (against.isEmpty()) {
      return;
    }
    lines.add("## Against the champion of that time, on the same dates");
    lines.add("");
    lines.add("| measure | value |");
    lines.add("| --- | --- |");
    against.forEach(row -> lines.add(row(Numbers.words(row.metric()), cell(row))));
    lines.add("");
  }

  /** A stored model has passed them all; what was rolled back has too. */
  private void gates(List<String> lines) {
    lines.add("## Gates");
    lines.add("");
    if (learned.isEmpty()) {
      lines.add("- refused: " + refusedBecause.orElse("no reason was noted"));
    } else {
      lines.add(
          format(
              "- enough data: passed, with %,d converting and %,d other leads",
              learned.get().convertingLeads(), learned.get().otherLeads()));
      lines.add(
          "- evidence: passed, it ranks later dates better than chance, with AUC "
              + cell("test", "all", "auc"));
      lines.add(
          "- calibration contract: passed, no tier of any segment broke its promise by more than a"
              + " factor of two in odds, beyond noise");
      lines.add(
          "- leakage: passed"
              + (excluded.isEmpty()
                  ? ", no column was suspected of knowing the outcome"
                  : format(" without the %d columns below", excluded.size())));
    }
    lines.add("");
  }

  private static void calibration(List<String> lines, Learned model) {
    lines.add("## Calibration");
    lines.add("");
    lines.add(
        format(
            "logit(probability) = %.6f + %.6f x %s",
            model.intercept(),
            model.slope(),
            model.knots() == 0
                ? "margin"
                : "shape(margin), an isotonic map with " + model.knots() + " knots"));
    lines.add(
        format(
            "Hot around a probability of %.4f, warm around %.4f: entered above, left below.",
            model.hot(), model.warm()));
    lines.add("");
  }

  private static void features(List<String> lines, Learned model) {
    lines.add(format("## Features (%d)", model.features().size()));
    lines.add("");
    lines.add("| feature | scale in the linear model | reason |");
    lines.add("| --- | --- | --- |");
    model.features().forEach(f -> lines.add(row(f.name(), f.scale(), f.group())));
    lines.add("");
  }

  private static void file(List<String> lines, Learned model) {
    lines.add("## File");
    lines.add("");
    lines.add(model.uri());
    lines.add("SHA-256 " + model.digest() + ", checked");
  }

  private static void listed(List<String> lines, String title, List<String> entries) {
    lines.add("## " + title);
    lines.add("");
    lines.addAll(
        entries.isEmpty() ? List.of("none") : entries.stream().map(entry -> "- " + entry).toList());
    lines.add("");
  }

  private static void paragraph(List<String> lines, String text) {
    lines.add(text);
    lines.add("");
  }

  private Optional<Metric> find(String split, String segment, String metric) {
    return metrics.stream()
        .filter(
            row ->
                row.split().equals(split)
                    && row.segment().equals(segment)
                    && row.metric().equals(metric))
        .findFirst();
  }

  private String cell(String split, String segment, String metric) {
    return find(split, segment, metric).map(ModelCard::cell).orElse(Numbers.UNKNOWN);
  }

  private static String cell(Metric row) {
    boolean isCount = row.value() == Math.rint(row.value()) && row.ciLow() == null;
    return isCount
        ? Numbers.count((long) row.value())
        : format("%.4f", row.value())
            + (row.ciLow() == null || row.ciHigh() == null
                ? ""
                : format(" (%.4f to %.4f)", row.ciLow(), row.ciHigh()));
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
