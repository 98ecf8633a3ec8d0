package io.warmlead.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.warmlead.crash.FaultyFileSystem.Fault;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that is full or closed in the middle of a run is told as such; the lake stays whole. */
final class BrokenStorageTest {
  /** Before it the folder is tried, which is another failure, and the lease taken. */
  private static final long FIRST = 8;

  @TempDir private static Path folder;

  private static SmallCompany company;
  private static Map<String, List<String>> clean;
  private static long operations;

  @BeforeAll
  static void ingestOnceUndisturbed() {
    TestSession.get()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs." + FaultyFileSystem.SCHEME + ".impl", FaultyFileSystem.class.getName());
    company = new SmallCompany(folder.resolve("exports"));
    company.exportFirst();
    FaultyFileSystem.breakAt(Long.MAX_VALUE);
    succeed(ingest(folder.resolve("undisturbed")));
    operations = FaultyFileSystem.mend();
    clean = SmallCompany.rows(folder.resolve("undisturbed"));
  }

  @AfterEach
  void mend() {
    FaultyFileSystem.mend();
  }

  @Test
  void aFullDiskIsToldAsSuch() throws IOException {
    full(operations / 2);
  }

  /** The note of the run that is under way, before and while results are written. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POWER_LOST")
  void aNoteThatCannotBeWrittenIsToldAsSuch(Fault fault) {
    Path lake = folder.resolve("note-" + fault);
    SmallCompany.copy(folder.resolve("undisturbed"), lake);
    Map<String, List<String>> before = SmallCompany.rows(lake);
    FaultyFileSystem.breakOn("run-under-way.json.part", fault);
    Invocation broken = run("score", lake);
    FaultyFileSystem.mend();
    assertThat(broken.exitCode()).as(broken.err()).isEqualTo(3);
    assertThat(broken.err())
        .contains(fault == Fault.DISK_FULL ? "A disk is full: " : "The storage refuses a change: ")
        .contains(lake + "/_warmlead/run-under-way.json", "run the same command again")
        .doesNotContain("\tat ", "this is a bug");
    assertThat(SmallCompany.rows(lake)).as("the lake is as it was").isEqualTo(before);
  }

  @Test
  void aRunThatEndedBeforeItSummedUpIsMadeGoodWithoutADate() throws IOException {
    Path lake = folder.resolve("without-activity");
    SmallCompany.copy(folder.resolve("undisturbed"), lake);
    FileUtils.deleteDirectory(lake.resolve("daily_activity").toFile());
    succeed(ingest(lake));
    assertThat(SmallCompany.rows(lake)).isEqualTo(clean);
  }

  @Test
  @Tag("proof")
  void theDiskMayBeFullAnywhere() throws IOException {
    // The last operations give the lake back, which takes no room.
    for (long point = FIRST; point < operations - 4; point += 5) {
      full(point);
    }
  }

  @Test
  @Tag("proof")
  void thePermissionMayBeLostAnywhere() throws IOException {
    for (long point = FIRST; point < operations - 4; point += 5) {
      closed(point);
    }
  }

  private static void full(long point) throws IOException {
    assumeTrue(Files.exists(Path.of(FaultyFileSystem.FULL_DEVICE.toString())));
    assertThat(toldAndMadeGood(Fault.DISK_FULL, point))
        .contains("A disk is full: ", "No space left on device", "Free space there");
  }

  private static void closed(long point) throws IOException {
    assertThat(toldAndMadeGood(Fault.PERMISSION_LOST, point))
        .contains("The storage refuses a change: ", "Permission denied", "Let the user that runs");
  }

  private static String toldAndMadeGood(Fault fault, long point) throws IOException {
    Path lake = folder.resolve(fault + "-" + point);
    FaultyFileSystem.breakAt(point, fault);
    Invocation broken = ingest(lake);
    FaultyFileSystem.mend();
    assertThat(broken.exitCode()).as("at %s: %s", point, broken.err()).isEqualTo(3);
    assertThat(broken.err())
        .as("at %s", point)
        .contains(lake.toString(), "run the same command again")
        .doesNotContain("\tat ", "this is a bug");
    // The run could not give the lake back. Its process lives on here, other than a real one.
    Files.deleteIfExists(lake.resolve("_warmlead/lease.json"));
    succeed(ingest(lake));
    assertThat(SmallCompany.rows(lake)).as("at %s", point).isEqualTo(clean);
    return broken.err();
  }

  private static Invocation ingest(Path lake) {
    return run("ingest", lake);
  }

  private static Invocation run(String command, Path lake) {
    DeltaLog.clearCache();
    List<String> arguments = new ArrayList<>(List.of(command));
    for (String setting : company.settings(FaultyFileSystem.SCHEME + "://" + lake)) {
      arguments.addAll(List.of("--set", setting));
    }
    return Invocation.of(arguments);
  }

  private static void succeed(Invocation run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
  }
}
