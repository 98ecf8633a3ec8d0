package io.warmlead.report;

import io.warmlead.report.Insights.Estimate;
import io.warmlead.report.Insights.Rival;
import io.warmlead.report.Insights.Top;
import java.util.Comparator;
import java.util.List;

/** Share of the leads along, share of the conversions up. */
final class RankingFigure {
  private static final double WIDTH = 360;
  private static final double HEIGHT = 260;
  private static final double LEFT = 50;
  private static final double RIGHT = WIDTH - 18;
  private static final double TOP = 24;
  private static final double BOTTOM = HEIGHT - 42;
  private static final double RIVALS_AT = 10;
  private static final double LINE = 14;

  private RankingFigure() {}

  /**
   * Draws the curve.
   *
   * @param tops at least one, smallest share first
   */
  static Svg draw(String spoken, List<Top> tops, List<Rival> rivals) {
    double most = tops.get(tops.size() - 1).share();
    double highest =
        tops.stream()
            .mapToDouble(
                top -> top.capture().high() == null ? top.capture().value() : top.capture().high())
            .max()
            .orElse(1);
    Axis across = Axis.exact(0, most, 3, LEFT, RIGHT);
    Axis up = Axis.round(0, Math.max(highest, most / 100), 4, BOTTOM, TOP);
    Svg image = Svg.image(spoken, WIDTH, HEIGHT).withClass("chart");
    grid(image, across, up);
    image.with(
        Svg.line(
            "reference", across.place(0), up.place(0), across.place(most), up.place(most / 100)));
    StringBuilder path = new StringBuilder("M" + at(0, 0, across, up));
    for (Top top : tops) {
      path.append('L').append(at(top.share(), top.capture().value(), across, up));
      whisker(image, top.share(), top.capture(), across, up);
    }
    image.with(Svg.path("curve", path.toString()));
    rivals(image, rivals, across, up);
    for (Top top : tops) {
      image.with(Svg.dot("dot", across.place(top.share()), up.place(top.capture().value()), 4));
    }
    return image;
  }

  /** Best first; where two are close, the name of the lower one moves down. */
  private static void rivals(Svg image, List<Rival> rivals, Axis across, Axis up) {
    double x = across.place(RIVALS_AT);
    double free = TOP;
    for (Rival rival :
        rivals.stream()
            .sorted(Comparator.comparingDouble((Rival some) -> -some.capture().value()))
            .toList()) {
      double y = up.place(rival.capture().value());
      double label = Math.max(y + 6, free);
      free = label + LINE;
      image.with(
          Svg.dot("hollow", x, y, 4), Svg.label("start", x + 9, label, "by " + rival.name()));
    }
  }

  private static void whisker(Svg image, double share, Estimate capture, Axis across, Axis up) {
    if (capture.low() != null && capture.high() != null) {
      double x = across.place(share);
      image.with(Svg.line("whisker", x, up.place(capture.low()), x, up.place(capture.high())));
    }
  }

  private static void grid(Svg image, Axis across, Axis up) {
    for (double tick : up.ticks()) {
      double y = up.place(tick);
      image.with(
          Svg.line("grid", LEFT, y, RIGHT, y),
          Svg.label("end", LEFT - 7, y + 4, Numbers.decimal(100 * tick, 0) + "\u00a0%"));
    }
    for (double tick : across.ticks()) {
      double x = across.place(tick);
      image.with(
          Svg.line("tick", x, BOTTOM, x, BOTTOM + 4),
          Svg.label("middle", x, BOTTOM + 17, Numbers.decimal(tick, 0) + "\u00a0%"));
    }
    image.with(
        Svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM),
        Svg.label("middle", (LEFT + RIGHT) / 2, HEIGHT - 6, "leads, best first"),
        Svg.label("start", 0, 10, "share of the conversions"));
  }

  private static String at(double share, double capture, Axis across, Axis up) {
    return Svg.place(across.place(share)) + " " + Svg.place(up.place(capture));
  }
}
