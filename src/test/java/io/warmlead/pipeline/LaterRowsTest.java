package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Engagements;
import io.warmlead.table.Outcomes;
import io.warmlead.testing.Invocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engagements and outcomes that come again and say something else, or are read otherwise. */
final class LaterRowsTest {
  private static final String DEALS = "lead_id,outcome,occurred_at,value,outcome_id";

  @TempDir private Path folder;
  private SmallExports exports;

  @BeforeEach
  void someExports() {
    exports = new SmallExports(folder).writeSome("2026-01-02", "2026-01-03");
  }

  @Test
  void aCorrectedOutcomeIsStoredOnceAndCountedRight() {
    exports
        .write("outcomes/deals.csv", DEALS, "ada,won,2026-01-02,,D1", "bob,won,2026-01-02,5,D2")
        .succeed("ingest");
    Invocation corrected =
        exports
            .write(
                "outcomes/deals.csv",
                DEALS,
                "ada,won,2026-01-03,1200,D1",
                "bob,won,2026-01-02,5,D2",
                "bob,won,2026-01-03,6,D3")
            .succeed("ingest");
    assertThat(corrected.err())
        .contains("1 stored outcomes were corrected")
        .contains("1 leads have converted more than once now");
    assertThat(corrected.out()).contains("3 rows in 1 new files: 2 accepted, 1 duplicates");
    List<String> stored =
        List.of(
            "ada 2026-01-03 1200.0000 D1", "bob 2026-01-02 5.0000 D2", "bob 2026-01-03 6.0000 D3");
    assertThat(outcomes()).isEqualTo(stored);
    Invocation again =
        exports
            .write(
                "outcomes/deals.csv",
                DEALS,
                "bob,won,2026-01-03,6,D3",
                "ada,won,2026-01-03,1200,D1",
                "bob,won,2026-01-02,5,D2",
                "")
            .succeed("ingest");
    assertThat(again.out()).contains("3 rows in 1 new files: 0 accepted, 3 duplicates");
    assertThat(again.err()).doesNotContain("note:");
    assertThat(outcomes()).isEqualTo(stored);
    assertThat(exports.succeed("audit", "--list").out())
        .contains("ok     outcomes  one row per outcome_id");
  }

  @Test
  void anEngagementOfAKnownIdIsADuplicateThoughItsTimeWasMoved() {
    String header = "event_id,lead_id,occurred_at,event";
    exports.write(
        "engagements/1.csv",
        header,
        "E1,ada,2026-01-05T08:00:00Z,page_view",
        "E2,bob,2026-01-06T08:00:00Z,page_view");
    exports.succeed("ingest");
    Invocation moved =
        exports
            .write("engagements/2.csv", header, "E1,ada,2026-01-20T08:00:00Z,page_view")
            .succeed("ingest");
    assertThat(moved.out()).contains("1 rows in 1 new files: 0 accepted, 1 duplicates");
    assertThat(exports.rows(Engagements.TABLE, "event_id", "to_date(occurred_at)"))
        .containsExactly("E1 2026-01-05", "E2 2026-01-06");
  }

  @Test
  void anEngagementThatMovesToAnotherLeadIsToldOfAndStaysWhereItIs() {
    String header = "event_id,lead_id,occurred_at,event";
    exports.write(
        "engagements/1.csv",
        header,
        "E1,ada,2026-01-05T08:00:00Z,page_view",
        "E2,bob,2026-01-06T08:00:00Z,page_view");
    exports.succeed("ingest");
    Invocation merged =
        exports
            .write(
                "engagements/2.csv",
                header,
                "E1,bob,2026-01-05T08:00:00Z,page_view",
                "E2,bob,2026-01-06T08:00:00Z,page_view",
                "E3,bob,2026-01-07T08:00:00Z,page_view")
            .succeed("ingest");
    assertThat(merged.out()).contains("3 rows in 1 new files: 1 accepted, 2 duplicates");
    assertThat(merged.err())
        .contains("1 rows of engagements have the event_id of a stored engagement of another lead");
    assertThat(exports.rows(Engagements.TABLE, "event_id", "lead_id"))
        .containsExactly("E1 ada", "E2 bob", "E3 bob");
  }

  @Test
  void rowsWithoutAnIdAreKnownByTheirContentBesideThoseThatHaveOne() {
    String header = "event_id,lead_id,occurred_at,event";
    List<String> rows = new ArrayList<>(List.of(header, "E1,ada,2026-01-05T08:00:00Z,page_view"));
    rows.addAll(Collections.nCopies(2, ",bob,2026-01-06T08:00:00Z,call"));
    exports.write("engagements/1.csv", rows.toArray(String[]::new));
    assertThat(exports.succeed("check").out())
        .contains("3 rows: 3 good", "without event_id: 2 good rows, which are known by their");
    Invocation first = exports.succeed("ingest");
    assertThat(first.out()).contains("3 rows in 1 new files: 3 accepted");
    assertThat(first.err()).doesNotContain("have no event_id");
    rows.addAll(Collections.nCopies(98, " ,ada,2026-01-07T08:00:00Z,call"));
    Invocation grown =
        exports.write("engagements/1.csv", rows.toArray(String[]::new)).succeed("ingest");
    assertThat(grown.out()).contains("101 rows in 1 new files: 98 accepted, 3 duplicates");
    assertThat(grown.err())
        .contains("100 of 101 new rows of engagements have no event_id", "columns.event_id");
  }

  @Test
  void anotherReadingOfStoredFilesIsToldAndDoublesNoEngagement() {
    exports.write(
        "engagements/1.csv",
        "lead_id,occurred_at,event",
        "ada,2026-01-02T23:30:00,page_view",
        "ada,2026-01-03T08:00:00,page_view");
    exports.write("outcomes/1.csv", DEALS, "bob,won,2026-01-03T08:00:00,5,D1").succeed("ingest");
    Invocation mapped =
        exports.succeed(
            "ingest", "--set", "signals.map=[{event = page_view, signal = pricing_view}]");
    assertThat(mapped.err())
        .as("meanings of events are applied to what is stored")
        .doesNotContain("is read with other settings");
    Invocation moved =
        exports.succeed(
            "ingest",
            "--set",
            "inputs.engagements.zone=America/New_York",
            "--set",
            "inputs.outcomes.zone=America/New_York");
    assertThat(moved.err())
        .contains("inputs.engagements is read with other settings than before")
        .contains("so 1 files are read again")
        .contains("Engagements that are stored keep the times and values they were read with")
        .contains("inputs.outcomes is read with other settings", "restore --with-input");
    assertThat(exports.rows(Engagements.TABLE, "string(occurred_at)"))
        .containsExactly("2026-01-02 23:30:00", "2026-01-03 08:00:00");
    assertThat(exports.rows(Outcomes.TABLE, "string(occurred_at)"))
        .as("corrected by its id")
        .containsExactly("2026-01-03 13:00:00");
  }

  private List<String> outcomes() {
    return exports.rows(
        Outcomes.TABLE, "lead_id", "to_date(occurred_at)", "string(value)", "outcome_id");
  }
}
