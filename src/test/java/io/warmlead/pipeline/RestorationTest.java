package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.EarlierActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Models;
import io.warmlead.table.Runs;
import io.warmlead.table.Suppressed;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import io.warmlead.table.TierTransitions;
import io.warmlead.testing.Frames;
import io.warmlead.testing.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a bad night the tables of a good one come back, whole or not at all. */
final class RestorationTest {
  private static final String GOOD = "2026-01-05";
  private static final String BAD = "2026-01-06";

  @TempDir private static Path both;
  private static List<Row> goodScores;

  @TempDir private Path folder;

  /** Every night begins a day before the one before it: the clock of the machine is broken. */
  private Instant now = Instant.parse("2026-02-01T03:00:00Z");

  /** Two nights: the second overwrites, adds a table, and reads a file. */
  @BeforeEach
  void aGoodNightAndABadOne() throws IOException {
    if (goodScores == null) {
      night("good", GOOD, "ada", "bob");
      goodScores = rows(LeadScores.TABLE);
      night("bad", BAD, "cyd");
      FileUtils.copyDirectory(folder.toFile(), both.toFile());
    } else {
      FileUtils.copyDirectory(both.toFile(), folder.toFile());
      now = now.minus(Duration.ofDays(2));
    }
  }

  @Test
  void theTablesAreAsTheGoodNightLeftThem() {
    Invocation restored = restore("--score-date", GOOD);
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(restored.out())
        .contains("lead_scores  as at version ")
        .contains("tier_transitions  emptied: it was not there yet")
        .contains("The tables are as the night of 2026-01-05, run good, left them.");
    assertThat(rows(LeadScores.TABLE)).isEqualTo(goodScores);
    assertThat(leads(LeadScores.CURRENT)).containsExactly("ada", "bob");
    assertThat(rows(TierTransitions.TABLE)).isEmpty();
    assertThat(leads(Engagements.TABLE)).as("what was read stays").contains("cyd");
    assertThat(run("later").lake().read(Runs.TABLE).where("run_id = 'bad'").count()).isPositive();
    assertThat(run("later").lake().read(Models.TABLE).count()).isEqualTo(2);

    Invocation again = restore("--score-date", GOOD);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("nothing was changed");
    assertThat(new PublishedRuns(run("later").lake()).newestDate())
        .as("a night that was taken back")
        .contains(LocalDate.parse(GOOD));
  }

  @Test
  void whatWasReadGoesBackTooWhereThatIsAskedFor() {
    Invocation restored = restore("--run", "good", "--with-input");
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(leads(Engagements.TABLE)).containsExactly("ada", "bob");
    assertThat(rows(IngestedFiles.TABLE)).hasSize(1);
    assertThat(restore("--run", "bad", "--with-input").exitCode()).as("and forth").isZero();
    assertThat(leads(LeadScores.CURRENT)).containsExactly("cyd");
    assertThat(leads(Engagements.TABLE)).contains("cyd");
    assertThat(rows(TierTransitions.TABLE)).hasSize(1);
  }

  @Test
  void theNightIsFoundThoughTheClockWasSetBack() {
    night("rerun", GOOD, "dan");
    night("bad again", BAD, "eve");
    assertThat(restore("--score-date", GOOD).exitCode()).isZero();
    assertThat(leads(LeadScores.CURRENT)).containsExactly("dan");
  }

  @Test
  void nothingComesBackThatWasErased() {
    Lake lake = run("erase").lake();
    lake.append(
        Suppressed.TABLE,
        TestRuns.filled(Suppressed.TABLE, Frames.frame("code STRING", row("c0de".repeat(16)))));
    Invocation refused = restore("--score-date", GOOD);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("Persons were erased since", "Nothing was changed");
    assertThat(leads(LeadScores.CURRENT)).containsExactly("cyd");

    night("after", "2026-01-07", "fay");
    night("worse", "2026-01-08", "gus");
    assertThat(restore("--score-date", "2026-01-07").exitCode()).isZero();
    assertThat(leads(LeadScores.CURRENT)).containsExactly("fay");
  }

  @Test
  void norDoesWhatWasErasedWithoutAKey() {
    // What an erasure begins with.
    new SuppressionList(run("erase")).add(List.of("zed"));
    Invocation refused = restore("--score-date", GOOD);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("Persons were erased since", "Nothing was changed");
  }

