package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.LeadScores;
import io.warmlead.testing.Invocation;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backfills of dates of which the two newest were scored already. */
@Tag("night")
final class BackfilledDatesTest {
  @TempDir private static Path folder;
  private static SmallExports exports;

  @BeforeAll
  static void twoDatesScored() {
    exports = new SmallExports(folder).writeSome("2026-01-02", "2026-01-03");
    exports.succeed("ingest");
    exports.succeed("score", "--as-of", "2026-01-05");
    exports.succeed("score", "--as-of", "2026-01-06");
  }

  @Test
  void datesBetweenTheStepsThatWereScoredAreScoredAgain() {
    long versions = exports.lake().version(LeadScores.CURRENT);
    // Not known when they were scored.
    exports.write(
        "engagements/2.csv", "lead_id,occurred_at,event", "bob,2026-01-04T08:00:00Z,demo_request");
    Invocation backfill =
        exports.succeed("backfill", "--from", "2026-01-04", "--to", "2026-01-06", "--every", "3");

    assertThat(backfill.err())
        .contains(
            "Scored again too, because they were scored already and follow from the dates before"
                + " them: 2026-01-05, 2026-01-06.");
    assertThat(exports.rows(LeadScores.TABLE, "lead_id", "score_date", "tier", "previous_tier"))
        .filteredOn(row -> row.startsWith("bob"))
        .containsExactly(
            "bob 2026-01-04 cold", "bob 2026-01-05 hot cold", "bob 2026-01-06 hot hot");
    assertThat(exports.rows(LeadScores.HOT, "lead_id", "score_date"))
        .containsExactly("bob 2026-01-06");
    assertThat(exports.lake().version(LeadScores.CURRENT))
        .as("published once, at the end")
        .isEqualTo(versions + 1);
    Invocation audit = exports.run("audit");
    assertThat(audit.exitCode()).as(audit.out()).isZero();
  }

  @Test
  void theListsStayWithTheNewestNight() {
    long versions = exports.lake().version(LeadScores.CURRENT);
    new PublishStage(TestRuns.run("backfill", folder.resolve("lake")))
        .publish(LocalDate.parse("2026-01-05"));
    assertThat(exports.lake().version(LeadScores.CURRENT)).isEqualTo(versions);
  }
}
