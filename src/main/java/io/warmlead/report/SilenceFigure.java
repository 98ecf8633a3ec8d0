package io.warmlead.report;

import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.text;

import io.warmlead.report.DotChart.Mark;
import io.warmlead.report.Insights.Estimate;
import io.warmlead.report.NightView.SilenceRate;
import j2html.tags.DomContent;
import java.util.List;

/** Conversion by silence: a dot for each rate, a line for its 95 % interval. */
final class SilenceFigure {
  private static final String TABLE = "silence";
  private static final String NEVER = "never";

  /** With fewer, hardly any interval is short enough to end before another begins. */
  private static final long FEWEST = 10;

  private SilenceFigure() {}

  static DomContent of(List<SilenceRate> rates) {
    DotChart chart =
        DotChart.ofShares(
            rates.stream()
                .map(rate -> Mark.of(rate.bucket(), (double) rate.leads(), estimate(rate)))
                .toList(),
            "convert within the horizon");
    String sentence = sentence(rates);
    return figure(
        figcaption(text(sentence + " "), Section.legend(chart.legend()), Section.source(TABLE)),
        chart.draw(sentence));
  }

  private static Estimate estimate(SilenceRate rate) {
    return new Estimate(rate.rate(), rate.ciLow(), rate.ciHigh());
  }

  /**
   * Compares the shortest silence with the longest of which it can be said that fewer convert, or
   * with the longest if of none; who never spoke has no silence to compare.
   */
  static String sentence(List<SilenceRate> rates) {
    List<SilenceRate> silent =
        rates.stream()
            .filter(rate -> !rate.bucket().equals(NEVER))
            .filter(rate -> rate.leads() >= FEWEST)
            .toList();
    if (silent.size() < 2) {
      SilenceRate only = rates.get(0);
      return String.format(
          "%s of leads convert within the horizon, last heard: %s.",
          Numbers.percent(only.rate()), only.bucket());
    }
    SilenceRate shortest = silent.get(0);
    SilenceRate longest =
        silent.stream()
            .skip(1)
            .filter(rate -> Verdict.isBelow(estimate(rate), estimate(shortest)))
            .reduce((one, later) -> later)
            .orElse(silent.get(silent.size() - 1));
    if (shortest.conversions() + longest.conversions() == 0) {
      return String.format(
          "Neither after a silence of %s nor after one of %s did a lead convert within the horizon.",
          shortest.bucket(), longest.bucket());
    }
    return String.format(
        "After a silence of %s, %s of leads convert within the horizon, after one of %s %s%s.",
        shortest.bucket(),
        Numbers.percent(shortest.rate()),
        longest.bucket(),
        Numbers.percent(longest.rate()),
        Verdict.onFall(estimate(shortest), estimate(longest)));
  }

  static DomContent table(List<SilenceRate> rates) {
    ReportTable table =
        ReportTable.captioned("Conversion within the horizon by silence", TABLE)
            .words("Last heard")
            .numbers("Leads by date")
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
