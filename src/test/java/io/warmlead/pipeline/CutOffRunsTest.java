package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.warmlead.config.UserFailure;
import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CutOffRunsTest {
  private static final String FILES =
      "run_id STRING, input STRING, file STRING, rows_in BIGINT, accepted BIGINT, rejected BIGINT";

  private static final Instant AS_OF = Instant.parse("2026-01-04T00:00:00Z");

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

  @Test
  void aNoteThatCannotBeReadIsToldOfWithWhatToDo() {
    Lake lake = TestRuns.run("next", folder).lake();
    TestRuns.run("dead", folder).artefacts().write("run-under-way.json", "{\"versions\": {}}");

    assertThatThrownBy(() -> settle(lake, Optional.empty()))
        .isInstanceOf(UserFailure.class)
        .hasMessageContaining("run-under-way.json")
        .hasMessageContaining("Delete the file");
  }

  @Test
  void theLedgerTellsOnceWhenAndWhereARunWasKilled() {
    Lake lake = TestRuns.run("next", folder).lake();
    killed(TestRuns.run("dead", folder), "nightly", Optional.of(AS_OF), ledger -> {});
    append(lake, row("dead", "engagements", "a.csv", 9L, 7L, 2L));

    Instant lastHeard = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    assertThat(settle(lake, Optional.of(lastHeard)))
        .hasSize(2)
        .first(STRING)
        .startsWith(
            "Run dead was cut off in nightly as of " + AS_OF + ", stage ingest, which began at 20");
    settle(lake, Optional.empty());
    assertThat(new CutOffRuns(lake).told()).as("what it had read is told of").isEmpty();

    Row line = lake.read(Runs.TABLE).collectAsList().get(0);
    assertThat(lake.read(Runs.TABLE).count()).as("exactly one line").isOne();
    assertThat(line.<String>getAs("run_id")).isEqualTo("dead");
    assertThat(line.<String>getAs("stage")).isEqualTo(Runs.WHOLE);
    assertThat(line.<String>getAs("status")).isEqualTo("cut off");
    assertThat(line.<String>getAs("message"))
        .startsWith("Cut off in nightly as of " + AS_OF + ", stage ingest, which began at 20")
        .contains("Run dead was cut off after it had read 1 files");
    assertThat(line.<Timestamp>getAs("as_of").toInstant()).isEqualTo(AS_OF);
    assertThat(line.<Timestamp>getAs("finished_at").toInstant()).isEqualTo(lastHeard);
    assertThat(line.<Timestamp>getAs("started_at").toInstant()).isBefore(lastHeard);
    assertThat(new PublishedRuns(lake).has("dead")).isFalse();
  }

  @Test
  void aNoteThatWasHalfWrittenOrNotYetInPlaceHoldsNobodyUp() throws IOException {
    RunContext run = TestRuns.run("dead", folder);
    killed(run, "nightly", Optional.empty(), ledger -> {});
    Path note = folder.resolve("_warmlead/run-under-way.json");
    Path next = note.resolveSibling(note.getFileName() + ".part");
    Files.move(note, next);
    assertThat(settle(run.lake(), Optional.empty())).as("about to be put in place").hasSize(1);
    assertThat(next).doesNotExist();

    Files.writeString(next, "{\"run\":{\"id\":\"torn");
    assertThat(settle(run.lake(), Optional.empty())).isEmpty();
    assertThat(run.lake().read(Runs.TABLE).count()).isOne();
  }

  @Test
  void whatTheNextNightDoesNotMakeGoodIsSaid() {
    Lake lake = TestRuns.run("next", folder).lake();
    killed(
        TestRuns.run("a", folder),
        "backfill",
        Optional.of(AS_OF),
        ledger -> ledger.within(LocalDate.parse("2026-01-04"), LocalDate.parse("2026-01-07")));
    assertThat(settle(lake, Optional.empty()))
        .last(STRING)
        .contains("from 2026-01-04 to 2026-01-07 were not finished")
        .contains("`warmlead backfill --from 2026-01-04 --to 2026-01-07`");
    killed(TestRuns.run("b", folder), "erase", Optional.empty(), ledger -> {});
    assertThat(settle(lake, Optional.empty())).last(STRING).contains("erase them again");
  }

  @Test
  void aRunThatEndsByItselfLeavesNoNote() {
    RunContext run = TestRuns.run("done", folder);
    RunLedger ledger = new RunLedger(run, "nightly");
    ledger.stage("ingest", "new files", Optional.empty(), () -> true);
    assertThat(RunNote.find(run.artefacts())).isPresent();
    ledger.close(Optional.empty(), Optional.empty(), RunLedger.SUCCEEDED, null);
    assertThat(RunNote.find(run.artefacts())).isEmpty();
    assertThat(settle(run.lake(), Optional.empty())).isEmpty();
  }

  /** No code of the run sees to it, as where the process is gone. */
  private static void killed(
      RunContext run, String command, Optional<Instant> asOf, Consumer<RunLedger> before) {
    RunLedger ledger = new RunLedger(run, command);
    before.accept(ledger);
    assertThatThrownBy(
            () ->
                ledger.stage(
                    "ingest",
                    "new files",
                    asOf,
                    () -> {
                      throw new IllegalStateException("gone");
                    }))
        .hasMessage("gone");
  }

  private static List<String> settle(Lake lake, Optional<Instant> lastHeard) {
    List<String> notes = new ArrayList<>();
    CutOffRuns.settle(
        lake,
        new Artefacts(lake),
        lastHeard,
        new Progress() {
          @Override
          public void stage(String name, String what) {}

          @Override
          public void note(String text) {
            notes.add(text);
          }
        });
    return notes;
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
