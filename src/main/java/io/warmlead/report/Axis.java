package io.warmlead.report;

import java.util.List;
import java.util.stream.LongStream;

/**
 * A straight scale from data to places, with ticks at round numbers.
 *
 * @param low data at the place {@code from}
 * @param high data at the place {@code to}
 * @param step distance of ticks
 */
record Axis(double low, double high, double step, double from, double to) {
  /** Keeps a sum of steps from missing a tick by a rounding error. */
  private static final double SLACK = 1e-9;

  Axis {
    if (!(high > low) || !(step > 0)) {
      throw new IllegalArgumentException(
          "An axis needs low < high and step > 0, not " + low + ", " + high + " and " + step);
    }
  }

  /** An axis that ends on ticks, about as many as wanted. */
  static Axis round(double low, double high, int ticks, double from, double to) {
    double step = roundStep((high - low) / ticks);
    return new Axis(
        Math.floor(low / step + SLACK) * step,
        Math.ceil(high / step - SLACK) * step,
        step,
        from,
        to);
  }

  /** An axis that ends with the data, so that no place is wasted. */
  static Axis exact(double low, double high, int ticks, double from, double to) {
    return new Axis(low, high, roundStep((high - low) / ticks), from, to);
  }

  /** The next larger of 1, 2, 5, 10, ... at any power of ten. */
  private static double roundStep(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double digit : new double[] {1, 2, 5}) {
      if (digit * power >= atLeast * (1 - SLACK)) {
        return digit * power;
      }
    }
    return 10 * power;
  }

  /** The place of a datum; what lies outside is put on the edge. */
  double place(double datum) {
    double inside = Math.max(low, Math.min(high, datum));
    return from + (inside - low) / (high - low) * (to - from);
  }

  boolean holds(double datum) {
    return datum >= low && datum <= high;
  }

  List<Double> ticks() {
    long first = (long) Math.ceil(low / step - SLACK);
    long last = (long) Math.floor(high / step + SLACK);
    return LongStream.rangeClosed(first, last).mapToObj(tick -> tick * step).toList();
  }
}
