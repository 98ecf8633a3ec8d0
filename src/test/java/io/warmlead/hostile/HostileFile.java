package io.warmlead.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * A file as no exporter should write it, and what must become of its rows.
 *
 * @param name its name, with folders where it lies in some
 * @param rowsIn rows that it holds
 * @param accepted rows that are engagements
 * @param rejected rows that must end in the quarantine; all others are duplicates
 */
record HostileFile(String name, Supplier<byte[]> bytes, long rowsIn, long accepted, long rejected) {
  static final String HEADER = "lead_id,occurred_at,event";
  static final String TIME = "2026-01-01T08:00:00Z";

  /** A file in which no row is a duplicate. */
  static HostileFile file(String name, byte[] bytes, long accepted, long rejected) {
    return new HostileFile(name, () -> bytes, accepted + rejected, accepted, rejected);
  }

  /** A CSV file with the usual header, its lines ended as given. */
  static HostileFile csv(String name, long accepted, long rejected, String... lines) {
    return file(name, utf8(HEADER + "\n" + String.join("\n", lines) + "\n"), accepted, rejected);
  }

  /** A file of such lines, as they stand. */
  static HostileFile text(String name, long accepted, long rejected, String text) {
    return file(name, utf8(text), accepted, rejected);
  }

  /** An engagement as a line. */
  static String line(String lead) {
    return lead + "," + TIME + ",page_view";
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] in(Charset charset, String text) {
    return text.getBytes(charset);
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  /** Writes the file below a folder. */
  void write(Path folder) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
