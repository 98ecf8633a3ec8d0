package io.warmlead.lake;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.LakeSettings;
import io.warmlead.table.Outcomes;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
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
  void aFileThatIsLargeEnoughIsNotWrittenAgain() {
    Lake lake = open();
    List.of("ada", "bob", "cyd").forEach(lead -> lake.append(Outcomes.TABLE, outcome(lead)));
    new Upkeep(lake).merge(Outcomes.TABLE);
    String merged = lake.read(Outcomes.TABLE).inputFiles()[0];
    long size = new Upkeep(lake).need(Outcomes.TABLE, 7).files().bytes();

    // One of three outcomes is larger than one of one.
    Upkeep upkeep = new Upkeep(lake, size);
    List.of("dan", "eve").forEach(lead -> lake.append(Outcomes.TABLE, outcome(lead)));
    assertThat(upkeep.need(Outcomes.TABLE, 7).merging().number()).isEqualTo(2);
    upkeep.merge(Outcomes.TABLE);
    assertThat(lake.read(Outcomes.TABLE).inputFiles()).hasSize(2).contains(merged);
    assertThat(new Upkeep(lake).need(Outcomes.TABLE, 7).merging().number()).isEqualTo(2);
  }

  /** The local disk, which counts how often it is asked. */
  public static final class CountingFileSystem extends RawLocalFileSystem {
    private static final AtomicInteger ASKED = new AtomicInteger();

    @Override
    public URI getUri() {
      return URI.create("counting:///");
    }

    @Override
    public FileStatus getFileStatus(org.apache.hadoop.fs.Path file) throws IOException {
      ASKED.incrementAndGet();
      return super.getFileStatus(file);
    }

    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
      int before = ASKED.get();
      FileStatus[] listed = super.listStatus(path);
      // A disk looks at each file of a folder; a store answers at once.
      ASKED.set(before + 1);
      return listed;
    }
  }

  @Test
  void manyOldFilesAreLookedUpFolderByFolder() throws IOException {
    List<String> paths = new ArrayList<>();
    for (String part : List.of("score_date=2026-03-01", "score_date=2026-03-02")) {
      Path partition = Files.createDirectories(folder.resolve(part));
      paths.add("counting:" + partition);
      for (int i = 0; i < 20; i++) {
        paths.add("counting:" + Files.write(partition.resolve("part " + i), new byte[10]));
      }
      Files.write(partition.resolve("present"), new byte[1000]);
    }
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.counting.impl", CountingFileSystem.class.getName());
    CountingFileSystem.ASKED.set(0);
    assertThat(Upkeep.sizes(paths.iterator(), hadoop)).isEqualTo(new Upkeep.Files(40, 400));
    assertThat(CountingFileSystem.ASKED).as("two folders and what holds them").hasValueLessThan(10);
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