  @Test
  void aNightWhoseFilesAreGoneIsNotHalfRestored() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("lead_scores_current"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        if (!isPresent(file)) {
          Files.delete(file);
        }
      }
    }
    List<Row> before = rows(LeadScores.TABLE);
    Invocation refused = restore("--score-date", GOOD);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .contains("lead_scores_current at version ", "of its files", "Nothing was changed");
    assertThat(rows(LeadScores.TABLE)).isEqualTo(before);
  }

  @Test
  void aNightThatNeverWasIsRefusedAndOthersAreNamed() {
    Invocation unknown = restore("--score-date", "2025-12-24");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("No published night scored 2025-12-24")
        .contains("The newest are 2026-01-06 (run bad), 2026-01-05 (run good).");
    assertThat(restore().err()).contains("Say which night", "2026-01-05 (run good)");
  }

  @Test
  void everyTableHasItsPlace() {
    for (TableContract table : Tables.ALL) {
      boolean isResult = Queries.PUBLISHED.contains(table) || Restoration.LISTS.contains(table);
      boolean stays =
          List.of("suppressed", "models", "model_metrics", "runs").contains(table.name());
      boolean isMadeAnew = table.equals(EarlierActivity.TABLE);
      assertThat(
              Stream.of(isResult, stays, isMadeAnew, Restoration.INPUT.contains(table))
                  .filter(is -> is))
          .as(table.name())
          .hasSize(1);
    }
  }

  private void night(String runId, String date, String... leads) {
    RunContext run = run(runId);
    now = now.minus(Duration.ofDays(1));
    Lake lake = run.lake();
    RunLedger ledger = new RunLedger(run, "nightly");
    Dataset<Row> rows =
        Frames.frame(
                "lead_id STRING, score_date DATE, run_id STRING",
                Arrays.stream(leads)
                    .map(lead -> row(lead, Date.valueOf(date), runId))
                    .toArray(Row[]::new))
            .coalesce(1);
    lake.append(Engagements.TABLE, TestRuns.filled(Engagements.TABLE, rows));
    lake.append(
        IngestedFiles.TABLE,
        TestRuns.filled(IngestedFiles.TABLE, rows.limit(1).withColumn("file", lit(runId))));
    lake.append(
        Models.TABLE,
        TestRuns.filled(
            Models.TABLE,
            rows.limit(1)
                .withColumn("version", lit(runId))
                .withColumn("status", lit("refused"))
                .withColumn("refused_because", lit("too few leads"))));
    Dataset<Row> scores =
        TestRuns.filled(
            LeadScores.TABLE,
            rows.withColumn("tier", lit("cold")).withColumn("tier_since", rows.col("score_date")));
    lake.replaceWhere(LeadScores.TABLE, scores, "score_date = DATE'" + date + "'");
    if (!runId.equals("good")) {
      lake.replaceWhere(
          TierTransitions.TABLE,
          TestRuns.filled(
              TierTransitions.TABLE,
              rows.withColumn("to_tier", lit("cold")).withColumn("kind", lit("new"))),
          "score_date = DATE'" + date + "'");
    }
    lake.overwrite(LeadScores.CURRENT, scores);
    ledger.close(
        Optional.of(Instant.parse(date + "T00:00:00Z")),
        Optional.of(LocalDate.parse(date)),
        RunLedger.SUCCEEDED,
        null);
  }

  private RunContext run(String runId) {
    RunContext run = TestRuns.run(runId, folder);
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return new RunContext(
        runId, run.lake(), run.artefacts(), run.settings(), clock, run.progress());
  }

  private Invocation restore(String... options) {
    List<String> arguments = new ArrayList<>(List.of("restore", "--lake", folder.toString()));
    arguments.addAll(List.of(options));
    return Invocation.of(arguments);
  }

  private List<Row> rows(TableContract table) {
    return run("later").lake().read(table).collectAsList().stream()
        .sorted(Comparator.comparing(Row::toString))
        .toList();
  }

  private List<String> leads(TableContract table) {
    return run("later")
        .lake()
        .read(table)
        .select("lead_id")
        .orderBy("lead_id")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private boolean isPresent(Path file) {
    return Arrays.stream(run("later").lake().read(LeadScores.CURRENT).inputFiles())
        .anyMatch(present -> present.endsWith("/" + file.getFileName()));
  }
}
