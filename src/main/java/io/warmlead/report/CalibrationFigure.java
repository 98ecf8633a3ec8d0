package io.warmlead.report;

import io.warmlead.report.Insights.Promise;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Promised rate along, observed rate up, both by powers of ten: the cold tier promises a thousand
 * times less than the hot one, and both should be seen. Where nothing came, a dot stands on the
 * lower edge.
 */
final class CalibrationFigure {
  private static final double WIDTH = 360;
  private static final double HEIGHT = 300;
  private static final double LEFT = 58;
  private static final double RIGHT = WIDTH - 18;
  private static final double TOP = 24;
  private static final double BOTTOM = HEIGHT - 42;

  /** Room for the name of a tier. */
  private static final double LABEL = 40;

  /** Below a thousandth of a percent nothing is told from nothing. */
  private static final double LEAST = 1e-5;

  private CalibrationFigure() {}

  /**
   * Draws promises.
   *
   * @param promises at least one
   */
  static Svg draw(String spoken, List<Promise> promises) {
    double lowest =
        promises.stream()
            .flatMapToDouble(promise -> DoubleStream.of(promise.promised(), promise.came().value()))
            .filter(rate -> rate > 0)
            .min()
            .orElse(0.01);
    double low = Math.floor(power(Math.min(lowest, 0.09)));
    double highest =
        promises.stream()
            .mapToDouble(promise -> Math.max(promise.promised(), promise.came().value()))
            .max()
            .orElse(1);
    double high = Math.max(low + 1, Math.ceil(power(highest)));
    Axis across = new Axis(low, high, 1, LEFT, RIGHT);
    Axis up = new Axis(low, high, 1, BOTTOM, TOP);
    Svg image = Svg.image(spoken, WIDTH, HEIGHT).withClass("chart");
    grid(image, across, up);
    promises.stream()
        .filter(promise -> !CalibrationSection.isOfAll(promise))
        .filter(promise -> promise.leads() >= DotChart.FEWEST)
        .forEach(
            promise ->
                image.with(
                    Svg.dot("small " + colour(promise), x(promise, across), y(promise, up), 2.5)));
    promises.stream()
        .filter(CalibrationSection::isOfAll)
        .forEach(promise -> tier(image, promise, across, up));
    return image;
  }

  private static void grid(Svg image, Axis across, Axis up) {
    for (double tick : across.ticks()) {
      double x = across.place(tick);
      double y = up.place(tick);
      image.with(
          Svg.line("grid", x, TOP, x, BOTTOM),
          Svg.line("grid", LEFT, y, RIGHT, y),
          Svg.label("middle", x, BOTTOM + 17, share(tick)),
          Svg.label("end", LEFT - 7, y + 4, share(tick)));
    }
    image.with(
        Svg.line("reference", LEFT, BOTTOM, RIGHT, TOP),
        Svg.label("middle", (LEFT + RIGHT) / 2, HEIGHT - 6, "promised"),
        Svg.label("start", 0, 10, "came within the horizon"));
  }

  private static void tier(Svg image, Promise promise, Axis across, Axis up) {
    double x = x(promise, across);
    double y = y(promise, up);
    Insights.Estimate came = promise.came();
    if (came.low() != null && came.high() != null) {
      image.with(
          Svg.line(
              "whisker " + colour(promise),
              x,
              up.place(power(came.low())),
              x,
              up.place(power(came.high()))));
    }
    // The name keeps away from the diagonal.
    boolean isAbove = came.value() > promise.promised();
    boolean isLeft = isAbove ? x > LEFT + LABEL : x > RIGHT - LABEL;
    image.with(
        Svg.dot("dot " + colour(promise), x, y, 5),
        Svg.label(
            isLeft ? "end" : "start",
            isLeft ? x - 9 : x + 9,
            isAbove ? y - 7 : Math.min(y + 15, BOTTOM - 4),
            promise.tier()));
  }

  private static double x(Promise promise, Axis across) {
    return across.place(power(promise.promised()));
  }

  private static double y(Promise promise, Axis up) {
    return up.place(power(promise.came().value()));
  }

  private static double power(double rate) {
    return Math.log10(Math.max(rate, LEAST));
  }

  private static String colour(Promise promise) {
    return TierSection.colour(promise.tier());
  }

  private static String share(double power) {
    return Numbers.decimal(
            100 * Math.pow(10, power), power < -2.5 ? (int) Math.round(-2 - power) : 0)
        + "\u00a0%";
  }
}
