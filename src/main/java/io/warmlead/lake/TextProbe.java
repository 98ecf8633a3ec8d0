package io.warmlead.lake;

import io.warmlead.config.InputSettings;
import io.warmlead.config.UserFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Looks at the beginning of a text file before Spark reads it. */
final class TextProbe {
  private static final int PROBE_BYTES = 8192;

  private final Configuration hadoop;

  TextProbe(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * The first line that is not blank, or as much of it as the probe holds; empty where the file has
   * none.
   *
   * @throws UserFailure when the file cannot be opened, or is no text in its encoding
   */
  Optional<String> firstLine(InputSettings input, SourceFile file) {
    Path path = new Path(file.path());
    try (InputStream in = opened(path);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, encoding(input)), PROBE_BYTES)) {
      char[] start = new char[PROBE_BYTES];
      int length = 0;
      for (int read = 0; read >= 0 && length < PROBE_BYTES; length += Math.max(0, read)) {
        read = reader.read(start, length, PROBE_BYTES - length);
      }
      String text = new String(start, 0, length);
      if (text.indexOf('\0') >= 0 || text.chars().filter(c -> c == 0xFFFD).count() > length / 20) {
        throw UserFailure.input(
            file.path()
                + " ("
                + Sources.where(input)
                + ") is not "
                + encoding(input)
                + " text, so it cannot be "
                + input.format()
                + ". Check the path; or set inputs."
                + input.name()
                + ".format; or write the file in UTF-8, or set inputs."
                + input.name()
                + ".options.encoding, for example ISO-8859-1.");
      }
      Optional<String> line = text.lines().filter(found -> !found.isBlank()).findFirst();
      // What follows so many blank lines is left to Spark to find.
      return length == PROBE_BYTES ? line.or(() -> Optional.of("")) : line;
    } catch (IOException e) {
      throw UserFailure.input(
          file.path() + " (" + Sources.where(input) + ") cannot be read: " + e.getMessage() + ".");
    }
  }

  private InputStream opened(Path path) throws IOException {
    InputStream in = path.getFileSystem(hadoop).open(path);
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    return codec == null ? in : codec.createInputStream(in);
  }

  /** As Spark's reader will take it. */
  private static Charset encoding(InputSettings input) {
    return input.options().entrySet().stream()
        .filter(
            option ->
                Set.of("encoding", "charset").contains(option.getKey().toLowerCase(Locale.ROOT)))
        .map(option -> Charset.forName(option.getValue()))
        .findFirst()
        .orElse(StandardCharsets.UTF_8);
  }
}
