package io.warmlead.report;

import static j2html.TagCreator.bdi;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.warmlead.report.NightView.HotLead;
import io.warmlead.report.NightView.TierCount;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whom to call first, and why. */
final class HotSection {
  private static final String TITLE = "Hot list";
  private static final String TABLE = "hot_leads";
  private static final String RAISES = ": raises";
  private static final String LOWERS = ": lowers";
  private static final Map<String, String> ARROWS =
      Map.of("heating", "↗", "cooling", "↘", "steady", "→", "new", "•");

  private HotSection() {}

  static Optional<Section> of(NightView night) {
    if (night.scoreDate().isEmpty()) {
      return Optional.empty();
    }
    if (night.hot().isEmpty()) {
      return Optional.of(
          Section.of("hot", TITLE, Section.sentence("No lead is hot tonight.", TABLE)));
    }
    return Optional.of(Section.of("hot", TITLE, p(introduction(night)), table(night.hot())));
  }

  /** Otherwise the leads shown are warm. */
  static boolean hasHot(NightView night) {
    return night.tiers().stream()
        .anyMatch(count -> count.tier().equals("hot") && count.leads() > 0);
  }

  private static String introduction(NightView night) {
    String tier = hasHot(night) ? "hot" : "warm";
    long all =
        night.tiers().stream()
            .filter(count -> count.tier().equals(tier))
            .mapToLong(TierCount::leads)
            .sum();
    int listed = night.hot().size();
    boolean byProbability = night.hot().stream().anyMatch(lead -> lead.probability().isPresent());
    String first = byProbability ? "most likely to convert" : "with the highest intent";
    String which =
        listed < all
            ? "The " + listed + " of " + Numbers.counted(all, tier + " lead") + " " + first + "."
            : "All " + tier + " leads, those " + first + " first.";
    String who = hasHot(night) ? which : "No lead is hot tonight. " + which;
    return byProbability
        ? who + " A reason marked + raises the probability, one marked − lowers it."
        : who;
  }

  private static DomContent table(List<HotLead> leads) {
    ReportTable table =
        ReportTable.captioned("Hot leads", TABLE)
            .words("Lead")
            .numbers("Probability")
            .numbers("Temperature")
            .words("Since")
            .words("Trend")
            .words("Next")
            .words("Reasons")
            .stacked();
    for (HotLead lead : leads) {
      table.row(
          bdi(lead.leadId()).withClass("lead"),
          text(Numbers.percent(lead.probability())),
          text(lead.temperature().map(HotSection::degrees).orElse(Numbers.UNKNOWN)),
          text(lead.tierSince().toString()),
          trend(lead.trend()),
          SaveSection.next(lead.nextAction()),
          reasons(lead));
    }
    return table.build();
  }

  private static String degrees(double temperature) {
    return String.format(Locale.ROOT, "%.0f", temperature);
  }

  private static DomContent trend(String trend) {
    return each(
        span(ARROWS.getOrDefault(trend, "")).attr("aria-hidden", "true").withClass("arrow"),
        text(trend));
  }

  private static DomContent reasons(HotLead lead) {
    return div(
        span("By rule: " + lead.tierReason()).withClass("rule"),
        lead.reasons().isEmpty()
            ? text("")
            : ul(each(lead.reasons(), HotSection::reason)).withClass("reasons"));
  }

  /** The direction is a sign for the eye and a word for the ear. */
  private static DomContent reason(String reason) {
    if (reason.endsWith(RAISES)) {
      return reason(reason, RAISES, "+", "raises");
    }
    if (reason.endsWith(LOWERS)) {
      return reason(reason, LOWERS, "−", "lowers");
    }
    return li(bdi(reason));
  }

  private static DomContent reason(String reason, String ending, String sign, String direction) {
    return li(
            span(sign).attr("aria-hidden", "true").withClass("sign"),
            bdi(reason.substring(0, reason.length() - ending.length())),
            span(", " + direction).withClass("spoken"))
        .withClass(direction);
  }
}
