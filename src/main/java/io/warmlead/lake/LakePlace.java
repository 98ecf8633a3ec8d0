package io.warmlead.lake;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.warmlead.config.LakeSettings;
import io.warmlead.config.SettingsException;
import io.warmlead.table.TableContract;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.types.StructType;
import scala.Console;

/** Where the tables of a lake are: folders below one path, or names in one schema of a catalog. */
final class LakePlace {
  private final SparkSession spark;
  private final LakeSettings settings;
  private final Optional<CatalogSchema> catalog;

  private LakePlace(SparkSession spark, LakeSettings settings) {
    this.spark = spark;
    this.settings = settings;
    this.catalog =
        settings
            .catalog()
            .map(name -> new CatalogSchema(spark, name, settings.schema().orElseThrow()));
  }

  static final String CHECK = "delta.constraints.";

  /**
   * Finds the place.
   *
   * @throws SettingsException when none is given, or a catalog that cannot keep tables
   */
  static LakePlace of(SparkSession spark, LakeSettings settings) {
    if (settings.path().isEmpty() && settings.catalog().isEmpty()) {
      throw new SettingsException(
          "lake.path is not given: say where the tables live, for example with --lake /data/warmlead"
              + " or lake { path = \"/data/warmlead\" } in a --conf file.");
    }
    return new LakePlace(spark, qualified(spark, settings));
  }

  /** All rows of a table that is there. */
  Dataset<Row> read(TableContract table) {
    return isFolder()
        ? spark.read().format("delta").load(location(table))
        : spark.table(name(table));
  }

  /** Rows of a table that is there, as one of its earlier versions had them. */
  Dataset<Row> read(TableContract table, long version) {
    DataFrameReader past = spark.read().option("versionAsOf", version);
    return isFolder() ? past.format("delta").load(location(table)) : past.table(name(table));
  }

  /**
   * Rows of a table that is there, as its files have them: any column may be NULL. A plan over a
   * column that is declared NOT NULL takes every test for NULL as failed before it reads.
   */
  Dataset<Row> readAsFound(TableContract table, Column where) {
    Dataset<Row> declared = read(table).where(where);
    String[] files = declared.inputFiles();
    StructType schema = declared.schema().asNullable();
    return files.length == 0
        ? spark.createDataFrame(List.of(), schema)
        : spark
            .read()
            .schema(schema)
            .option("basePath", folder(table).toString())
            // These are names of files that exist, whatever brackets are in them.
            .option("__globPaths__", "false")
            .parquet(files)
            .where(where);
  }

  /** Writes to a table that is there. */
  void save(TableContract table, DataFrameWriter<Row> writer) {
    if (isFolder()) {
      writer.save(location(table));
    } else {
      writer.saveAsTable(name(table));
    }
  }

  /** The table for changes of its rows. */
  DeltaTable deltaTable(TableContract table) {
    return isFolder()
        ? DeltaTable.forPath(spark, location(table))
        : DeltaTable.forName(spark, deltaName(table));
  }

  /** The files that hold a table as it is now. */
  Dataset<AddFile> files(TableContract table) {
    return snapshot(table).allFiles();
  }

  /**
   * Works with files that Delta has to list first, under settings of their own.
   *
   * @param settings these too, while it lasts
   */
  <T> T listing(Map<String, String> settings, Supplier<T> work) {
    Map<String, String> ours = new HashMap<>(settings);
    // By default Delta heeds no retention but its own, and that of none.
    ours.put("spark.databricks.delta.vacuum.retentionWindowIgnore.enabled", "false");
    // The default is ten thousand tasks for every table, however small.
    ours.put(
        "spark.sql.sources.parallelPartitionDiscovery.parallelism",
        String.valueOf(4 * spark.sparkContext().defaultParallelism()));
    return with(ours, work);
  }

  /** Works under settings of its own. */
  <T> T with(Map<String, String> ours, Supplier<T> work) {
    Map<String, String> before = new HashMap<>();
    ours.keySet().forEach(key -> before.put(key, spark.conf().get(key, null)));
    ours.forEach((key, value) -> spark.conf().set(key, value));
    try {
      // Delta prints how many files it deleted, where only what a command was asked for belongs.
      return Console.withOut(OutputStream.nullOutputStream(), work::get);
    } finally {
      before.forEach(
          (key, value) -> {
            if (value == null) {
              spark.conf().unset(key);
            } else {
              spark.conf().set(key, value);
            }
          });
    }
  }

  /** The table in SQL text. */
  String sqlName(TableContract table) {
    return isFolder() ? "delta." + Sql.name(location(table)) : name(table);
  }

  /** Starts a table that is not there. */
  DeltaTableBuilder create(TableContract table) {
    if (isFolder()) {
      clearUnfinishedLog(new Path(location(table), "_delta_log"));
    }
    DeltaTableBuilder builder = DeltaTable.createIfNotExists(spark);
    return isFolder() ? builder.location(location(table)) : builder.tableName(deltaName(table));
  }

