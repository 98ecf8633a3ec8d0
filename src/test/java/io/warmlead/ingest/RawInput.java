package io.warmlead.ingest;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.testing.Frames;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows as they are read from files, and settings that say what they mean. */
final class RawInput {
  private RawInput() {}

  static Settings settings(String... assignments) {
    return SettingsLoader.load(List.of(), List.of(assignments));
  }

  /**
   * Rows of files.
   *
   * @param schema the columns that the file has
   * @param rows cells, file, and the whole line where it could not be taken apart
   */
  static Dataset<Row> rows(String schema, List<Row> rows) {
    return Frames.frame(schema + ", __file STRING, __malformed STRING", rows.toArray(Row[]::new));
  }
}
