package io.warmlead.report;

import java.util.List;

/** Lengths by name: a bar for each, from a place to a place, and what it says in words. */
final class BarChart {
  private static final double WIDTH = 410;
  private static final double ROW = 26;
  private static final double LEFT = 118;
  private static final double RIGHT = WIDTH - 4;
  private static final double THICK = 14;

  /** About the width of a letter of the chart's font. */
  private static final double LETTER = 6.3;

  private BarChart() {}

  /** One bar; the words stand behind it, or before it where it ends too far to the right. */
  record Bar(String name, double from, double to, String words) {}

  /**
   * Draws bars.
   *
   * @param longest what the whole width stands for
   */
  static Svg draw(String spoken, List<Bar> bars, double longest) {
    double bottom = bars.size() * ROW;
    Svg image = Svg.image(spoken, WIDTH, bottom).withClass("chart");
    Axis axis = Axis.exact(0, longest > 0 ? longest : 1, 1, LEFT, RIGHT);
    image.with(Svg.line("axis", LEFT, 0, LEFT, bottom));
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double y = (i + 0.5) * ROW;
      double start = axis.place(bar.from());
      double end = Math.max(axis.place(bar.to()), start + 1);
      image.with(
          Svg.label("end", LEFT - 8, y + 4, bar.name()),
          Svg.shape("rect")
              .withClass("bar")
              .attr("x", Svg.place(start))
              .attr("y", Svg.place(y - THICK / 2))
              .attr("width", Svg.place(end - start))
              .attr("height", Svg.place(THICK)));
      words(image, bar.words(), start, end, y + 4);
    }
    return image;
  }

  private static void words(Svg image, String words, double start, double end, double y) {
    double length = words.length() * LETTER + 8;
    if (end + length <= RIGHT) {
      image.with(Svg.label("start", end + 6, y, words));
    } else if (start - length >= LEFT) {
      image.with(Svg.label("end", start - 6, y, words));
    } else {
      image.with(Svg.label("end inside", end - 6, y, words));
    }
  }
}
