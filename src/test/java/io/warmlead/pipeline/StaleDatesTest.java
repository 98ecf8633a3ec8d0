package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Runs;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights of the fifth to the eighth of January, and a backfill over them. */
final class StaleDatesTest {
  @TempDir private Path folder;
  private Lake lake;
  private long version;

  @BeforeEach
  void fourNights() {
    lake = TestRuns.run("run", folder).lake();
    List.of(5, 6, 7, 8).forEach(this::scores);
    List.of(5, 6, 7, 8).forEach(day -> scored("nightly", day));
  }

  @Test
  void nightsInOrderAreNotTalkedAbout() {
    assertThat(tonight(9)).isEmpty();
  }

  @Test
  void datesAheadOfABackfillThatEndedAreNamedUntilTheyAreScored() {
    scored("backfill", 4);
    scored("backfill", 5);
    assertThat(tonight(9))
        .hasValue(
            "A date before 2026-01-06 was scored after it, by a backfill that did not come so far."
                + " The dates from 2026-01-06 to 2026-01-09 were not finished: run `warmlead backfill"
                + " --from 2026-01-06 --to 2026-01-09` with the other options that it had.");
    assertThat(backfill(6)).as("which scores them").isEmpty();
    assertThat(backfill(7)).as("which leaves one out").isPresent();
    List.of(6, 7).forEach(day -> scored("backfill", day));
    assertThat(tonight(9).orElseThrow()).contains("from 2026-01-08 to 2026-01-09");
    assertThat(tonight(8)).as("that date is being scored").isEmpty();
    scored("backfill", 8);
    assertThat(tonight(9)).isEmpty();
  }

  @Test
  void whatWasTakenBackIsNotAskedFor() {
    scored("backfill", 5);
    scored("restore", null);
    assertThat(tonight(9)).isEmpty();
    scored("backfill", 7);
    assertThat(tonight(9).orElseThrow()).contains("from 2026-01-08 to");
    lake.delete(
        LeadScores.TABLE,
        frame("day DATE", row(Date.valueOf(day(8)))),
        org.apache.spark.sql.functions.expr("target.score_date = source.day"));
    assertThat(tonight(9)).isEmpty();
  }

  private Optional<String> tonight(int day) {
    return new StaleDates(lake).told(day(day), day(day));
  }

  private Optional<String> backfill(int from) {
    return new StaleDates(lake).told(day(from), day(9));
  }

  private static LocalDate day(int day) {
    return LocalDate.of(2026, 1, day);
  }

  private void scores(int day) {
    lake.append(
        LeadScores.TABLE,
        TestRuns.filled(
            LeadScores.TABLE,
            frame(
                "lead_id STRING, score_date DATE, tier STRING",
                row("ada", Date.valueOf(day(day)), "cold"))));
  }

  /** A published run; the clock says nothing of the order. */
  private void scored(String command, Integer day) {
    String runId = "run-" + (9 - version);
    lake.append(
        Runs.TABLE,
        TestRuns.filled(
            Runs.TABLE,
            frame(
                    "run_id STRING, command STRING, stage STRING, status STRING, score_date STRING,"
                        + " found BIGINT",
                    row(
                        runId,
                        command,
                        Runs.WHOLE,
                        RunLedger.SUCCEEDED,
                        day == null ? null : day(day).toString(),
                        version))
                .selectExpr("*", "map('runs', found) AS versions_read")));
    version++;
  }
}
