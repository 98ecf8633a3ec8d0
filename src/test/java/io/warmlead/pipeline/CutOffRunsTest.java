package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.Runs;
import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CutOffRunsTest {
  private static final String FILES =
      "run_id STRING, input STRING, file STRING, rows_in BIGINT, accepted BIGINT, rejected BIGINT";

  @TempDir Path folder;

  @Test
  void aRunThatReadFilesAndNeverEndedIsToldOfByTheNextOne() {
    Lake lake = TestRuns.run("20260103T000000000-1", folder).lake();
    assertThat(new CutOffRuns(lake).told()).isEmpty();
    append(
        lake,
        row("20260101T000000000-1", "engagements", "a.csv", 9L, 7L, 2L),
        row("20260102T000000000-1", "engagements", "b.csv", 1500L, 1490L, 10L),
        row("20260102T000000000-1", "leads", "leads.csv", 21L, 20L, 1L));
    ends(lake, "20260101T000000000-1");

    assertThat(new CutOffRuns(lake).told())
        .containsExactly(
            "Run 20260102T000000000-1 was cut off after it had read 2 files: 1,510 rows are stored,"
                + " 11 were refused (rejects, ingested_files). They are not read again.");

    ends(lake, "20260103T000000000-1");
    assertThat(new CutOffRuns(lake).told()).isEmpty();
  }

  private static void append(Lake lake, Row... files) {
    lake.append(IngestedFiles.TABLE, TestRuns.filled(IngestedFiles.TABLE, frame(FILES, files)));
  }

  private static void ends(Lake lake, String run) {
    lake.append(
        Runs.TABLE,
        TestRuns.filled(Runs.TABLE, frame("run_id STRING, stage STRING", row(run, Runs.WHOLE))));
  }
}
