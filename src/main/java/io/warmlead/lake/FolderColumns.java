package io.warmlead.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.try_url_decode;

import io.warmlead.config.InputSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/**
 * Folders named {@code key=value}, as Hive and Spark write them, are columns. Those count that lie
 * below a path of the input, or are matched by its wildcards: where an input lies says nothing of
 * its rows.
 */
final class FolderColumns {
  private static final Metadata OF_FOLDERS =
      new MetadataBuilder().putBoolean(Sources.OF_FOLDERS, true).build();
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";
  private static final Pattern FOLDER = Pattern.compile("/([A-Za-z_][A-Za-z0-9_ -]*)=[^/]*(?=/)");
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{\\\\]");

  private final Configuration hadoop;

  FolderColumns(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Adds the columns, all text. A column of the files themselves wins over a folder's.
   *
   * @param rows with {@link Sources#FILE}
   * @param files those that the rows come from
   */
  Dataset<Row> add(Dataset<Row> rows, InputSettings input, List<SourceFile> files)
      throws IOException {
    List<String> roots = roots(input);
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (SourceFile file : files) {
      for (String root : roots) {
        if (file.path().startsWith(root + "/")) {
          Matcher folder = FOLDER.matcher(file.path().substring(root.length()));
          while (folder.find()) {
            names.add(folder.group(1));
          }
        }
      }
    }
    names.removeIf(name -> Arrays.stream(rows.columns()).anyMatch(name::equalsIgnoreCase));
    ReaderRefusals.requireFreeNames(input, names.toArray(String[]::new));
    Dataset<Row> added = rows;
    for (String name : names) {
      added = added.withColumn(name, value(name, roots)).withMetadata(name, OF_FOLDERS);
    }
    return added;
  }

  private static Column value(String name, List<String> roots) {
    String below = roots.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    String folder = "^(?:" + below + ")/(?:.*/)?(?i:" + Pattern.quote(name) + ")=([^/]*)/";
    Column written = nullif(regexp_extract(col(Sources.FILE), folder, 1), lit(""));
    // A plus sign stands for itself; what is no escape stays as it is.
    Column read = try_url_decode(replace(written, lit("+"), lit("%2B")));
    return nullif(coalesce(read, written), lit(NULL));
  }

  /** The paths of an input up to their first wildcard. */
  private List<String> roots(InputSettings input) throws IOException {
    Set<String> roots = new TreeSet<>();
    for (String path : input.paths()) {
      Matcher wildcard = WILDCARD.matcher(path);
      String root =
          wildcard.find() ? path.substring(0, path.lastIndexOf('/', wildcard.start()) + 1) : path;
      Path folder = new Path(root.isEmpty() ? "." : root);
      String whole = folder.getFileSystem(hadoop).makeQualified(folder).toString();
      roots.add(whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole);
    }
    return List.copyOf(roots);
  }
}
