package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.lit;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import io.warmlead.table.TableContract;
import io.warmlead.testing.TestSession;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/** Runs over lakes in temporary folders, and rows for their tables. */
final class TestRuns {
  private TestRuns() {}

  /** A run over a lake in a folder, with default settings where {@code won} is a conversion. */
  static RunContext run(String id, Path folder) {
    Settings settings =
        SettingsLoader.load(List.of(), List.of("lake.path=" + folder, "conversion.outcomes=[won]"));
    Lake lake = Lake.open(TestSession.get(), settings.lake());
    return new RunContext(id, lake, new Artefacts(lake), settings, Clock.systemUTC(), new Silent());
  }

  /**
   * Rows of a table of which some columns are given; the others are NULL, or where that is not
   * allowed empty.
   */
  static Dataset<Row> filled(TableContract table, Dataset<Row> rows) {
    List<String> given = Arrays.asList(rows.columns());
    return rows.select(
        Arrays.stream(table.schema().fields())
            .map(
                field ->
                    given.contains(field.name())
                        ? functions.col(field.name()).cast(field.dataType()).as(field.name())
                        : filler(field))
            .toArray(Column[]::new));
  }

  private static Column filler(StructField field) {
    String type = field.dataType().catalogString();
    Column value;
    if (field.nullable()) {
      value = lit(null);
    } else if (type.startsWith("array")) {
      value = functions.array();
    } else if (type.startsWith("map")) {
      value = functions.map();
    } else if (type.equals("date") || type.equals("timestamp")) {
      value = lit("2026-01-01");
    } else {
      value = lit(type.equals("boolean") ? "false" : "0");
    }
    return value.cast(field.dataType()).as(field.name());
  }

  /** Says nothing. */
  private static final class Silent implements Progress {
    @Override
    public void stage(String name, String what) {}

    @Override
    public void note(String text) {}
  }
}
