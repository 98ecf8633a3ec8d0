package io.warmlead.simulate;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Lines compressed in memory into one gzip member. Members written one after another are a gzip
 * file (RFC 1952, section 2.2). The header carries no time, so the same lines are the same bytes.
 */
final class GzipText {
  private static final int BUFFER = 1 << 15;

  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final OutputStream lines;
  private long count;

  GzipText() {
    try {
      lines = new BufferedOutputStream(new FastGzip(compressed), BUFFER);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void write(CsvLine line) {
    try {
      line.writeTo(lines);
      count++;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Lines written so far. */
  long lines() {
    return count;
  }

  /** Ends the member. */
  byte[] finish() {
    try {
      lines.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return compressed.toByteArray();
  }

  /** Speed before size. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream target) throws IOException {
      super(target, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
