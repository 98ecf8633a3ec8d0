package io.warmlead.pipeline;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import io.warmlead.table.Runs;
import io.warmlead.table.TableContract;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
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

  /** Publishes a run that scored a date. */
  static void publish(Lake lake, String runId, LocalDate date) {
    lake.append(
        Runs.TABLE,
        filled(
            Runs.TABLE,
            Frames.frame(
                "run_id STRING, stage STRING, status STRING, score_date STRING",
                Frames.row(runId, Runs.WHOLE, RunLedger.SUCCEEDED, date.toString()))));
  }

  /** Says nothing. */
  private static final class Silent implements Progress {
    @Override
    public void stage(String name, String what) {}

    @Override
    public void note(String text) {}
  }
}
