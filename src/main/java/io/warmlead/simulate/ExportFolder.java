package io.warmlead.simulate;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder that everything is written to, on any file system that Hadoop knows.
 *
 * <p>A folder that an earlier simulation wrote is written anew; one that holds anything else is
 * refused, since its files would be mixed with or deleted for simulated ones.
 */
final class ExportFolder implements AutoCloseable {
  private static final String MARKER = "truth/README.txt";
  private static final String ABOUT =
      """
      Everything outside of this folder is what a simulated company would export.
      This folder holds what was planted, and must never be read by the job itself.

      parameters.json                       every planted number, rows by file, dirt by kind
      leads.csv.gz                          one row per lead: quality, closing, projects, re-warmings
      probabilities.csv.gz                  one row per open lead and Monday: the true probability of
                                            a conversion within the horizon after that midnight (UTC)
      """;

  private final FileSystem files;
  private final Path root;
  private final Map<String, OutputStream> open = new TreeMap<>();
  private final Map<String, Long> rows = new LinkedHashMap<>();
  private final List<String> written = new ArrayList<>();

  private ExportFolder(FileSystem files, Path root) {
    this.files = files;
    this.root = root;
  }

  /** Opens the folder, emptied of an earlier simulation. */
  static ExportFolder create(String to) throws IOException {
    Path path = new Path(to);
    Configuration settings = new Configuration();
    URI uri = path.toUri().getScheme() == null ? FileSystem.getDefaultUri(settings) : path.toUri();
    FileSystem files = FileSystem.newInstance(uri, settings);
    files.setWriteChecksum(false);
    ExportFolder folder = new ExportFolder(files, files.makeQualified(path));
    folder.empty();
    folder.text(MARKER, ABOUT);
    return folder;
  }

  private void empty() throws IOException {
    FileStatus[] existing;
    try {
      existing = files.listStatus(root);
    } catch (FileNotFoundException absent) {
      return;
    }
    if (existing.length > 0 && !files.exists(new Path(root, MARKER))) {
      throw new IllegalArgumentException(
          "to = " + root + ": is not empty and was not written by a simulation; name a new folder");
    }
    for (String ours : List.of("engagements", "leads", "outcomes", SettingsOverlay.FILE, "truth")) {
      files.delete(new Path(root, ours), true);
    }
  }

  /** The folder, fully qualified. */
  String location() {
    return root.toString();
  }

  String location(String file) {
    return new Path(root, file).toString();
  }

  /** Rows by file of rows, without headers. */
  Map<String, Long> rows() {
    return rows;
  }

  /** Every file, in the order of first writing. */
  List<String> written() {
    return written;
  }

  /**
   * Appends compressed rows to a file, which begins with a header; nothing if there are no rows.
   */
  void append(String file, String header, Chunk.Piece piece) throws IOException {
    if (piece.rows() == 0) {
      return;
    }
    piece.writeTo(stream(file, header));
    rows.merge(file, piece.rows(), Long::sum);
  }

  /** Makes sure that a file exists, if only with its header. */
  void begin(String file, String header) throws IOException {
    stream(file, header);
    rows.putIfAbsent(file, 0L);
  }

  /** Writes a whole file of text. */
  void text(String file, String text) throws IOException {
    try (OutputStream target = files.create(new Path(root, file), true)) {
      target.write(text.getBytes(StandardCharsets.UTF_8));
    }
    written.add(file);
  }

  /** Ends all files of rows whose name begins with a prefix. */
  void end(String prefix) throws IOException {
    for (String file : List.copyOf(open.keySet())) {
      if (file.startsWith(prefix)) {
        open.remove(file).close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    end("");
    files.close();
  }

  private OutputStream stream(String file, String header) throws IOException {
    OutputStream stream = open.get(file);
    if (stream == null) {
      stream = files.create(new Path(root, file), true);
      open.put(file, stream);
      written.add(file);
      GzipText first = new GzipText();
      first.write(new CsvLine().append(header));
      stream.write(first.finish());
    }
    return stream;
  }
}
