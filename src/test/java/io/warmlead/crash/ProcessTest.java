package io.warmlead.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.LakeSettings;
import io.warmlead.lake.Lake;
import io.warmlead.lake.LakeLease;
import io.warmlead.table.Runs;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one lake, and processes that are killed. */
final class ProcessTest {
  @TempDir private Path folder;

  private SmallCompany company;

  @BeforeEach
  void export() {
    company = new SmallCompany(folder.resolve("exports"));
    company.exportFirst();
    company.exportSecond();
  }

  @Test
  void aRunThatFindsTheLakeTakenSaysByWhomOrWaits() throws Exception {
    Path place = folder.resolve("lake");
    Lake lake =
        Lake.open(
            TestSession.get(),
            new LakeSettings(Optional.of(place.toString()), Optional.empty(), Optional.empty()));
    CompletableFuture<Invocation> waiting;
    try (LakeLease lease = LakeLease.take(lake, "a long backfill", false, Clock.systemUTC())) {
      assertThat(lease).isNotNull();
      Invocation refused = Invocation.of(arguments("ingest", place.toString()));
      assertThat(refused.exitCode()).isEqualTo(4);
      assertThat(refused.err())
          .contains("a long backfill on ", "process " + ProcessHandle.current().pid(), "since 20")
          .doesNotContain("\tat ");
      List<String> patient = new ArrayList<>(arguments("ingest", place.toString()));
      patient.add("--wait");
      waiting = CompletableFuture.supplyAsync(() -> Invocation.of(patient));
      Thread.sleep(500);
      assertThat(waiting).as("waits").isNotDone();
    }
    Invocation run = waiting.get();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("13 rows in 2 new files: 9 accepted, 2 duplicates, 2 refused");
  }

  @Test
  @Tag("proof")
  void runsThatStartTogetherDoTheirWorkOnce() throws Exception {
    Path place = folder.resolve("lake");
    List<ChildRun> started = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<String> arguments = new ArrayList<>(arguments("ingest", place.toString()));
      if (i > 0) {
        arguments.add("--wait");
      }
      started.add(ChildRun.start(folder, Map.of(), arguments));
    }
    int done = 0;
    for (ChildRun run : started) {
      ChildRun.End end = run.end();
      assertThat(end.exitCode()).as(end.output()).isIn(0, 4);
      if (end.exitCode() == 4) {
        assertThat(end.output()).contains("Another run holds the lake: ingest on ", ", process ");
      } else {
        done++;
      }
    }
    assertThat(done).as("both that wait at least").isGreaterThanOrEqualTo(2);
    Path alone = folder.resolve("alone");
    assertThat(Invocation.of(arguments("ingest", alone.toString())).exitCode()).isZero();
    assertThat(SmallCompany.rows(place)).isEqualTo(SmallCompany.rows(alone));
  }

  @Test
  @Tag("proof")
  void aProcessThatIsKilledIsMadeGoodByTheNextOne() throws Exception {
    Path alone = folder.resolve("alone");
    assertThat(Invocation.of(arguments("ingest", alone.toString())).exitCode()).isZero();
    Map<String, List<String>> clean = SmallCompany.rows(alone);
    for (int point : List.of(9, 20, 31, 44)) {
      Path place = folder.resolve("killed-" + point);
      List<String> arguments = arguments("ingest", FaultyFileSystem.SCHEME + "://" + place);
      ChildRun.End killed =
          ChildRun.start(folder, Map.of("warmlead.test.halt_at", String.valueOf(point)), arguments)
              .end();
      assertThat(killed.exitCode()).as(killed.output()).isEqualTo(137);
      assertThat(place.resolve("_warmlead/lease.json")).as("left by the dead").exists();
      Invocation again = Invocation.of(arguments("ingest", place.toString()));
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(SmallCompany.rows(place)).as("killed at " + point).isEqualTo(clean);
      assertThat(Invocation.of(arguments("ingest", place.toString())).exitCode()).isZero();
      assertThat(statuses(place))
          .as("told of once, killed at " + point)
          .containsExactlyInAnyOrder("cut off", "succeeded", "succeeded");
      FileUtils.deleteDirectory(place.toFile());
    }
  }

  private static List<String> statuses(Path lake) {
    return TestSession.get()
        .read()
        .format("delta")
        .load(lake.resolve(Runs.TABLE.name()).toString())
        .where("stage = 'run'")
        .select("status")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private List<String> arguments(String command, String lake) {
    List<String> arguments = new ArrayList<>(List.of(command));
    for (String setting : company.settings(lake)) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments;
  }
}
