package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Leads;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attributes that a later file changes: since when they hold. */
final class LaterLeadsTest {
  private static final String HEADER = "lead_id,created_at,source";
  private static final String BOB = "bob ad 2026-01-01";

  @TempDir private Path folder;
  private SmallExports exports;

  @BeforeEach
  void aLakeUpToTheEndOfMarch() {
    exports = new SmallExports(folder).writeSome("2026-01-02", "2026-03-31");
  }

  @Test
  void theyHoldFromTheNewestEngagementThoughTheNewOnesAreOld() {
    exports.succeed("ingest");
    exports
        .write(
            "engagements/late.csv",
            "lead_id,occurred_at,event",
            "bob,2026-02-03T08:00:00Z,page_view")
        .write("leads/2.csv", HEADER, "ada,2026-01-01,event")
        .succeed("ingest");
    assertThat(versions()).containsExactly("ada event 2026-03-31", "ada web 2026-01-01", BOB);
    exports.write("leads/3.csv", HEADER, "ada,2026-01-01,ad").succeed("ingest");
    assertThat(versions())
        .as("what the same day says last")
        .containsExactly("ada ad 2026-03-31", "ada web 2026-01-01", BOB);
  }

  @Test
  @Tag("night")
  void aBackfillDoesNotDateThemBack() {
    exports.succeed("ingest");
    exports.write("leads/2.csv", HEADER, "ada,2026-01-01,event");
    exports.succeed("backfill", "--from", "2026-01-05", "--to", "2026-01-05");
    assertThat(versions()).containsExactly("ada event 2026-03-31", "ada web 2026-01-01", BOB);
  }

  private List<String> versions() {
    return exports.rows(Leads.TABLE, "lead_id", "source", "to_date(valid_from)");
  }
}
