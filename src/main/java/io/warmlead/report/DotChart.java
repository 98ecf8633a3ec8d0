package io.warmlead.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Numbers by name: a dot for each, a line for its 95 % interval. */
final class DotChart {
  private static final double WIDTH = 360;
  private static final double ROW = 24;
  private static final double RIGHT = WIDTH - 22;
  private static final double BELOW = 40;
  private static final double TOP = 4;

  /** Room for a name: a letter of the chart's font is about this wide. */
  private static final double LETTER = 6.1;

  private static final int MOST_LETTERS = 26;
  private static final int FEWEST_LETTERS = 8;

  /** With fewer leads an interval is so wide that it neither sets a scale nor tells a story. */
  static final long FEWEST = 30;

  private final List<Mark> marks;
  private final String title;
  private final boolean isShare;
  private final List<Guide> guides = new ArrayList<>();
  private final double left;

  private DotChart(List<Mark> marks, String title, boolean isShare) {
    this.marks = marks;
    this.title = title;
    this.isShare = isShare;
    int letters =
        marks.stream()
            .mapToInt(mark -> Math.min(MOST_LETTERS, mark.name().length()))
            .max()
            .orElse(FEWEST_LETTERS);
    this.left = 12 + LETTER * Math.max(FEWEST_LETTERS, letters);
  }

  /**
   * One row.
   *
   * @param style class of the dot and its line; written by us, never taken from data
   * @param count things behind the number
   * @param beside a second number to compare with, drawn hollow
   */
  record Mark(
      String name, String style, double count, Insights.Estimate number, OptionalDouble beside) {

    static Mark of(String name, double count, Insights.Estimate number) {
      return new Mark(name, "", count, number, OptionalDouble.empty());
    }
  }

  private record Guide(double at, String name) {}

  /** A chart of shares, written in percent. */
  static DotChart ofShares(List<Mark> marks, String title) {
    return new DotChart(marks, title, true);
  }

  /** A chart of plain numbers. */
  static DotChart ofNumbers(List<Mark> marks, String title) {
    return new DotChart(marks, title, false);
  }

  /** A dashed line across all rows. */
  DotChart guidedBy(double at, String name) {
    guides.add(new Guide(at, name));
    return this;
  }

  /** How to read it. */
  String legend() {
    Axis axis = axis();
    boolean isCut =
        marks.stream()
            .anyMatch(mark -> mark.number().high() != null && !axis.holds(mark.number().high()));
    return "Lines: 95\u00a0% interval" + (isCut ? "; one that leaves the chart is cut." : ".");
  }

  Svg draw(String spoken) {
    Axis axis = axis();
    double top = guides.isEmpty() ? TOP : TOP + 16;
    double bottom = top + marks.size() * ROW;
    Svg image = Svg.image(spoken, WIDTH, bottom + BELOW).withClass("chart");
    for (double tick : axis.ticks()) {
      double x = axis.place(tick);
      image.with(
          Svg.line("grid", x, top - TOP, x, bottom),
          Svg.label("middle", x, bottom + 16, tickLabel(tick, axis)));
    }
    image.with(Svg.line("axis", left, top - TOP, left, bottom));
    for (int i = 0; i < guides.size(); i++) {
      double x = axis.place(guides.get(i).at());
      // The names of two guides lean away from each other.
      boolean isLeaningLeft = guides.size() > 1 ? i == 0 : x > (left + RIGHT) / 2;
      image.with(
          Svg.line("reference", x, top - TOP, x, bottom),
          Svg.label(isLeaningLeft ? "end" : "start", x, 10, guides.get(i).name()));
    }
    for (int i = 0; i < marks.size(); i++) {
      row(image, marks.get(i), axis, top + (i + 0.5) * ROW);
    }
    return image.with(Svg.label("middle", (left + RIGHT) / 2, bottom + 34, title));
  }

  private Axis axis() {
    double highest =
        Math.max(
            marks.stream().mapToDouble(DotChart::reach).max().orElse(0),
            guides.stream().mapToDouble(Guide::at).max().orElse(0));
    return Axis.round(0, highest > 0 ? highest : 0.01, 4, left, RIGHT);
  }

  private static double reach(Mark mark) {
    double end =
        mark.number().high() == null || mark.count() < FEWEST
            ? mark.number().value()
            : mark.number().high();
    return Math.max(end, mark.beside().orElse(0));
  }

  private String tickLabel(double tick, Axis axis) {
    if (!isShare) {
      return Numbers.decimal(tick, axis.step() < 0.1 ? 2 : axis.step() < 1 ? 1 : 0);
    }
    int digits = axis.step() < 0.00999 ? 1 : 0;
    return Numbers.decimal(100 * tick, axis.step() < 0.000999 ? 2 : digits) + "\u00a0%";
  }

  private void row(Svg image, Mark mark, Axis axis, double y) {
    image.with(Svg.label("end", left - 8, y + 4, shortened(mark.name())));
    Insights.Estimate number = mark.number();
    if (number.low() != null && number.high() != null) {
      image.with(
          Svg.line(
              "whisker " + mark.style(),
              axis.place(number.low()),
              y,
              axis.place(number.high()),
              y));
    }
    if (mark.beside().isPresent()) {
      image.with(Svg.dot("hollow", axis.place(mark.beside().getAsDouble()), y, 4));
    }
    image.with(Svg.dot("dot " + mark.style(), axis.place(number.value()), y, 4));
  }

  /** The whole name stands in the table beside the chart. */
  private static String shortened(String name) {
    return name.length() <= MOST_LETTERS ? name : name.substring(0, MOST_LETTERS - 1) + "\u2026";
  }
}
