package io.warmlead.report;

import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.text;

import io.warmlead.report.BarChart.Bar;
import io.warmlead.report.Insights.StageTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How long the run took, stage by stage. */
final class RunTimeSection {
  private static final String TITLE = "Run time";
  private static final String TABLE = "runs";

  private RunTimeSection() {}

  static Optional<Section> of(NightView night) {
    List<StageTime> times = night.insights().times();
    if (times.isEmpty()) {
      return Optional.empty();
    }
    String sentence = sentence(times, night.insights().earlierSeconds());
    List<Bar> bars =
        times.stream()
            .map(
                time ->
                    new Bar(
                        time.stage(),
                        time.from(),
                        time.from() + time.seconds(),
                        Numbers.duration(time.seconds())))
            .toList();
    return Optional.of(
        Section.of(
            "runtime",
            TITLE,
            figure(
                figcaption(
                    text(sentence + " "),
                    Section.legend("Bars: from the start of each stage to its end."),
                    Section.source(TABLE)),
                BarChart.draw(sentence, bars, end(times)))));
  }

  private static double end(List<StageTime> times) {
    return times.stream().mapToDouble(time -> time.from() + time.seconds()).max().orElse(0);
  }

  static String sentence(List<StageTime> times, List<Double> earlier) {
    StageTime longest =
        times.stream().max(Comparator.comparingDouble(StageTime::seconds)).orElseThrow();
    double end = end(times);
    String sentence =
        String.format(
            "The stages took %s, the longest of them %s (%s)",
            Numbers.duration(end), longest.stage(), Numbers.duration(longest.seconds()));
    if (earlier.isEmpty()) {
      return sentence + ".";
    }
    List<Double> sorted = earlier.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return String.format(
        "%s; the %s before took %s%s.",
        sentence,
        sorted.size() == 1 ? "run" : sorted.size() + " runs",
        Numbers.duration(median),
        sorted.size() == 1 ? "" : " (median)");
  }
}
