package io.warmlead.lake;

import io.warmlead.config.UserFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

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
   * @throws UserFailure where a disk is full or may not be written
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
    } catch (IOException | FSError e) {
      throw trouble(e, file);
    }
  }

  /** What to throw where a file cannot be written: for a person, where a person can cure it. */
  private static RuntimeException trouble(Throwable e, Path file) {
    Optional<UserFailure> told = StorageTrouble.of(e, file.toString());
    if (told.isPresent()) {
      return told.get();
    }
    return new UncheckedIOException(
        e instanceof IOException failure ? failure : new IOException(e));
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

  /** Reads a text from anywhere, if it is there. */
  public Optional<String> outside(String uri) {
    return tryRead(uri);
  }

  /** Names of all artefacts but the lease, sorted. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      String root = files.makeQualified(folder).toString();
      RemoteIterator<LocatedFileStatus> found = files.listFiles(folder, true);
      while (found.hasNext()) {
        String file = found.next().getPath().toString();
        if (!file.endsWith("/lease.json")) {
          names.add(file.substring(root.length() + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(names);
    return names;
  }

  /** Deletes an artefact. */
  public void delete(String name) {
    Path file = new Path(folder, name);
    try {
      file.getFileSystem(hadoop).delete(file, false);
    } catch (IOException | FSError e) {
      throw trouble(e, file);
    }
  }

  /**
   * Hadoop keeps sums beside local files and stops at a changed byte. What must not be changed has
   * a digest of its own, which says what that means.
   */
  private static FileSystem unchecked(FileSystem files) {
    return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
  }

  private Optional<String> tryRead(String uri) {
    Path file = new Path(uri);
    try (FSDataInputStream in = unchecked(file.getFileSystem(hadoop)).open(file)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
