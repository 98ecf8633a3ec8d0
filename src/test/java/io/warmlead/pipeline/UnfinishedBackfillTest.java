package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backfill over scored dates that ends before it comes to the last of them. */
@Tag("night")
final class UnfinishedBackfillTest {
  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();
  private final AtomicInteger scorings = new AtomicInteger();

  @Test
  void theDatesThatItDidNotComeToAreNamedUntilTheyAreScored() {
    SmallExports exports = new SmallExports(folder).writeSome("2026-01-02", "2026-01-03");
    exports.succeed("ingest");
    exports.succeed("score", "--as-of", "2026-01-05");
    exports.succeed("score", "--as-of", "2026-01-06");

    assertThatThrownBy(
            () ->
                new Backfill(this::run)
                    .run(LocalDate.parse("2026-01-04"), LocalDate.parse("2026-01-06"), 1, false))
        .hasMessage("no more");
    assertThat(notes).last().asString().contains("from 2026-01-05 to 2026-01-06 were not finished");

    String told = "The dates from 2026-01-05 to 2026-01-07 were not finished";
    assertThat(exports.succeed("score", "--as-of", "2026-01-07").err()).contains(told);
    assertThat(
            exports.succeed("backfill", "--from", "2026-01-05", "--to", "2026-01-07").err()
                + exports.succeed("score", "--as-of", "2026-01-08").err())
        .doesNotContain("not finished");
  }

  /** Fails at the second date. */
  private RunContext run() {
    RunContext run =
        TestRuns.run(
            "backfill-" + scorings,
            folder.resolve("lake"),
            "inputs.engagements.path=" + folder.resolve("engagements"),
            "inputs.leads.path=" + folder.resolve("leads"));
    return new RunContext(
        run.runId(), run.lake(), run.artefacts(), run.settings(), run.clock(), new Failing());
  }

  private final class Failing implements Progress {
    @Override
    public void stage(String name, String what) {
      if (name.equals("score") && scorings.incrementAndGet() == 2) {
        throw new IllegalStateException("no more");
      }
    }

    @Override
    public void note(String text) {
      notes.add(text);
    }
  }
}
