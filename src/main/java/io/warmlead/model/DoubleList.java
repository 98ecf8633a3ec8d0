package io.warmlead.model;

import java.util.Arrays;

/** A list of numbers without boxes. */
final class DoubleList {
  private double[] values = new double[256];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  double get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }
}