  /**
   * Removes what a crash in the first commit of a table leaves: Delta takes a log without any
   * commit for a table, and neither makes nor finds it then. Commits have names of digits.
   */
  private void clearUnfinishedLog(Path log) {
    try {
      FileSystem files = log.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (files.exists(log)
          && Arrays.stream(files.listStatus(log))
              .noneMatch(file -> Character.isDigit(file.getPath().getName().charAt(0)))) {
        files.delete(log, true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Newest version of a table, -1 where it is not there. {@code DeltaTable.history} would read
   * every commit's header; the log knows its version at once.
   */
  long version(TableContract table) {
    return findLog(table).map(log -> newest(log).version()).orElse(-1L);
  }

  /** Rules that a table which is there holds its rows to, by name. */
  Map<String, String> checks(TableContract table) {
    Map<String, String> checks = new TreeMap<>();
    snapshot(table)
        .metadata()
        .configuration()
        .foreach(
            property -> {
              if (property._1().startsWith(CHECK)) {
                checks.put(property._1().substring(CHECK.length()), property._2());
              }
              return null;
            });
    return checks;
  }

  /** Holds the rows of a table to another rule of the same name. */
  void replaceCheck(TableContract table, String name, String condition) {
    String altered = "ALTER TABLE " + sqlName(table);
    spark.sql(altered + " DROP CONSTRAINT IF EXISTS " + Sql.name(name));
    spark.sql(altered + " ADD CONSTRAINT " + Sql.name(name) + " CHECK (" + condition + ")");
  }

  /** Folder of a table that is there. */
  Path folder(TableContract table) {
    return log(table).dataPath();
  }

  private Snapshot snapshot(TableContract table) {
    return newest(log(table));
  }

  private static Snapshot newest(DeltaLog log) {
    return log.update(false, scala.Option.empty(), scala.Option.empty());
  }

  private DeltaLog log(TableContract table) {
    return findLog(table).orElseThrow();
  }

  private Optional<DeltaLog> findLog(TableContract table) {
    return isFolder()
        ? Optional.of(DeltaLog.forTable(spark, new Path(location(table))))
        : catalog.orElseThrow().log(table.name());
  }

  /** Folder of small artefacts beside the tables; in catalog mode the schema's own folder. */
  String artefacts() {
    return settings.path().orElseGet(() -> catalog.orElseThrow().folder()) + "/_warmlead";
  }

  /** Where a table lies, as a person would write it. */
  String describe(TableContract table) {
    return isFolder() ? location(table) : name(table);
  }

  /** Where the tables lie, as a person would write it. */
  String describe() {
    return settings.path().orElseGet(() -> catalog.orElseThrow().toString());
  }

  boolean isFolder() {
    return settings.path().isPresent();
  }

  private String location(TableContract table) {
    return settings.path().orElseThrow() + "/" + table.name();
  }

  private String name(TableContract table) {
    return catalog.orElseThrow().name(table.name());
  }

  private String deltaName(TableContract table) {
    return catalog.orElseThrow().deltaName(table.name());
  }

  /** The view of a table's published rows, in SQL text; only a catalog has views. */
  String viewName(TableContract table) {
    return catalog.orElseThrow().name(table.name() + "_published");
  }

  /** Delta takes a relative path for a table name. */
  private static LakeSettings qualified(SparkSession spark, LakeSettings settings) {
    if (settings.path().isEmpty()) {
      return settings;
    }
    Path root = new Path(settings.path().get());
    try {
      FileSystem files = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
      return new LakeSettings(
          Optional.of(files.makeQualified(root).toString()), Optional.empty(), Optional.empty());
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException("lake.path = " + root + ": " + e.getMessage());
    }
  }

  /**
   * Looks whether the folder, or the nearest one above it that is there, may be written; makes
   * nothing. A place in a catalog is not looked at.
   *
   * @throws SettingsException when it may not
   */
  void requireSeemsWritable() {
    if (!isFolder()) {
      return;
    }
    Path nearest = new Path(settings.path().get());
    try {
      FileSystem files = nearest.getFileSystem(spark.sparkContext().hadoopConfiguration());
      while (!files.exists(nearest) && nearest.getParent() != null) {
        nearest = nearest.getParent();
      }
      if (!files.getFileStatus(nearest).isDirectory()) {
        throw new IOException(nearest + " is a file");
      }
      if (nearest.toUri().getScheme() != null && !nearest.toUri().getScheme().equals("file")) {
        files.access(nearest, FsAction.WRITE);
      } else if (!new File(nearest.toUri().getPath()).canWrite()) {
        throw new IOException(nearest + " may not be written");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw cannotBeWritten(e);
    }
  }

  /**
   * Makes sure that a catalog has the schema.
   *
   * @throws SettingsException when it has not
   */
  void requireSchema() {
    catalog.ifPresent(CatalogSchema::requireThere);
  }

  /**
   * Makes the folder or schema where there is none.
   *
   * @throws SettingsException when it cannot be written
   */
  void requireWritable() {
    if (!isFolder()) {
      catalog.orElseThrow().make();
      return;
    }
    Path root = new Path(settings.path().get());
    try {
      FileSystem files = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
      Path probe = new Path(root, "_warmlead/.probe-" + ProcessHandle.current().pid());
      if (!files.mkdirs(probe.getParent())) {
        throw new IOException("the folder cannot be made");
      }
      files.create(probe, true).close();
      files.delete(probe, false);
    } catch (IOException | IllegalArgumentException e) {
      throw cannotBeWritten(e);
    }
  }

  private SettingsException cannotBeWritten(Exception why) {
    return new SettingsException(
        "lake.path = "
            + settings.path().get()
            + " cannot be written: "
            + why.getMessage()
            + ". Give a folder that this user may write, or mend its permissions.");
  }
}
