package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Leads;
import io.warmlead.table.Runs;
import io.warmlead.testing.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person can be erased on the first day; to stay away takes a key. */
final class ErasureWithoutKeyTest {
  @TempDir private Path folder;

  @Test
  void aPersonIsErasedAllTheSameAndStaysAwayOnceThereIsAKey() throws IOException {
    delivered("ada,2026-01-01", "bob,2026-01-01");
    succeed(over("ingest"));
    Invocation erased = over("erase", "--lead", "ada");
    succeed(erased);
    assertThat(erased.out())
        .contains("leads  1 rows deleted")
        .contains(
            "NOT left out", "erase.key_file is not set", "erase them once more", "head -c 32");
    assertThat(leads()).containsExactly(row("bob"));
    RunContext reader = TestRuns.run("read", folder.resolve("lake"));
    assertThat(
            reader
                .lake()
                .read(Runs.TABLE)
                .where("command = 'erase' AND stage = 'run'")
                .select("message")
                .head()
                .getString(0))
        .contains("erase.key_file");

    delivered("ada,2026-01-01", "bob,2026-01-01", "cyd,2026-01-01");
    succeed(over("ingest"));
    assertThat(leads()).as("as the receipt said").contains(row("ada"), row("cyd"));

    Files.writeString(folder.resolve("key"), "a secret of more than sixteen bytes\n");
    String key = "erase.key_file=" + folder.resolve("key");
    Invocation again = over("erase", "--lead", "ada", "--set", key);
    succeed(again);
    assertThat(again.out()).contains("are left out").doesNotContain("NOT left out");
    delivered("ada,2026-01-01", "dan,2026-01-01");
    assertThat(over("ingest").err()).contains("persons were erased from this lake");
    succeed(over("ingest", "--set", key));
    assertThat(leads()).contains(row("dan")).doesNotContain(row("ada"));
  }

  @Test
  void anErasureThatFailsIsToldOfInTheLedgerWithoutThePerson() throws IOException {
    delivered("ada,2026-01-01", "bob,2026-01-01");
    succeed(over("ingest"));
    // The receipt cannot be written.
    Path receipts = Files.writeString(folder.resolve("lake/_warmlead/erasures"), "no folder");
    assertThat(over("erase", "--lead", "ada").exitCode()).isNotZero();
    assertThat(
            TestRuns.run("read", folder.resolve("lake"))
                .lake()
                .read(Runs.TABLE)
                .where("command = 'erase' AND stage = 'run'")
                .select("status", "message")
                .collectAsList())
        .containsExactly(row("failed", Erasure.AGAIN));
    Files.delete(receipts);
    Invocation again = over("erase", "--lead", "ada");
    succeed(again);
    assertThat(again.err()).doesNotContain("cut off");
  }

  private void delivered(String... leads) throws IOException {
    Files.writeString(folder.resolve("leads.csv"), "lead,created\n" + String.join("\n", leads));
    Files.writeString(
        folder.resolve("events.csv"), "lead,at,event\nbob,2026-01-02T08:00:00Z,View\n");
  }

  private List<Row> leads() {
    return TestRuns.run("read", folder.resolve("lake"))
        .lake()
        .read(Leads.TABLE)
        .select("lead_id")
        .distinct()
        .collectAsList();
  }

  private Invocation over(String command, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--lake", folder.resolve("lake").toString()));
    for (String setting :
        List.of(
            "inputs.engagements.path=" + folder.resolve("events.csv"),
            "inputs.engagements.columns={lead_id=lead, occurred_at=at, event=event}",
            "inputs.leads.path=" + folder.resolve("leads.csv"),
            "inputs.leads.columns={lead_id=lead, created_at=created}",
            "conversion.outcomes=[won]")) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of(options));
    return Invocation.of(arguments);
  }

  private static void succeed(Invocation invocation) {
    assertThat(invocation.exitCode()).as(invocation.err() + invocation.out()).isZero();
  }
}
