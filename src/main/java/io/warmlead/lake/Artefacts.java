package io.warmlead.lake;

import io.warmlead.config.UserFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Small text files beside the tables: models, reports. */
public final class Artefacts {
  private final Path folder;
  private final Configuration hadoop;

  /** Artefacts of a lake. */
  public Artefacts(Lake lake) {
    this.folder = new Path(lake.artefacts());
    this.hadoop = lake.spark().sparkContext().hadoopConfiguration();
  }

  /**
   * Writes a text, by way of a temporary name, so that readers see all of it or nothing.
   *
   * @return URI of the file
   */
  public String write(String name, String text) {
    Path file = new Path(folder, name);
    try {
      FileSystem files = file.getFileSystem(hadoop);
      Path temporary = file.suffix(".part");
      try (FSDataOutputStream out = files.create(temporary, true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      files.delete(file, false);
      if (!files.rename(temporary, file)) {
        throw new IOException("cannot rename " + temporary + " to " + file);
      }
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a text.
   *
   * @throws UserFailure when it is gone
   */
  public String read(String uri) {
    return tryRead(uri)
        .orElseThrow(
            () ->
                UserFailure.input(
                    uri
                        + " is missing, though the lake refers to it. Restore the file, or train"
                        + " again with `warmlead train`."));
  }

  /** Reads a text by its name, if it is there. */
  public Optional<String> find(String name) {
    return tryRead(new Path(folder, name).toString());
  }

  private Optional<String> tryRead(String uri) {
    Path file = new Path(uri);
    try (FSDataInputStream in = file.getFileSystem(hadoop).open(file)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
