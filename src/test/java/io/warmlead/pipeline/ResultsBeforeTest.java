package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import io.warmlead.pipeline.Nightly.Part;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Runs;
import io.warmlead.table.TableContract;
import io.warmlead.table.TierTransitions;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that ends after it has scored, and before it is published. */
final class ResultsBeforeTest {
  private static final String DATE = "2026-01-06";
  private static final List<TableContract> SEEN =
      List.of(LeadScores.TABLE, TierTransitions.TABLE, LeadScores.CURRENT, LeadScores.HOT);

  @TempDir private static Path template;

  @TempDir private Path folder;
  private SmallExports exports;
  private List<List<String>> before;

  /** A night that is about to be scored again, with what was not known then. */
  @BeforeAll
  static void aNight() {
    SmallExports exports = new SmallExports(template).writeSome("2026-01-02", "2026-01-03");
    exports.succeed("ingest");
    exports.succeed("score", "--as-of", DATE);
    exports
        .write(
            "engagements/2.csv",
            "lead_id,occurred_at,event",
            "bob,2026-01-05T08:00:00Z,demo_request")
        .succeed("ingest");
  }

  @BeforeEach
  void ofTheSame() throws IOException {
    FileUtils.copyDirectory(template.toFile(), folder.toFile());
    exports = new SmallExports(folder);
    before = seen();
  }

  @Test
  void aRerunThatFailsLeavesTheDateAsItWas() {
    List<String> notes = new ArrayList<>();
    assertThatThrownBy(() -> score("failing", new IllegalStateException("no more"), notes))
        .hasMessage("no more");
    assertThat(seen()).isEqualTo(before);
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith(
            "Run failing ended before it was published. What it had written of scores and analyses"
                + " was taken back: ")
        .contains("lead_scores", "tier_transitions");
    assertThat(exports.rows(Runs.TABLE, "run_id", "stage", "status"))
        .contains("failing run failed");
    assertThat(exports.run("audit").exitCode()).isZero();
    assertThat(next()).as("nothing is left to do").doesNotContain("failing");
  }

  @Test
  void whatARunThatWasKilledLeftIsTakenBackByTheNextThatHoldsTheLake() throws IOException {
    assertThatThrownBy(() -> score("killed", new Killed(), new ArrayList<>()))
        .isInstanceOf(Killed.class);
    assertThat(seen()).isNotEqualTo(before);
    Path changed = Files.createDirectory(folder.resolve("changed"));
    FileUtils.copyDirectory(folder.resolve("lake").toFile(), changed.resolve("lake").toFile());

    assertThat(next())
        .contains("Run killed was cut off in score as of " + DATE + "T00:00:00Z, stage publish")
        .contains("Run killed ended before it was published", "was taken back: ", "lead_scores");
    assertThat(seen()).isEqualTo(before);
    assertThat(next()).as("once").doesNotContain("killed");
    assertThat(exports.rows(Runs.TABLE, "run_id", "command", "stage", "status", "date(as_of)"))
        .filteredOn(row -> row.startsWith("killed"))
        .containsExactly("killed score run cut off " + DATE);
    assertThat(exports.run("audit").exitCode()).as("it is no published night").isZero();

    exports = new SmallExports(changed);
    whatAnythingElseHasChangedSinceStays();
  }

  private void whatAnythingElseHasChangedSinceStays() {
    exports
        .lake()
        .delete(
            LeadScores.TABLE,
            Frames.frame("lead_id STRING", Frames.row("ada")),
            expr("target.lead_id = source.lead_id"));
    assertThat(next())
        .contains("Run killed ended before it was published. What it wrote cannot be taken back")
        .contains("lead_scores: something else than a run has changed it since");
    assertThat(exports.rows(LeadScores.TABLE, "lead_id")).containsOnly("bob");
    assertThat(next()).as("once").doesNotContain("killed");
  }

  @Test
  void aRunThatWasPublishedStays() {
    RunContext run = run("published", (name, what) -> {}, new ArrayList<>());
    RunLedger ledger = new RunLedger(run, "score");
    ResultsBefore results = new ResultsBefore(run.lake(), ledger.underWay());
    run.lake().overwrite(LeadScores.HOT, run.lake().read(LeadScores.CURRENT).limit(1));
    ledger.close(Optional.empty(), Optional.of(LocalDate.parse(DATE)), RunLedger.SUCCEEDED, null);
    // As where the run ended before it could take its note away.
    results.note();
    assertThat(next()).doesNotContain("taken back", "cut off");
    assertThat(exports.rows(Runs.TABLE, "run_id", "stage", "status"))
        .containsOnlyOnce("published run succeeded")
        .doesNotContain("published run cut off");
    assertThat(exports.rows(LeadScores.HOT, "lead_id")).hasSize(1);
  }

  /** What a command says that takes the lake to write, and finds nothing to do. */
  private String next() {
    return exports.run("restore").err();
  }

  /** Scores, and ends when all is written but the row that publishes it. */
  private void score(String runId, Throwable end, List<String> notes) {
    RunContext run =
        run(
            runId,
            (name, what) -> {
              if (name.equals("publish")) {
                // The lists too are about to be written.
                new PublishStage(run(runId, (n, w) -> {}, notes)).publish(LocalDate.parse(DATE));
                sneakily(end);
              }
            },
            notes);
    new Nightly(run, "score")
        .run(Set.of(Part.SCORE), Optional.of(Instant.parse(DATE + "T00:00:00Z")), Optional.empty());
  }

  private RunContext run(String runId, Stages stages, List<String> notes) {
    Settings settings =
        SettingsLoader.load(
            List.of(),
            List.of(
                "lake.path=" + folder.resolve("lake"),
                "conversion.outcomes=[won]",
                "conversion.lost=[lost]"));
    Lake lake = Lake.open(TestSession.get(), settings.lake());
    return new RunContext(
        runId, lake, new Artefacts(lake), settings, Clock.systemUTC(), new Heard(stages, notes));
  }

  private List<List<String>> seen() {
    return SEEN.stream()
        .map(table -> exports.rows(table, "lead_id", "score_date", "run_id"))
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneakily(Throwable end) throws T {
    throw (T) end;
  }

  /** What happens when a stage begins. */
  @FunctionalInterface
  private interface Stages {
    void begin(String name, String what);
  }

  private record Heard(Stages stages, List<String> notes) implements Progress {
    @Override
    public void stage(String name, String what) {
      stages.begin(name, what);
    }

    @Override
    public void note(String text) {
      notes.add(text);
    }
  }

  /** No code of the run sees to it, as where the process is gone. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
