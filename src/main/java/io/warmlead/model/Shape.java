package io.warmlead.model;

import java.io.Serializable;
import java.util.List;

/**
 * A strictly rising map from margin to margin: straight between knots, and with slope 1 before the
 * first and behind the last. Without knots it changes nothing.
 *
 * @param margins of the knots, rising
 * @param values of the knots, rising
 */
public record Shape(List<Double> margins, List<Double> values) implements Serializable {
  /** Changes nothing. */
  public static final Shape STRAIGHT = new Shape(List.of(), List.of());

  public Shape {
    Require.that(margins.size() == values.size(), "a shape's knots do not match");
    Require.finite("calibration knot", margins);
    Require.finite("calibration knot", values);
    for (int knot = 1; knot < margins.size(); knot++) {
      Require.that(
          margins.get(knot) > margins.get(knot - 1) && values.get(knot) > values.get(knot - 1),
          "a shape's knots must rise");
    }
    margins = List.copyOf(margins);
    values = List.copyOf(values);
  }

  boolean isStraight() {
    return margins.isEmpty();
  }

  /** The value of a margin. */
  double of(double margin) {
    int knots = margins.size();
    if (knots == 0) {
      return margin;
    }
    if (margin <= margins.get(0)) {
      return values.get(0) + margin - margins.get(0);
    }
    if (margin >= margins.get(knots - 1)) {
      return values.get(knots - 1) + margin - margins.get(knots - 1);
    }
    int above = 1;
    while (margins.get(above) < margin) {
      above++;
    }
    double from = margins.get(above - 1);
    double share = (margin - from) / (margins.get(above) - from);
    return values.get(above - 1) + share * (values.get(above) - values.get(above - 1));
  }
}
