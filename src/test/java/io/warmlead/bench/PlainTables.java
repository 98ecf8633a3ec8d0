package io.warmlead.bench;

import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import io.warmlead.table.TableContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables that features are made of, as Parquet that every engine reads. */
final class PlainTables {
  static final List<TableContract> ALL =
      List.of(DailyActivity.TABLE, Engagements.TABLE, Leads.TABLE, Outcomes.TABLE);

  private final Path folder;

  private PlainTables(Path folder) {
    this.folder = folder;
  }

  /** Those in a folder. */
  static PlainTables in(Path folder) {
    return new PlainTables(folder);
  }

  /** Writes the tables of a lake, where that has not been done yet. */
  PlainTables copiedFrom(Lake lake) {
    for (TableContract table : ALL) {
      if (!Files.exists(place(table).resolve("_SUCCESS"))) {
        write(table, lake.read(table));
      }
    }
    return this;
  }

  void write(TableContract table, Dataset<Row> rows) {
    // Spark's own default is a form of timestamps that Parquet has given up.
    rows.sparkSession().conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    rows.write().mode("overwrite").parquet(place(table).toString());
  }

  Dataset<Row> read(SparkSession spark, TableContract table) {
    return spark.read().schema(table.schema()).parquet(place(table).toString());
  }

  /** The files of a table, as a pattern. */
  String files(TableContract table) {
    return place(table) + "/*.parquet";
  }

  private Path place(TableContract table) {
    return folder.resolve(table.name());
  }
}
