package io.warmlead.report;

import static j2html.TagCreator.bdi;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import io.warmlead.report.Insights.Estimate;
import io.warmlead.report.NightView.Curve;
import io.warmlead.report.NightView.Point;
import j2html.tags.DomContent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The share of leads that have converted by each day, a small panel for each group: overall and the
 * largest segments. All panels share their axes and repeat the overall curve, so that groups
 * compare at a glance; bands laid over each other in one chart would hide one another.
 *
 * <p>A curve ends with its oldest lead, so its end rests on few. A number is told of the last
 * conversion after which enough leads are still watched.
 */
final class ConversionFigure {
  private static final String OVERALL = "overall";
  private static final String TABLE = "decay_curves";

  private final List<Curve> curves;

  private ConversionFigure(List<Curve> curves) {
    this.curves = curves;
  }

  /**
   * Draws the curves.
   *
   * @param curves in the order of the panels; at least one, each with a point
   */
  static DomContent of(List<Curve> curves) {
    return new ConversionFigure(curves).drawn();
  }

  private DomContent drawn() {
    ConversionPanel panel = ConversionPanel.scaledTo(curves.stream().map(Curve::points).toList());
    return figure(
            figcaption(
                text(sentence(curves) + " "), Section.legend(legend(panel)), Section.source(TABLE)),
            div(each(
                    curves,
                    curve ->
                        div(
                            p(bdi(name(curve))).withClass("panel-title"),
                            panel.draw(spoken(curve), curve.points(), reference(curve)))))
                .withClass("panels"))
        .withClass("wide");
  }

  private List<Point> reference(Curve curve) {
    return curves.stream()
        .filter(other -> isOverall(other) && !isOverall(curve))
        .findFirst()
        .map(Curve::points)
        .orElse(List.of());
  }

  private static boolean isOverall(Curve curve) {
    return curve.dimension().equals(OVERALL);
  }

  private static String name(Curve curve) {
    return isOverall(curve) ? "All leads" : Numbers.words(curve.value());
  }

  static String sentence(List<Curve> curves) {
    Curve first = curves.get(0);
    String sentence =
        told(first)
            .map(
                point ->
                    String.format(
                        "%s: %s have converted %s days after they were created%s.",
                        name(first),
                        Numbers.percent(point.converted()),
                        Numbers.days(point.day()),
                        Numbers.bracketed(estimate(point))))
            .orElseGet(() -> name(first) + ": " + untold(first) + ".");
    List<Curve> compared =
        curves.stream().filter(curve -> !isOverall(curve) && told(curve).isPresent()).toList();
    return compared.size() < 2 ? sentence : sentence + " " + comparison(compared);
  }

  /** Compares at the last day on which every segment shown is still watched well enough. */
  private static String comparison(List<Curve> compared) {
    double day =
        compared.stream().mapToDouble(curve -> told(curve).get().day()).min().getAsDouble();
    Comparator<Curve> byConverted = Comparator.comparingDouble(curve -> at(curve, day).value());
    Curve most = compared.stream().max(byConverted).get();
    Curve least = compared.stream().min(byConverted).get();
    return String.format(
        "By day %s, %s has converted most (%s) and %s least (%s)%s.",
        Numbers.days(day),
        name(most),
        Numbers.percent(at(most, day).value()),
        name(least),
        Numbers.percent(at(least, day).value()),
        Verdict.onFall(at(most, day), at(least, day), compared.size()));
  }

  private String legend(ConversionPanel panel) {
    String legend = "A lead that was lost converts no more. Shaded: 95\u00a0% interval.";
    if (curves.stream().anyMatch(curve -> !reference(curve).isEmpty())) {
      legend += " Dashed: all leads.";
    }
    List<Curve> segments = curves.stream().filter(curve -> !isOverall(curve)).toList();
    if (!segments.isEmpty() && segments.get(0).ofAll() > segments.size()) {
      legend +=
          String.format(
              " The %d largest of %s are shown.",
              segments.size(), Numbers.counted(segments.get(0).ofAll(), "segment"));
    }
    return curves.stream().map(Curve::points).anyMatch(panel::cutsBandOf)
        ? legend + " A band that leaves its panel is cut."
        : legend;
  }

  private static String spoken(Curve curve) {
    return "Leads converted by days since they were created, "
        + name(curve)
        + ": "
        + told(curve)
            .map(
                point ->
                    Numbers.percent(point.converted())
                        + " by day "
                        + Numbers.days(point.day())
                        + Numbers.bracketed(estimate(point)))
            .orElseGet(() -> untold(curve));
  }

  private static String untold(Curve curve) {
    Point end = curve.points().get(curve.points().size() - 1);
    return end.converted() > 0
        ? "too few leads are watched long enough to name a share"
        : "none has converted within " + Numbers.days(end.day()) + " days";
  }

  /** The last point after which enough leads are still watched. */
  private static Optional<Point> told(Curve curve) {
    return curve.points().stream()
        .filter(point -> point.watched() >= DotChart.FEWEST)
        .reduce((earlier, later) -> later);
  }

  private static Estimate estimate(Point point) {
    return new Estimate(point.converted(), point.ciLow(), point.ciHigh());
  }

  /** Share converted by a day: that of the last point not later. */
  private static Estimate at(Curve curve, double day) {
    return curve.points().stream()
        .filter(point -> point.day() <= day)
        .reduce((earlier, later) -> later)
        .map(ConversionFigure::estimate)
        .orElse(new Estimate(0, null, null));
  }
}
