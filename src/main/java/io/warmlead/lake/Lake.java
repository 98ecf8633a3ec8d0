package io.warmlead.lake;

import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTableBuilder;
import io.warmlead.config.LakeSettings;
import io.warmlead.config.SettingsException;
import io.warmlead.config.UserFailure;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The tables of one lake: read, append, replace, merge. Each write is one commit. Several threads
 * may use one lake, as long as each writes other tables.
 */
public final class Lake {
  private final SparkSession spark;
  private final LakePlace place;
  private final Map<String, Long> written = new ConcurrentHashMap<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Set<String> upToDate = ConcurrentHashMap.newKeySet();
  private volatile Runnable fence = () -> {};

  private Lake(SparkSession spark, LakePlace place) {
    this.spark = spark;
    this.place = place;
  }

  /**
   * Opens a lake; nothing is written, nor need it be there.
   *
   * @throws SettingsException when no place is given
   */
  public static Lake open(SparkSession spark, LakeSettings settings) {
    return new Lake(spark, LakePlace.of(spark, settings));
  }

  /**
   * Makes sure that the lake can be written.
   *
   * @throws SettingsException when it cannot
   */
  public void requireWritable() {
    place.requireWritable();
  }

  /**
   * Looks whether the lake could be written, and writes nothing.
   *
   * @throws SettingsException when it could not, as far as can be seen
   */
  public void requireSeemsWritable() {
    place.requireSeemsWritable();
  }

  /**
   * Makes sure that there is a lake: a place that was mistyped must not pass for one without rows.
   *
   * @throws UserFailure of kind INPUT when no table is there; a {@link SettingsException} when a
   *     catalog has no such schema
   */
  public void requireThere() {
    place.requireSchema();
    if (Tables.ALL.stream().noneMatch(this::exists)) {
      throw UserFailure.input(
          "There is no table of Warmlead in "
              + describe()
              + ". Give the lake that nights write to, with --lake or in the settings (lake). Run"
              + " `warmlead nightly` first where there is none yet.");
    }
  }

  /** From now on, calls this before every write: it throws where the lake is no longer ours. */
  void fence(Runnable check) {
    fence = check;
  }

  /**
   * Makes sure that the lake is still ours, before something beside its tables is written; every
   * write to a table does so by itself.
   *
   * @throws UserFailure of kind BUSY where another run has taken it
   */
  public void requireOurs() {
    fence.run();
  }

  /** The session that the tables are read with. */
  public SparkSession spark() {
    return spark;
  }

  /** Whether the table is there. */
  public boolean exists(TableContract table) {
    // A table that is there stays there: only one writer holds the lake.
    return known.contains(table.name()) || version(table) >= 0;
  }

  /**
   * All rows of a table; none where the table is not there yet. Columns that its contract has
   * gained since it was last written are NULL.
   */
  public Dataset<Row> read(TableContract table) {
    return exists(table)
        ? ContractRows.withNewColumns(table, place.read(table))
        : spark.createDataFrame(List.of(), table.schema());
  }

  /**
   * Rows of a table whose declared NOT NULL is not trusted, for checks; none where the table is not
   * there.
   *
   * @param where which rows; where it names partition columns, other files are not read
   */
  public Dataset<Row> readAsFound(TableContract table, Column where) {
    return exists(table)
        ? ContractRows.withNewColumns(table, place.readAsFound(table, where))
        : spark.createDataFrame(List.of(), table.schema());
  }

