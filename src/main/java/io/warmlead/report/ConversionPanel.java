package io.warmlead.report;

import io.warmlead.report.NightView.Point;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * One curve: a step function that starts at 0 % and rises at each conversion, inside the band of
 * its 95 % interval.
 */
final class ConversionPanel {
  private static final double WIDTH = 340;
  private static final double HEIGHT = 228;
  private static final double LEFT = 46;
  private static final double RIGHT = WIDTH - 14;
  private static final double TOP = 26;
  private static final double BOTTOM = HEIGHT - 38;

  private final Axis days;
  private final Axis shares;

  private ConversionPanel(Axis days, Axis shares) {
    this.days = days;
    this.shares = shares;
  }

  /** A panel whose axes hold all of the curves; a band may be cut by the upper edge. */
  static ConversionPanel scaledTo(Collection<List<Point>> curves) {
    double longest = curves.stream().flatMap(List::stream).mapToDouble(Point::day).max().orElse(0);
    double highest = curves.stream().flatMapToDouble(ConversionPanel::highPoints).max().orElse(0);
    return new ConversionPanel(
        Axis.exact(0, longest > 0 ? longest : 1, 5, LEFT, RIGHT),
        Axis.round(0, Math.max(0.02, Math.min(1, highest)), 4, BOTTOM, TOP));
  }

  /** The whole curve, and the narrower first part of its band: the end is often wide. */
  private static DoubleStream highPoints(List<Point> points) {
    return DoubleStream.concat(
        points.stream().mapToDouble(Point::converted),
        points.stream()
            .filter(point -> point.ciHigh() != null && point.ciHigh() - point.converted() < 0.1)
            .mapToDouble(Point::ciHigh));
  }

  /** Whether the band of a curve leaves the panel. */
  boolean cutsBandOf(List<Point> points) {
    return points.stream()
        .anyMatch(point -> point.ciHigh() != null && point.ciHigh() > shares.high());
  }

  /** Draws a curve over another one for reference; no points, no reference. */
  DomContent draw(String spoken, List<Point> points, List<Point> reference) {
    Svg image = Svg.image(spoken, WIDTH, HEIGHT).withClass("chart");
    grid(image);
    for (String band : bands(points)) {
      image.with(Svg.path("band", band));
    }
    if (!reference.isEmpty()) {
      image.with(Svg.path("reference", steps(reference)));
    }
    return image.with(Svg.path("curve", steps(points)));
  }

  private void grid(Svg image) {
    int digits = shares.step() < 0.00999 ? 1 : 0;
    for (double tick : shares.ticks()) {
      double y = shares.place(tick);
      image.with(
          Svg.line("grid", LEFT, y, RIGHT, y),
          Svg.label(
              "end",
              LEFT - 6,
              y + 4,
              String.format(Locale.ROOT, "%." + digits + "f\u00a0%%", 100 * tick)));
    }
    for (double tick : days.ticks()) {
      double x = days.place(tick);
      image.with(
          Svg.line("tick", x, BOTTOM, x, BOTTOM + 4),
          Svg.label(
              "middle",
              x,
              BOTTOM + 17,
              String.format(Locale.ROOT, days.step() < 1 ? "%.1f" : "%.0f", tick)));
    }
    image.with(
        Svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM),
        Svg.label("middle", (LEFT + RIGHT) / 2, HEIGHT - 5, "days since created"),
        Svg.label("start", 0, 10, "share converted"));
  }

  private String steps(List<Point> points) {
    StringBuilder path = new StringBuilder("M" + at(0, 0));
    for (Point point : points) {
      step(path, point.day(), point.converted());
    }
    return path.toString();
  }

  /** Along at the height before, then up or down to the new one. */
  private void step(StringBuilder path, double day, double share) {
    path.append('H')
        .append(Svg.place(days.place(day)))
        .append('V')
        .append(Svg.place(shares.place(share)));
  }

  /** One outline per stretch with an interval: it is undefined while nobody or all converted. */
  private List<String> bands(List<Point> points) {
    List<String> bands = new ArrayList<>();
    List<Point> stretch = new ArrayList<>();
    for (Point point : points) {
      boolean isDefined = point.ciLow() != null && point.ciHigh() != null;
      stretch.add(point);
      if (!isDefined) {
        addBand(bands, stretch);
        stretch = new ArrayList<>();
      }
    }
    addBand(bands, stretch);
    return bands;
  }

  /** The last point only ends the stretch; its own interval starts where the curve stops. */
  private void addBand(List<String> bands, List<Point> stretch) {
    if (stretch.size() < 2) {
      return;
    }
    List<Point> upper = stretch.subList(0, stretch.size() - 1);
    double end = stretch.get(stretch.size() - 1).day();
    Point first = upper.get(0);
    StringBuilder path = new StringBuilder("M" + at(first.day(), first.ciHigh()));
    for (Point point : upper.subList(1, upper.size())) {
      step(path, point.day(), point.ciHigh());
    }
    path.append('H').append(Svg.place(days.place(end)));
    List<Point> backwards = new ArrayList<>(upper);
    Collections.reverse(backwards);
    for (Point point : backwards) {
      path.append('V')
          .append(Svg.place(shares.place(Objects.requireNonNull(point.ciLow()))))
          .append('H')
          .append(Svg.place(days.place(point.day())));
    }
    bands.add(path.append('Z').toString());
  }

  private String at(double day, double share) {
    return Svg.place(days.place(day)) + " " + Svg.place(shares.place(share));
  }
}
