package io.warmlead.report;

import j2html.tags.ContainerTag;
import java.util.Locale;

/**
 * Charts as SVG inside the page.
 *
 * <p>Why not a chart library: those for the JVM draw through AWT, which needs fonts and native
 * libraries that slim server images lack, and they give pictures whose colours are fixed: no dark
 * mode, blurred on paper, silent to a screen reader. The report's charts are lines, dots and steps;
 * as SVG they take their colours from the page's style sheet, stay sharp at any size, and carry no
 * weight. What is fiddly about SVG, escaping and nesting, is left to j2html.
 */
final class Svg extends ContainerTag<Svg> {

  private Svg(String name) {
    super(name);
  }

  /** A picture as wide as its place, with what it shows in words for those who cannot see it. */
  static Svg image(String spoken) {
    return new Svg("svg").attr("role", "img").attr("aria-label", spoken);
  }

  /** A picture with coordinates of its own, scaled to the width of its place. */
  static Svg image(String spoken, double width, double height) {
    return image(spoken).attr("viewBox", "0 0 " + place(width) + " " + place(height));
  }

  /** An element by its SVG name. */
  static Svg shape(String name) {
    return new Svg(name);
  }

  static Svg line(String style, double fromX, double fromY, double toX, double toY) {
    return shape("line")
        .withClass(style)
        .attr("x1", place(fromX))
        .attr("y1", place(fromY))
        .attr("x2", place(toX))
        .attr("y2", place(toY));
  }

  static Svg path(String style, String commands) {
    return shape("path").withClass(style).attr("d", commands);
  }

  static Svg dot(String style, double x, double y, double radius) {
    return shape("circle")
        .withClass(style)
        .attr("cx", place(x))
        .attr("cy", place(y))
        .attr("r", place(radius));
  }

  /** Text; its style says how it is aligned to the place. */
  static Svg label(String style, double x, double y, String text) {
    return shape("text").withClass(style).attr("x", place(x)).attr("y", place(y)).withText(text);
  }

  /** A tenth of a unit is finer than any screen; more digits are only weight. */
  static String place(double coordinate) {
    String text = String.format(Locale.ROOT, "%.1f", coordinate);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
