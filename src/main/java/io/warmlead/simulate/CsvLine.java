package io.warmlead.simulate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One line of text, built byte by byte without garbage and reused for the next. */
final class CsvLine {
  private byte[] bytes = new byte[512];
  private int length;

  CsvLine clear() {
    length = 0;
    return this;
  }

  /** The separator of cells. */
  CsvLine comma() {
    return append(',');
  }

  CsvLine append(char character) {
    ensure(1);
    bytes[length++] = (byte) character;
    return this;
  }

  CsvLine append(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ensure(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
    return this;
  }

  /** A number with leading noughts. */
  CsvLine digits(long number, int width) {
    int places = width;
    for (long rest = number; rest >= power(places); ) {
      places++;
    }
    ensure(places);
    long rest = number;
    for (int place = places - 1; place >= 0; place--) {
      bytes[length + place] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += places;
    return this;
  }

  /** A decimal number with a fixed number of places, at most nine. */
  CsvLine decimal(double number, int places) {
    long scale = power(places);
    long scaled = Math.round(Math.abs(number) * scale);
    if (number < 0 && scaled > 0) {
      append('-');
    }
    return digits(scaled / scale, 1).append('.').digits(scaled % scale, places);
  }

  /** Ends the line and writes it. */
  void writeTo(OutputStream target) throws IOException {
    ensure(1);
    bytes[length] = '\n';
    target.write(bytes, 0, length + 1);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static long power(int places) {
    long power = 1;
    for (int place = 0; place < places; place++) {
      power *= 10;
    }
    return power;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (length + more));
    }
  }
}
