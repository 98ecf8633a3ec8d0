package io.warmlead.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.warmlead.table.TableContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Keeps tables healthy: few large files instead of many small ones, no files nobody needs. */
public final class Upkeep {
  /**
   * Files of this size and more are left alone: a merge writes all that it merges anew, and what
   * one night adds is no reason to write years again. Readers gain nothing from larger ones.
   */
  private static final long LARGE = 128L << 20;

  private static final String RETENTION = "delta.deletedFileRetentionDuration";

  private final Lake lake;
  private final long large;

  public Upkeep(Lake lake) {
    this(lake, LARGE);
  }

  Upkeep(Lake lake, long large) {
    this.lake = lake;
    this.large = large;
  }

  /**
   * Files of one table, and what can be done about them.
   *
   * @param files files that hold the table as it is now, and their bytes
   * @param merging of these, files that share a partition with other small ones
   * @param obsolete files that belong to no version younger than the retention
   */
  public record Need(Files files, Files merging, Files obsolete) {}

  /** A number of files. */
  public record Files(long number, long bytes) {}

  /**
   * Looks, and changes nothing.
   *
   * @param retainDays older versions may become unreadable; 7 to 30
   */
  public Need need(TableContract table, int retainDays) {
    Row found =
        lake.place()
            .files(table)
            .toDF()
            .select(to_json(col("partitionValues")).as("partition"), col("size"))
            .groupBy("partition")
            .agg(
                count(lit(1)).as("files"),
                sum("size").as("bytes"),
                coalesce(sum(ifSmall(lit(1L))), lit(0L)).as("small"),
                coalesce(sum(ifSmall(col("size"))), lit(0L)).as("small_bytes"))
            .selectExpr(
                "sum(files)",
                "sum(bytes)",
                "sum(if(small > 1, small, 0))",
                "sum(if(small > 1, small_bytes, 0))")
            .head();
    return new Need(files(found, 0), files(found, 2), obsolete(table, retainDays));
  }

  /** Merges small files, in one commit; the old ones stay until they are older than retained. */
  public void merge(TableContract table) {
    lake.place()
        .with(
            Map.of(
                "spark.databricks.delta.optimize.minFileSize",
                String.valueOf(large),
                // So that any two small files fit into one.
                "spark.databricks.delta.optimize.maxFileSize",
                String.valueOf(2 * large)),
            () -> lake.place().deltaTable(table).optimize().executeCompaction());
  }

  /**
   * Deletes files that no version younger than the retention needs. The table remembers the
   * retention: its log forgets after that time which files were replaced when.
   */
  public void clean(TableContract table, int retainDays) {
    String wanted = "interval " + retainDays + " days";
    Row detail = lake.place().deltaTable(table).detail().head();
    Map<String, String> properties = detail.getJavaMap(detail.fieldIndex("properties"));
    if (!properties.getOrDefault(RETENTION, "interval 7 days").equals(wanted)) {
      lake.spark()
          .sql(
              "ALTER TABLE "
                  + lake.place().sqlName(table)
                  + " SET TBLPROPERTIES ('"
                  + RETENTION
                  + "' = '"
                  + wanted
                  + "')");
    }
    lake.place().listing(Map.of(), () -> lake.place().deltaTable(table).vacuum(24D * retainDays));
  }

  private Files obsolete(TableContract table, int retainDays) {
    Dataset<Row> found =
        lake.place()
            .listing(
                // One may look at a shorter retention than the table remembers.
                Map.of("spark.databricks.delta.retentionDurationCheck.enabled", "false"),
                () ->
                    lake.spark()
                        .sql(
                            "VACUUM "
                                + lake.place().sqlName(table)
                                + " RETAIN "
                                + 24L * retainDays
                                + " HOURS DRY RUN"));
    return sizes(
        found.as(Encoders.STRING()).toLocalIterator(),
        lake.spark().sparkContext().hadoopConfiguration());
  }

  /**
   * Number and size of files, by a listing of their folders: to ask the store for each would take
   * hours where there are millions.
   *
   * @param paths folders among them do not count
   */
  static Files sizes(Iterator<String> paths, Configuration hadoop) {
    Map<Path, Set<String>> byFolder = new HashMap<>();
    paths.forEachRemaining(
        text -> {
          Path path = new Path(text);
          byFolder.computeIfAbsent(path.getParent(), folder -> new HashSet<>()).add(path.getName());
        });
    long number = 0;
    long bytes = 0;
    try {
      for (Map.Entry<Path, Set<String>> entry : byFolder.entrySet()) {
        RemoteIterator<FileStatus> listed =
            entry.getKey().getFileSystem(hadoop).listStatusIterator(entry.getKey());
        while (listed.hasNext()) {
          FileStatus file = listed.next();
          if (file.isFile() && entry.getValue().contains(file.getPath().getName())) {
            number++;
            bytes += file.getLen();
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Files(number, bytes);
  }

  private static Files files(Row row, int from) {
    return row.isNullAt(from)
        ? new Files(0, 0)
        : new Files(row.getLong(from), row.getLong(from + 1));
  }

  private Column ifSmall(Column value) {
    return when(col("size").lt(lit(large)), value);
  }
}
