package io.warmlead.report;

import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.text;

import io.warmlead.report.NightView.SilenceRate;
import j2html.tags.DomContent;
import java.util.List;

/** Conversion by silence: a dot for each rate, a line for its 95 % interval. */
final class SilenceFigure {
  private static final String TABLE = "silence";
  private static final String NEVER = "never";

  private static final double WIDTH = 360;
  private static final double ROW = 24;
  private static final double LEFT = 128;
  private static final double RIGHT = WIDTH - 22;
  private static final double BELOW = 40;

  /** With fewer leads an interval is so wide that it neither sets a scale nor tells a story. */
  private static final long FEWEST_LEADS = 30;

  private SilenceFigure() {}

  static DomContent of(List<SilenceRate> rates) {
    Axis axis = Axis.round(0, highest(rates), 4, LEFT, RIGHT);
    boolean isCut = rates.stream().anyMatch(rate -> !axis.holds(rate.ciHigh()));
    String sentence = sentence(rates);
    String legend =
        "Lines: 95\u00a0% interval" + (isCut ? "; one that leaves the chart is cut." : ".");
    return figure(
        figcaption(text(sentence + " "), Section.legend(legend), Section.source(TABLE)),
        chart(sentence, rates, axis));
  }

  private static double highest(List<SilenceRate> rates) {
    double highest =
        rates.stream()
            .mapToDouble(rate -> rate.leads() < FEWEST_LEADS ? rate.rate() : rate.ciHigh())
            .max()
            .orElse(0);
    return highest > 0 ? highest : 0.01;
  }

  /** Compares the shortest silence with the longest; who never spoke has no silence to compare. */
  static String sentence(List<SilenceRate> rates) {
    List<SilenceRate> silent =
        rates.stream()
            .filter(rate -> !rate.bucket().equals(NEVER))
            .filter(rate -> rate.leads() >= FEWEST_LEADS)
            .toList();
    if (silent.size() < 2) {
      SilenceRate only = rates.get(0);
      return String.format(
          "%s of leads convert within the horizon, last heard: %s.",
          Numbers.percent(only.rate()), only.bucket());
    }
    SilenceRate shortest = silent.get(0);
    SilenceRate longest = silent.get(silent.size() - 1);
    return String.format(
        "After a silence of %s, %s of leads convert within the horizon, after one of %s %s%s.",
        shortest.bucket(),
        Numbers.percent(shortest.rate()),
        longest.bucket(),
        Numbers.percent(longest.rate()),
        verdict(shortest, longest));
  }

  private static String verdict(SilenceRate shortest, SilenceRate longest) {
    if (longest.ciHigh() < shortest.ciLow()) {
      return "";
    }
    return longest.ciLow() > shortest.ciHigh()
        ? ": more, not less"
        : "; the intervals overlap, so the difference may be chance";
  }

  private static DomContent chart(String spoken, List<SilenceRate> rates, Axis axis) {
    double bottom = rates.size() * ROW + 4;
    Svg image = Svg.image(spoken, WIDTH, bottom + BELOW).withClass("chart");
    for (double tick : axis.ticks()) {
      double x = axis.place(tick);
      image.with(
          Svg.line("grid", x, 0, x, bottom),
          Svg.label("middle", x, bottom + 16, tickLabel(tick, axis)));
    }
    image.with(Svg.line("axis", LEFT, 0, LEFT, bottom));
    for (int i = 0; i < rates.size(); i++) {
      row(image, rates.get(i), axis, 4 + (i + 0.5) * ROW);
    }
    return image.with(
        Svg.label("middle", (LEFT + RIGHT) / 2, bottom + 34, "convert within the horizon"));
  }

  private static String tickLabel(double tick, Axis axis) {
    int digits = axis.step() < 0.00999 ? 1 : 0;
    return Numbers.decimal(100 * tick, axis.step() < 0.000999 ? 2 : digits) + "\u00a0%";
  }

  private static void row(Svg image, SilenceRate rate, Axis axis, double y) {
    image.with(
        Svg.label("end", LEFT - 8, y + 4, rate.bucket()),
        Svg.line("whisker", axis.place(rate.ciLow()), y, axis.place(rate.ciHigh()), y),
        Svg.dot("dot", axis.place(rate.rate()), y, 4));
  }

  static DomContent table(List<SilenceRate> rates) {
    ReportTable table =
        ReportTable.captioned("Conversion within the horizon by silence", TABLE)
            .words("Last heard")
            .numbers("Leads")
            .numbers("Converted")
            .numbers("Rate")
            .numbers("95\u00a0% interval");
    for (SilenceRate rate : rates) {
      table.row(
          text(rate.bucket()),
          text(Numbers.count(rate.leads())),
          text(Numbers.count(rate.conversions())),
          text(Numbers.percent(rate.rate())),
          text(Numbers.percents(rate.ciLow(), rate.ciHigh())));
    }
    return table.build();
  }
}
