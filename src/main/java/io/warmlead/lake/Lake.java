package io.warmlead.lake;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.warmlead.config.LakeSettings;
import io.warmlead.config.SettingsException;
import io.warmlead.config.UserFailure;
import io.warmlead.table.TableContract;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.functions;

/** The tables of one lake: read, append, replace, merge. Each write is one commit. */
public final class Lake {
  private final SparkSession spark;
  private final LakeSettings settings;
  private final Map<String, Long> written = new TreeMap<>();
  private final Set<String> known = new HashSet<>();

  private Lake(SparkSession spark, LakeSettings settings) {
    this.spark = spark;
    this.settings = settings;
  }

  /**
   * Opens a lake.
   *
   * @throws SettingsException when no place is given
   * @throws UserFailure when the folder cannot be written
   */
  public static Lake open(SparkSession spark, LakeSettings settings) {
    if (settings.path().isEmpty() && settings.catalog().isEmpty()) {
      throw new SettingsException(
          "lake.path is not given: say where the tables live, for example with --lake /data/warmlead"
              + " or lake { path = \"/data/warmlead\" } in a --conf file.");
    }
    Lake lake = new Lake(spark, qualified(spark, settings));
    lake.requireWritable();
    return lake;
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

  /** The session that the tables are read with. */
  public SparkSession spark() {
    return spark;
  }

  /** Whether the table is there. */
  public boolean exists(TableContract table) {
    // A table that is there stays there: only one writer holds the lake.
    if (known.contains(table.name())) {
      return true;
    }
    boolean found =
        settings.path().isPresent()
            ? DeltaTable.isDeltaTable(spark, location(table))
            : spark.catalog().tableExists(name(table));
    if (found) {
      known.add(table.name());
    }
    return found;
  }

  /** All rows of a table; none where the table is not there yet. */
  public Dataset<Row> read(TableContract table) {
    if (!exists(table)) {
      return spark.createDataFrame(java.util.List.of(), table.schema());
    }
    return settings.path().isPresent()
        ? spark.read().format("delta").load(location(table))
        : spark.table(name(table));
  }

  /** Adds rows. */
  public void append(TableContract table, Dataset<Row> rows) {
    create(table);
    save(table, conform(table, rows).write().format("delta").mode("append"));
  }

  /** Replaces the whole table in one commit. */
  public void overwrite(TableContract table, Dataset<Row> rows) {
    create(table);
    save(table, conform(table, rows).write().format("delta").mode("overwrite"));
  }

  /** Replaces the rows that satisfy the predicate; every new row must satisfy it too. */
  public void replaceWhere(TableContract table, Dataset<Row> rows, String predicate) {
    create(table);
    save(
        table,
        conform(table, rows)
            .write()
            .format("delta")
            .mode("overwrite")
            .option("replaceWhere", predicate));
  }

  /**
   * Updates rows with equal key and inserts the others.
   *
   * @param rows columns of the contract
   * @param on further condition over {@code target} and {@code source}, to narrow what is searched
   * @param updates column to new value over {@code target} and {@code source}
   */
  public void merge(
      TableContract table, Dataset<Row> rows, Column on, Map<String, Column> updates) {
    create(table);
    Column condition =
        table.key().stream()
            .map(key -> functions.col("target." + key).equalTo(functions.col("source." + key)))
            .reduce(on, Column::and);
    deltaTable(table)
        .as("target")
        .merge(conform(table, rows).as("source"), condition)
        .whenMatched()
        .update(updates)
        .whenNotMatched()
        .insertAll()
        .execute();
    written.put(table.name(), version(table));
  }

  /** Newest version of a table, -1 where it is not there. */
  public long version(TableContract table) {
    if (!exists(table)) {
      return -1;
    }
    // DeltaTable.history would read every commit's header; the log knows its version at once.
    return (settings.path().isPresent()
            ? DeltaLog.forTable(spark, new Path(location(table)))
            : DeltaLog.forTable(
                spark,
                TableIdentifier.apply(
                    table.name(),
                    scala.Option.apply(settings.schema().orElseThrow()),
                    scala.Option.apply(settings.catalog().orElseThrow()))))
        .update(false, scala.Option.empty(), scala.Option.empty())
        .version();
  }

  /** Table to version of everything written through this object. */
  public Map<String, Long> versionsWritten() {
    return Map.copyOf(written);
  }

  /** Folder of small artefacts beside the tables; in catalog mode the schema's own folder. */
  public String artefacts() {
    return settings
        .path()
        .map(path -> path + "/_warmlead")
        .orElseGet(
            () ->
                spark
                        .sql(
                            "DESCRIBE SCHEMA "
                                + Sql.name(settings.catalog().orElseThrow())
                                + "."
                                + Sql.name(settings.schema().orElseThrow()))
                        .where("info_name = 'Location'")
                        .head()
                        .getString(1)
                    + "/_warmlead");
  }

  /** Where a table lies, as a person would write it. */
  public String describe(TableContract table) {
    return settings.path().isPresent() ? location(table) : name(table);
  }

  private void requireWritable() {
    if (settings.path().isEmpty()) {
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
      throw new SettingsException(
          "lake.path = "
              + settings.path().get()
              + " cannot be written: "
              + e.getMessage()
              + ". Give a folder that this user may write, or mend its permissions.");
    }
  }

  private void create(TableContract table) {
    if (exists(table)) {
      return;
    }
    DeltaTableBuilder builder = DeltaTable.createIfNotExists(spark);
    builder =
        settings.path().isPresent()
            ? builder.location(location(table))
            : builder.tableName(name(table));
    builder =
        builder
            .addColumns(table.schema())
            .comment(table.grain())
            .partitionedBy(table.partitionedBy().toArray(String[]::new))
            .property(
                "delta.dataSkippingStatsColumns",
                table.statistics().stream()
                    .filter(column -> !table.partitionedBy().contains(column))
                    .collect(Collectors.joining(",")));
    // As ALTER TABLE ADD CONSTRAINT stores them, but in the one commit that makes the table.
    for (Map.Entry<String, String> check : table.checks().entrySet()) {
      builder = builder.property("delta.constraints." + check.getKey(), check.getValue());
    }
    builder.execute();
    known.add(table.name());
  }

  private void save(TableContract table, DataFrameWriter<Row> writer) {
    if (settings.path().isPresent()) {
      writer.save(location(table));
    } else {
      writer.saveAsTable(name(table));
    }
    written.put(table.name(), version(table));
  }

  private static Dataset<Row> conform(TableContract table, Dataset<Row> rows) {
    Dataset<Row> ordered =
        rows.select(table.columnNames().stream().map(functions::col).toArray(Column[]::new));
    String wrong =
        table.columns().stream()
            .filter(
                column ->
                    !ordered
                        .schema()
                        .apply(column.name())
                        .dataType()
                        .catalogString()
                        .equals(table.schema().apply(column.name()).dataType().catalogString()))
            .map(
                column ->
                    column.name()
                        + " is "
                        + ordered.schema().apply(column.name()).dataType().catalogString()
                        + ", not "
                        + column.type())
            .collect(Collectors.joining("; "));
    if (!wrong.isEmpty()) {
      throw new IllegalStateException("rows for table " + table.name() + ": " + wrong);
    }
    return ordered;
  }

  private DeltaTable deltaTable(TableContract table) {
    return settings.path().isPresent()
        ? DeltaTable.forPath(spark, location(table))
        : DeltaTable.forName(spark, name(table));
  }

  private String location(TableContract table) {
    return settings.path().orElseThrow() + "/" + table.name();
  }

  private String name(TableContract table) {
    return Sql.name(settings.catalog().orElseThrow())
        + "."
        + Sql.name(settings.schema().orElseThrow())
        + "."
        + Sql.name(table.name());
  }
}
