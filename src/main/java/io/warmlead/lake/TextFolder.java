package io.warmlead.lake;

import io.warmlead.config.SettingsException;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A folder, at any URI that Hadoop knows, that text files are put into: one file a name, as other
 * programs want them. All of them are written under temporary names first and renamed at the end,
 * so that nobody reads half a file, and a failure leaves the files of before. Two writers must not
 * use one folder at a time.
 */
public final class TextFolder implements AutoCloseable {
  private final FileSystem files;
  private final Path folder;
  private final Map<Path, Path> temporary = new LinkedHashMap<>();

  private TextFolder(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * Opens the folder, and makes it where it is missing.
   *
   * @param option names the folder in complaints, such as {@code --to}
   * @throws SettingsException when it is a file or a table, or cannot be written
   */
  public static TextFolder open(SparkSession spark, String option, String uri) {
    try {
      Path path = new Path(uri);
      FileSystem files = plain(path.getFileSystem(spark.sparkContext().hadoopConfiguration()));
      Path folder = files.makeQualified(path);
      if (isFile(files, folder)) {
        throw new SettingsException(
            option + " " + uri + " is a file: give a folder, which is made where it is missing.");
      }
      if (files.exists(new Path(folder, "_delta_log"))) {
        throw new SettingsException(
            option + " " + uri + " is a Delta table: give a folder of its own for the files.");
      }
      if (!files.mkdirs(folder)) {
        throw new IOException("the folder cannot be made");
      }
      return new TextFolder(files, folder);
    } catch (IOException | IllegalArgumentException e) {
      throw unwritable(option + " " + uri, e);
    }
  }

  /**
   * Writes a file under a temporary name, UTF-8, each line ended by a line feed.
   *
   * @return number of lines
   * @throws SettingsException when it cannot be written
   */
  public long write(String name, Iterator<String> lines) {
    Path file = new Path(folder, name);
    Path part = new Path(folder, "." + name + ".part");
    temporary.put(part, file);
    try (Writer text =
        new BufferedWriter(
            new OutputStreamWriter(files.create(part, true), StandardCharsets.UTF_8))) {
      long count = 0;
      for (; lines.hasNext(); count++) {
        text.write(lines.next());
        text.write('\n');
      }
      return count;
    } catch (IOException e) {
      throw unwritable(file.toString(), e);
    }
  }

  /**
   * Gives all files their names; earlier ones of these names are replaced.
   *
   * @throws SettingsException when a name is taken by a folder, or cannot be given
   */
  public void publish() {
    for (Path file : temporary.values()) {
      if (isFolder(file)) {
        throw new SettingsException(
            file + " is a folder: move it away, so that the file of this name can be written.");
      }
    }
    for (Iterator<Map.Entry<Path, Path>> parts = temporary.entrySet().iterator();
        parts.hasNext(); ) {
      Map.Entry<Path, Path> part = parts.next();
      replace(part.getKey(), part.getValue());
      parts.remove();
    }
  }

  /** URI of a file. */
  public String uri(String name) {
    return new Path(folder, name).toString();
  }

  /** Removes what was written and not published. */
  @Override
  public void close() {
    for (Path part : temporary.keySet()) {
      try {
        files.delete(part, false);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void replace(Path part, Path file) {
    try {
      if (!renamed(part, file)) {
        // Not every store renames onto a file that is there.
        files.delete(file, false);
        if (!files.rename(part, file)) {
          throw new IOException("cannot rename " + part);
        }
      }
    } catch (IOException e) {
      throw unwritable(file.toString(), e);
    }
  }

  private boolean renamed(Path part, Path file) throws IOException {
    try {
      return files.rename(part, file);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private boolean isFolder(Path path) {
    try {
      return files.getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw unwritable(path.toString(), e);
    }
  }

  private static boolean isFile(FileSystem files, Path path) throws IOException {
    try {
      return files.getFileStatus(path).isFile();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** A local folder without a hidden checksum beside every file. */
  private static FileSystem plain(FileSystem files) {
    return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
  }

  private static SettingsException unwritable(String what, Exception e) {
    return new SettingsException(
        what
            + " cannot be written: "
            + e.getMessage()
            + ". Give a folder that this user may write, or mend its permissions.");
  }
}
