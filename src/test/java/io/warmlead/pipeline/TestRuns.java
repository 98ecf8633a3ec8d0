package io.warmlead.pipeline;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import io.warmlead.table.TableContract;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Runs over lakes in temporary folders, and rows for their tables. */
final class TestRuns {
  private TestRuns() {}

  /**
   * A run over a lake in a folder, with default settings where {@code won} is a conversion, and
   * without a forecast.
   *
   * @param more settings
   */
  static RunContext run(String id, Path folder, String... more) {
    List<String> usual =
        List.of("lake.path=" + folder, "conversion.outcomes=[won]", "decay.forecast_days=[]");
    Settings settings =
        SettingsLoader.load(List.of(), Stream.concat(usual.stream(), Stream.of(more)).toList());
    Lake lake = Lake.open(TestSession.get(), settings.lake());
    return new RunContext(id, lake, new Artefacts(lake), settings, Clock.systemUTC(), new Silent());
  }

  /**
   * Rows of a table of which some columns are given; the others are NULL, or where that is not
   * allowed empty.
   */
  static Dataset<Row> filled(TableContract table, Dataset<Row> rows) {
    return Frames.filled(table, rows);
  }

  /** Says nothing. */
  private static final class Silent implements Progress {
    @Override
    public void stage(String name, String what) {}

    @Override
    public void note(String text) {}
  }
}
