package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Engagements;
import io.warmlead.testing.Invocation;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engagements that come again and say something else. */
final class LaterRowsTest {
  @TempDir private Path folder;
  private SmallExports exports;

  @BeforeEach
  void someExports() {
    exports = new SmallExports(folder).writeSome("2026-01-02", "2026-01-03");
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
}
