package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Leads;
import io.warmlead.testing.Invocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attributes that a later file changes: since when they hold, and whether at all. */
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

  @Test
  void aFileOfAnEarlierDateThatComesLateChangesNothing() {
    exports
        .write("leads/crm-2026-03-30.csv", HEADER, "ada,2026-01-01,web")
        .write("leads/crm-2026-04-02.csv", HEADER, "bob,2026-01-01,event")
        .succeed("ingest", "--as-of", "2026-04-03");
    Invocation late =
        exports
            .write(
                "leads/crm-2026-04-01.csv",
                HEADER,
                "ada,2026-01-01,referral",
                "bob,2026-01-01,referral",
                "cyd,2026-01-01,referral")
            .succeed("ingest", "--as-of", "2026-04-04");
    assertThat(late.err())
        .contains("1 rows of leads come from files of an earlier date than what is stored");
    assertThat(late.out()).contains("3 rows in 1 new files: 2 accepted, 1 duplicates");
    assertThat(versions())
        .containsExactly(
            "ada referral 2026-04-03",
            "ada web 2026-01-01",
            "bob event 2026-01-01",
            "cyd referral 2026-01-01");
  }

  @Test
  void anAttributeThatChangesWithEveryExportIsNamed() {
    writeMany("leads/1.csv", "2026-03-30", 120);
    exports.succeed("ingest");
    writeMany("leads/2.csv", "2026-03-31", 40);
    assertThat(exports.succeed("ingest").err()).doesNotContain("Attributes differ");
    writeMany("leads/3.csv", "2026-04-01", 120);
    assertThat(exports.succeed("ingest", "--as-of", "2026-04-02").err())
        .contains("Attributes differ for most of the leads that were known before")
        .contains("last seen (100 %). What changes", "inputs.leads.exclude");
  }

  private void writeMany(String file, String seen, int number) {
    List<String> rows = new ArrayList<>(List.of(HEADER + ",last seen"));
    for (int lead = 0; lead < number; lead++) {
      rows.add("lead-" + lead + ",2026-01-01,web," + seen);
    }
    exports.write(file, rows.toArray(String[]::new));
  }

  private List<String> versions() {
    return exports.rows(Leads.TABLE, "lead_id", "source", "to_date(valid_from)");
  }
}
