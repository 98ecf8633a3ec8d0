package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Engagements;
import io.warmlead.table.Outcomes;
import io.warmlead.testing.Invocation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engagements and outcomes that come again and say something else. */
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
    assertThat(exports.succeed("audit").out()).contains("ok     outcomes  one row per outcome_id");
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

  private List<String> outcomes() {
    return exports.rows(
        Outcomes.TABLE, "lead_id", "to_date(occurred_at)", "string(value)", "outcome_id");
  }
}
