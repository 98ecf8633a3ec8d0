package io.warmlead.model;

import java.util.Collection;

/** Preconditions of model parts; each failure names the field and the value. */
final class Require {
  private Require() {}

  static double finite(String field, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(field + " is not a finite number: " + value);
    }
    return value;
  }

  static void finite(String field, Collection<Double> values) {
    values.forEach(value -> finite(field, value));
  }

  static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
