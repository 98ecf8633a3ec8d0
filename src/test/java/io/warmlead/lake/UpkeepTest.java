package io.warmlead.lake;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.LakeSettings;
import io.warmlead.table.Outcomes;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files are merged, old ones deleted, and nothing without being asked. */
final class UpkeepTest {
  @TempDir private Path folder;

  @Test
  void filesAreMergedAndDeletedOnlyWhereItIsAskedFor() throws IOException {
    Lake lake = open();
    for (String lead : List.of("ada", "bob", "cyd")) {
      lake.append(Outcomes.TABLE, outcome(lead));
    }
    Path table = folder.resolve("outcomes");
    Path leftOver = aged(table.resolve("part-00000-left-over.parquet"), 40);
    Path young = aged(table.resolve("part-00000-young.parquet"), 8);
    List<Path> before = files(table);

    Invocation dryRun = maintain("--retain-days", "20");
    assertThat(dryRun.exitCode()).as(dryRun.err()).isZero();
    assertThat(dryRun.out())
        .containsPattern(
            "outcomes  3 files .*; to merge 3 files .*; to delete 1 file \\(1\\.5 MB\\)")
        .contains("Nothing was changed.");
    assertThat(files(table)).isEqualTo(before);
    assertThat(lake.version(Outcomes.TABLE)).isEqualTo(3);

    Invocation applied = maintain("--apply", "--retain-days", "20");
    assertThat(applied.exitCode()).as(applied.err()).isZero();
    assertThat(applied.out()).containsPattern("merged 3 files .*; deleted 1 file ");
    assertThat(leftOver).doesNotExist();
    assertThat(young).exists();
    assertThat(lake.read(Outcomes.TABLE).inputFiles()).hasSize(1);
    assertThat(lake.read(Outcomes.TABLE).select("lead_id").collectAsList())
        .containsExactlyInAnyOrder(row("ada"), row("bob"), row("cyd"));
    // The three files of before are too young to go.
    assertThat(maintain("--retain-days", "20").out())
        .containsPattern("outcomes  1 file .*; to merge nothing; to delete nothing");
    assertThat(maintain().out()).containsPattern("to delete 1 file \\(1\\.5 MB\\)");
  }

  @Test
  void aShortRetentionIsRefused() {
    Invocation short6 = maintain("--retain-days", "6");
    assertThat(short6.exitCode()).isEqualTo(2);
    assertThat(short6.err()).contains("--retain-days 6: must be 7 to 30");
  }

  @Test
  void nothingIsMergedWhileAnotherRunHoldsTheLake() {
    Lake lake = open();
    lake.append(Outcomes.TABLE, outcome("ada"));
    try (LakeLease lease = LakeLease.take(lake, "nightly", false, Clock.systemUTC())) {
      assertThat(lease).isNotNull();
      assertThat(maintain().exitCode()).isZero();
      assertThat(maintain("--apply").exitCode()).isEqualTo(4);
    }
  }

  /** A file of a megabyte and a half that no commit names. */
  private static Path aged(Path file, int days) throws IOException {
    Files.write(file, new byte[1_500_000]);
    Files.setLastModifiedTime(
        file, FileTime.from(Clock.systemUTC().instant().minus(Duration.ofDays(days))));
    return file;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  private Invocation maintain(String... options) {
    return Invocation.of(
        Stream.concat(Stream.of("maintain", "--lake", folder.toString()), Stream.of(options))
            .toList());
  }

  private Lake open() {
    return Lake.open(
        TestSession.get(),
        new LakeSettings(Optional.of(folder.toString()), Optional.empty(), Optional.empty()));
  }

  private static org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> outcome(String lead) {
    return TestSession.get()
        .createDataFrame(
            List.of(
                row(
                    lead,
                    "won",
                    Timestamp.valueOf("2026-01-05 08:00:00"),
                    null,
                    true,
                    true,
                    "f",
                    "r",
                    null)),
            Outcomes.TABLE.schema())
        .coalesce(1);
  }
}
