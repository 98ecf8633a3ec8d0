package io.warmlead.report;

import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import io.warmlead.report.NightView.TierCount;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How many leads are hot, warm and cold. */
final class TierSection {
  private static final String TABLE = "lead_scores";
  private static final Set<String> WITH_COLOUR = Set.of("hot", "warm", "cold");

  private TierSection() {}

  static Optional<Section> of(NightView night) {
    long leads = night.tiers().stream().mapToLong(TierCount::leads).sum();
    if (leads == 0) {
      return Optional.empty();
    }
    return Optional.of(Section.of("tiers", "Tiers", shares(night, leads), table(night, leads)));
  }

  private static DomContent shares(NightView night, long leads) {
    List<TierCount> tiers = night.tiers();
    TierCount largest = tiers.stream().max(Comparator.comparingLong(TierCount::leads)).get();
    String sentence =
        String.format(
            "The largest tier is %s: %s of %s leads (%s).",
            night.labelAndName(largest.tier()),
            Numbers.count(largest.leads()),
            Numbers.count(leads),
            Numbers.percent((double) largest.leads() / leads));
    return figure(figcaption(text(sentence + " "), Section.source(TABLE)), bar(night, leads));
  }

  /** Places in percent of the width, so that the bar fills any width without distortion. */
  private static DomContent bar(NightView night, long leads) {
    List<TierCount> tiers = night.tiers();
    List<DomContent> parts = new ArrayList<>();
    double start = 0;
    for (TierCount tier : tiers) {
      double width = 100.0 * tier.leads() / leads;
      parts.add(
          Svg.shape("rect")
              .attr("x", percent(start))
              .attr("width", percent(width))
              .attr("height", "100%")
              .withClass("share " + colour(tier.tier())));
      start += width;
    }
    String spoken =
        tiers.stream()
            .map(
                tier ->
                    night.label(tier.tier()) + " " + Numbers.percent((double) tier.leads() / leads))
            .collect(Collectors.joining(", "));
    return Svg.image("Shares of leads: " + spoken).withClass("shares").with(parts);
  }

  private static String percent(double number) {
    return String.format(Locale.ROOT, "%.3f%%", number);
  }

  /** Classes are written by us alone, never taken from data. */
  static String colour(String tier) {
    return WITH_COLOUR.contains(tier) ? tier : "other";
  }

  private static DomContent table(NightView night, long leads) {
    List<TierCount> tiers = night.tiers();
    boolean hasModel = tiers.stream().anyMatch(tier -> tier.meanProbability().isPresent());
    ReportTable table =
        ReportTable.captioned("Leads by tier", TABLE)
            .words("Tier")
            .numbers("Leads")
            .numbers("Share");
    if (hasModel) {
      table.numbers("Mean probability");
    }
    for (TierCount tier : tiers) {
      List<DomContent> cells = new ArrayList<>();
      cells.add(
          each(
              span().withClass("swatch " + colour(tier.tier())),
              text(night.labelAndName(tier.tier()))));
      cells.add(text(Numbers.count(tier.leads())));
      cells.add(text(Numbers.percent((double) tier.leads() / leads)));
      if (hasModel) {
        cells.add(text(Numbers.percent(tier.meanProbability())));
      }
      table.row(cells.toArray(DomContent[]::new));
    }
    return table.build();
  }
}
