package io.warmlead.report;

import static j2html.TagCreator.bdi;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import io.warmlead.report.NightView.Point;
import j2html.tags.DomContent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Survival curves, a small panel for each group: overall and the largest segments. All panels share
 * their axes and repeat the overall curve, so that groups compare at a glance; bands laid over each
 * other in one chart would hide one another.
 */
final class SurvivalFigure {
  static final String OVERALL = "all";

  private static final int MOST_SEGMENTS = 4;
  private static final String TABLE = "decay_curves";

  private final Map<String, List<Point>> curves;
  private final List<String> shown;
  private final int segments;

  private SurvivalFigure(Map<String, List<Point>> curves, Map<String, Long> sizes) {
    this.curves = curves;
    List<String> largestFirst =
        curves.keySet().stream()
            .filter(value -> !value.equals(OVERALL))
            .sorted(Comparator.comparingLong((String value) -> -sizes.getOrDefault(value, 0L)))
            .toList();
    this.segments = largestFirst.size();
    this.shown =
        Stream.concat(
                Stream.of(OVERALL).filter(curves::containsKey),
                largestFirst.stream().limit(MOST_SEGMENTS))
            .toList();
  }

  /**
   * Draws the curves.
   *
   * @param curves points by value, {@code all} for everyone; at least one value, each with a point
   * @param sizes leads by segment, to choose the largest segments
   */
  static DomContent of(Map<String, List<Point>> curves, Map<String, Long> sizes) {
    return new SurvivalFigure(curves, sizes).drawn();
  }

  private DomContent drawn() {
    SurvivalPanel panel = SurvivalPanel.scaledTo(shown.stream().map(curves::get).toList());
    return figure(
            figcaption(
                text(sentence() + " "), Section.legend(legend(panel)), Section.source(TABLE)),
            div(each(
                    shown,
                    value ->
                        div(
                            p(bdi(name(value))).withClass("panel-title"),
                            panel.draw(spoken(value), curves.get(value), reference(value)))))
                .withClass("panels"))
        .withClass("wide");
  }

  private List<Point> reference(String value) {
    return value.equals(OVERALL) ? List.of() : curves.getOrDefault(OVERALL, List.of());
  }

  private static String name(String value) {
    return value.equals(OVERALL) ? "All leads" : Numbers.words(value);
  }

  private String sentence() {
    String first = shown.get(0);
    Point end = last(first);
    String sentence =
        String.format(
            "%s: %s have converted %s days after they were created%s.",
            name(first), converted(end), Numbers.days(end.day()), interval(end));
    List<String> compared = shown.stream().filter(value -> !value.equals(OVERALL)).toList();
    return compared.size() < 2 ? sentence : sentence + " " + comparison(compared);
  }

  /** Compares at the last day on which every segment shown is still watched. */
  private String comparison(List<String> compared) {
    double day = compared.stream().mapToDouble(value -> last(value).day()).min().getAsDouble();
    Comparator<String> bySurvival =
        Comparator.comparingDouble(value -> survival(curves.get(value), day));
    String most = compared.stream().min(bySurvival).get();
    String least = compared.stream().max(bySurvival).get();
    return String.format(
        "By day %s, %s has converted most (%s) and %s least (%s).",
        Numbers.days(day),
        name(most),
        Numbers.percent(1 - survival(curves.get(most), day)),
        name(least),
        Numbers.percent(1 - survival(curves.get(least), day)));
  }

  private String legend(SurvivalPanel panel) {
    String legend = "Shaded: 95\u00a0% interval.";
    if (shown.contains(OVERALL) && shown.size() > 1) {
      legend += " Dashed: all leads.";
    }
    if (segments > MOST_SEGMENTS) {
      legend += " The " + MOST_SEGMENTS + " largest of " + segments + " segments are shown.";
    }
    if (shown.stream().map(curves::get).anyMatch(panel::cutsBandOf)) {
      legend += " A band that leaves its panel is cut.";
    }
    return panel.startsAtZero()
        ? legend
        : legend + " The vertical axis does not start at 0\u00a0%.";
  }

  private String spoken(String value) {
    Point end = last(value);
    return String.format(
        "Survival curve of %s: %s converted by day %s%s",
        name(value), converted(end), Numbers.days(end.day()), interval(end));
  }

  private static String converted(Point end) {
    return Numbers.percent(1 - end.survival());
  }

  private static String interval(Point end) {
    return end.ciLow() == null || end.ciHigh() == null
        ? ""
        : " (95\u00a0% interval " + Numbers.percents(1 - end.ciHigh(), 1 - end.ciLow()) + ")";
  }

  private Point last(String value) {
    List<Point> points = curves.get(value);
    return points.get(points.size() - 1);
  }

  /** Survival after a day: that of the last point not later. */
  static double survival(List<Point> points, double day) {
    return points.stream()
        .filter(point -> point.day() <= day)
        .reduce((earlier, later) -> later)
        .map(Point::survival)
        .orElse(1D);
  }
}