  /**
   * The values of the one column that a table is partitioned by, from its list of files; no row is
   * read. None where the table is not there.
   */
  public List<String> partitions(TableContract table) {
    if (!exists(table)) {
      return List.of();
    }
    Column value = functions.col("partitionValues").getItem(table.partitionedBy().get(0));
    return place
        .files(table)
        .toDF()
        .where(value.isNotNull())
        .select(value)
        .distinct()
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** Adds rows. */
  public void append(TableContract table, Dataset<Row> rows) {
    save(table, ContractRows.conform(table, rows).write().format("delta").mode("append"));
  }

  /** Replaces the whole table in one commit. */
  public void overwrite(TableContract table, Dataset<Row> rows) {
    save(table, ContractRows.conform(table, rows).write().format("delta").mode("overwrite"));
  }

  /** Replaces the rows that satisfy the predicate; every new row must satisfy it too. */
  public void replaceWhere(TableContract table, Dataset<Row> rows, String predicate) {
    save(
        table,
        ContractRows.conform(table, rows)
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
    Column condition =
        table.key().stream()
            .map(key -> functions.col("target." + key).equalTo(functions.col("source." + key)))
            .reduce(on, Column::and);
    write(
        table,
        () -> {
          create(table);
          pairs(table, ContractRows.conform(table, rows), condition)
              .whenMatched()
              .update(updates)
              .whenNotMatched()
              .insertAll()
              .execute();
        });
  }

  /** Puts rows in the place of those with equal key, and adds the others. */
  public void replace(TableContract table, Dataset<Row> rows) {
    Map<String, Column> updates = new HashMap<>();
    table.columnNames().forEach(name -> updates.put(name, functions.col("source." + name)));
    merge(table, rows, functions.lit(true), updates);
  }

  /**
   * Deletes rows that match a row of another frame. No value of either is written into the log of
   * the table, as the literals of a predicate would be.
   *
   * @param on condition over {@code target} and {@code source}
   * @return rows deleted
   */
  public long delete(TableContract table, Dataset<Row> others, Column on) {
    if (!exists(table)) {
      return 0;
    }
    return change(
        table, others, on, () -> pairs(table, others, on).whenMatched().delete().execute());
  }

  /**
   * Changes rows that match the one row of another frame. No value of either is written into the
   * log of the table.
   *
   * @param on condition over {@code target} and {@code source}
   * @param updates column to new value over {@code target} and {@code source}
   * @return rows changed
   */
  public long update(
      TableContract table, Dataset<Row> other, Column on, Map<String, Column> updates) {
    return change(
        table,
        other,
        on,
        () -> {
          create(table);
          pairs(table, other, on).whenMatched().update(updates).execute();
        });
  }

  /** Makes a table what it was at an earlier version, in one commit. */
  public void restore(TableContract table, long version) {
    write(table, () -> place.deltaTable(table).restoreToVersion(version));
    // An earlier version may lack columns and rules.
    upToDate.remove(table.name());
  }

  /** Takes all rows out of a table, in one commit; older versions keep them. */
  public void empty(TableContract table) {
    write(table, () -> place.deltaTable(table).delete());
  }

  /** Deletes every file of a table that its present version does not need, whatever its age. */
  public void purge(TableContract table) {
    fence.run();
    // Delta refuses so short a retention, because of readers and writers that are under way.
    place.listing(
        Map.of("spark.databricks.delta.retentionDurationCheck.enabled", "false"),
        () -> place.deltaTable(table).vacuum(0));
    new PastVersions(this).deleteFromTheFuture(table);
  }

  /** Newest version of a table, -1 where it is not there. */
  public long version(TableContract table) {
    long version = place.version(table);
    if (version >= 0) {
      known.add(table.name());
    }
    return version;
  }

  /** Table to version of everything written through this object. */
  public Map<String, Long> versionsWritten() {
    return Map.copyOf(written);
  }

  /** Folder of small artefacts beside the tables; in catalog mode the schema's own folder. */
  public String artefacts() {
    return place.artefacts();
  }

  /** Where a table lies, as a person would write it. */
  public String describe(TableContract table) {
    return place.describe(table);
  }

  /** Where the tables lie, as a person would write it. */
  public String describe() {
    return place.describe();
  }

  /** Where the tables are. */
  LakePlace place() {
    return place;
  }

  private void create(TableContract table) {
    if (exists(table)) {
      bringUpToDate(table);
      return;
    }
    DeltaTableBuilder builder =
        place
            .create(table)
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
      builder = builder.property(LakePlace.CHECK + check.getKey(), check.getValue());
    }
    builder.execute();
    known.add(table.name());
    upToDate.add(table.name());
  }

  /** The contract may have gained columns and changed its rules since the table was made. */
  private void bringUpToDate(TableContract table) {
    if (!upToDate.add(table.name())) {
      return;
    }
    if (!Set.of(place.read(table).columns()).containsAll(table.columnNames())) {
      append(table, spark.createDataFrame(List.of(), table.schema()));
    }
    Map<String, String> stored = place.checks(table);
    table
        .checks()
        .forEach(
            (name, condition) -> {
              if (!condition.equals(stored.get(name))) {
                place.replaceCheck(table, name, condition);
              }
            });
  }

  /** Every row of a table beside the row of another frame that matches it. */
  private DeltaMergeBuilder pairs(TableContract table, Dataset<Row> others, Column on) {
    return place.deltaTable(table).as("target").merge(others.as("source"), on);
  }

  /** Makes a change to the rows that match, where there are any; tells how many there are. */
  private long change(TableContract table, Dataset<Row> others, Column on, Runnable change) {
    long count = read(table).as("target").join(others.as("source"), on, "left_semi").count();
    if (count > 0) {
      write(table, change);
    }
    return count;
  }

  private void save(TableContract table, DataFrameWriter<Row> writer) {
    write(
        table,
        () -> {
          create(table);
          place.save(table, writer.option("mergeSchema", "true"));
        });
  }

  /** Everything that changes a table passes here. */
  private void write(TableContract table, Runnable change) {
    fence.run();
    try {
      change.run();
    } catch (Exception | Error e) {
      // Spark throws checked exceptions undeclared, and Hadoop an error where the disk is full.
      Optional<UserFailure> trouble = StorageTrouble.of(e, place.describe(table));
      if (trouble.isPresent()) {
        throw trouble.get();
      }
      throw e;
    }
    written.put(table.name(), version(table));
  }
}
