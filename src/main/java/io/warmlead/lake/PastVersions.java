package io.warmlead.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.warmlead.table.TableContract;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What tables were at earlier versions, as long as their files and their log are kept. */
public final class PastVersions {
  /** Names that Delta gives to commits. */
  private static final Object[] HARMLESS = {
    "WRITE",
    "CREATE TABLE",
    "ADD CONSTRAINT",
    "DROP CONSTRAINT",
    "SET TBLPROPERTIES",
    "OPTIMIZE",
    "VACUUM START",
    "VACUUM END"
  };

  private final Lake lake;

  public PastVersions(Lake lake) {
    this.lake = lake;
  }

  /**
   * What became of a version of a table.
   *
   * @param isPresent whether the table holds the very same files now
   * @param whyGone why it cannot be had any more, in a few words; empty where it can
   */
  public record Found(boolean isPresent, Optional<String> whyGone) {
    private static final Found HERE = new Found(true, Optional.empty());
    private static final Found KEPT = new Found(false, Optional.empty());

    private static Found gone(String why) {
      return new Found(false, Optional.of(why));
    }
  }

  /** Rows of a table at a version that is kept. */
  public Dataset<Row> read(TableContract table, long version) {
    return lake.place().read(table, version);
  }

  /**
   * Whether the rows of a table were changed since a version by anything but writing them, such as
   * an erasure or a restoration. Making a table, its rules, and what keeps it small change none.
   *
   * @param since -1 for its beginning
   */
  public boolean isChangedOtherwise(TableContract table, long since) {
    int commits = (int) (lake.version(table) - since);
    return commits > 0
        && !lake.place()
            .deltaTable(table)
            .history(commits)
            .where(not(col("operation").isin(HARMLESS)))
            .isEmpty();
  }

  /** Whether a table that is there holds no rows. */
  public boolean isEmpty(TableContract table) {
    return lake.read(table).inputFiles().length == 0;
  }

  /** Looks, folder by folder, for the files of a version that the present one does not need. */
  public Found look(TableContract table, long version) {
    Set<String> needed;
    try {
      needed = Set.copyOf(Arrays.asList(read(table, version).inputFiles()));
    } catch (Exception e) {
      // Delta throws checked exceptions undeclared.
      String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return Found.gone("its log tells no more of it (" + said + ")");
    }
    Set<String> present = Set.copyOf(Arrays.asList(lake.read(table).inputFiles()));
    if (needed.equals(present)) {
      return Found.HERE;
    }
    Map<Path, List<Path>> byFolder = new TreeMap<>();
    for (String file : needed) {
      if (!present.contains(file)) {
        Path path = new Path(URI.create(file));
        byFolder.computeIfAbsent(path.getParent(), folder -> new ArrayList<>()).add(path);
      }
    }
    long gone = 0;
    for (Map.Entry<Path, List<Path>> folder : byFolder.entrySet()) {
      Set<String> there = names(folder.getKey());
      gone += folder.getValue().stream().filter(file -> !there.contains(file.getName())).count();
    }
    return gone == 0
        ? Found.KEPT
        : Found.gone(gone + (gone == 1 ? " of its files was" : " of its files were") + " deleted");
  }

  /**
   * Deletes data files that the present version does not need, and that Delta has left because they
   * seem to come from the future: the clock was ahead when they were written. Nobody else may write
   * meanwhile.
   */
  void deleteFromTheFuture(TableContract table) {
    // By name, which is a random number: a path may be written in more than one way.
    Set<String> present =
        Arrays.stream(lake.read(table).inputFiles())
            .map(file -> new Path(URI.create(file)).getName())
            .collect(Collectors.toSet());
    Path root = lake.place().folder(table);
    try {
      FileSystem files = root.getFileSystem(lake.spark().sparkContext().hadoopConfiguration());
      RemoteIterator<LocatedFileStatus> found = files.listFiles(root, true);
      while (found.hasNext()) {
        Path file = found.next().getPath();
        if (file.getName().endsWith(".parquet")
            && !file.toString().contains("/_delta_log/")
            && !present.contains(file.getName())) {
          files.delete(file, false);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> names(Path folder) {
    Configuration hadoop = lake.spark().sparkContext().hadoopConfiguration();
    Set<String> names = new HashSet<>();
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      for (FileStatus file : files.listStatus(folder)) {
        names.add(file.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }
}
