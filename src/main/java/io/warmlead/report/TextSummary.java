package io.warmlead.report;

import io.warmlead.report.NightView.Account;
import io.warmlead.report.NightView.Counted;
import io.warmlead.report.NightView.HalfLife;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A night in at most 25 lines. */
public final class TextSummary {
  private static final int MOST_HOT = 5;

  private static final int MOST_WARNINGS = 3;

  private TextSummary() {}

  /**
   * The lines.
   *
   * @param report where the report is, if one was written
   */
  public static List<String> of(NightView night, Optional<String> report) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "Warmlead, "
            + night
                .scoreDate()
                .map(date -> date + " (as of " + night.asOf() + ")")
                .orElseGet(() -> "as of " + night.asOf()));
    night.accounts().forEach(account -> lines.add(account(account)));
    named(lines, "  refused:  ", night.rejectReasons(), 3);
    named(lines, "  unmapped: ", night.unmapped(), 4);
    lines.add(model(night));
    night
        .model()
        .filter(model -> !model.excluded().isEmpty())
        .ifPresent(
            model ->
                lines.add(
                    "left out  "
                        + String.join(", ", model.excluded())
                        + ": seem to know the outcome (evidence: models.excluded)"));
    night.drift().ifPresent(drift -> lines.add("drift     " + drift));
    night.warnings().stream()
        .limit(MOST_WARNINGS)
        .forEach(warning -> lines.add("warning   " + warning));
    if (!night.tiers().isEmpty()) {
      lines.add("tiers     " + tiers(night));
    }
    named(lines, "moves     ", night.moves(), 6);
    hot(lines, night);
    halfLives(lines, night);
    lines.add(
        "tables    " + night.lake().replaceFirst("/[^/]*$", "") + " (run " + night.runId() + ")");
    report.ifPresent(where -> lines.add("report    " + where));
    return lines;
  }

  private static String account(Account account) {
    return String.format(
        Locale.ROOT,
        "%-11s %,d rows in %d new files: %,d accepted, %,d duplicates, %,d refused, %,d ignored%s",
        account.input(),
        account.rowsIn(),
        account.files(),
        account.accepted(),
        account.duplicates(),
        account.rejected(),
        account.ignored(),
        account.unknownLeads() > 0
            ? String.format(Locale.ROOT, " (%,d wait for their lead)", account.unknownLeads())
            : "");
  }

  private static void named(List<String> lines, String title, List<Counted> names, int most) {
    if (!names.isEmpty()) {
      lines.add(
          title
              + names.stream()
                  .limit(most)
                  .map(name -> String.format(Locale.ROOT, "%,d %s", name.count(), name.name()))
                  .collect(Collectors.joining(", "))
              + (names.size() > most ? ", …" : ""));
    }
  }

  private static String model(NightView night) {
    String stays =
        night.championStays().map(reason -> "\n          training: " + reason).orElse("");
    return night
            .model()
            .map(
                model ->
                    String.format(
                        Locale.ROOT,
                        "model     %s, %s, trained as of %s on %,d snapshots: out-of-time AUC %s,"
                            + " log loss %s, base rate %s",
                        model.version(),
                        model.family().replace('_', ' '),
                        model.trainedAsOf().toString().substring(0, 10),
                        model.snapshots(),
                        number(model.metrics().get("auc"), "%.3f"),
                        number(model.metrics().get("log_loss"), "%.4f"),
                        number(model.metrics().get("base_rate"), "%.4f")))
            .orElse("model     none: tiers come from behaviour rules alone")
        + stays;
  }

  private static String number(Double value, String format) {
    return value == null ? "unknown" : String.format(Locale.ROOT, format, value);
  }

  private static String tiers(NightView night) {
    return night.tiers().stream()
        .map(
            tier ->
                String.format(Locale.ROOT, "%,d %s", tier.leads(), night.labelAndName(tier.tier()))
                    + tier.meanProbability()
                        .map(p -> String.format(Locale.ROOT, " (mean probability %.3f)", p))
                        .orElse(""))
        .collect(Collectors.joining(", "));
  }

  private static void hot(List<String> lines, NightView night) {
    night.hot().stream()
        .limit(MOST_HOT)
        .forEach(
            lead ->
                lines.add(
                    (HotSection.hasHot(night) ? "hot       " : "warm      ")
                        + lead.leadId()
                        + lead.probability()
                            .map(p -> String.format(Locale.ROOT, "  %.3f", p))
                            .orElse("")
                        + "  "
                        + (lead.reasons().isEmpty()
                            ? lead.tierReason()
                            : lead.reasons().stream().limit(2).collect(Collectors.joining("; ")))));
  }

  private static void halfLives(List<String> lines, NightView night) {
    List<HalfLife> fitted =
        night.halfLives().stream()
            .filter(life -> life.days().isPresent())
            .filter(
                life -> life.dimension().equals("overall") || life.dimension().equals("segment"))
            .toList();
    if (!fitted.isEmpty()) {
      lines.add(
          "half-life "
              + fitted.stream()
                  .limit(4)
                  .map(life -> life.value() + " " + days(life))
                  .collect(Collectors.joining(", ")));
    }
    night.halfLives().stream()
        .filter(life -> life.dimension().equals("signal") && life.value().equals("all"))
        .filter(life -> life.days().isPresent())
        .forEach(life -> lines.add("fading    what a touch adds halves in " + days(life)));
  }

  private static String days(HalfLife life) {
    return String.format(
        Locale.ROOT,
        "%.1f days (%.1f%s)",
        life.days().get(),
        life.ciLow().orElse(0D),
        life.ciHigh().map(high -> String.format(Locale.ROOT, " to %.1f", high)).orElse(" or more"));
  }
}
