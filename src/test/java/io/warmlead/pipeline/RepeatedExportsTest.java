package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Engagements;
import io.warmlead.testing.Invocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole exports, night after night, of which a column changes. */
final class RepeatedExportsTest {
  private static final int DAYS = 30;

  @TempDir private Path folder;
  private SmallExports exports;

  @BeforeEach
  void aWholeExport() {
    exports = new SmallExports(folder).writeSome("2026-01-02");
    write("1.csv", "", "owner", "ann", DAYS);
    exports.succeed("ingest");
    assertThat(stored()).isEqualTo(5 * DAYS);
  }

  @Test
  void anotherValueInAColumnWithoutAMeaningDoublesNothing() {
    write("2.csv", "", "owner", "ben", DAYS + 1);
    Invocation night = exports.succeed("ingest");
    assertThat(night.out()).contains("155 rows in 1 new files: 5 accepted, 150 duplicates");
    assertThat(night.err())
        .contains(
            "150 rows of engagements say what stored ones say, and differ from them only in owner.",
            "inputs.engagements.exclude");
    assertThat(stored()).isEqualTo(5 * DAYS + 5);
    String exclude = "inputs.engagements.exclude=[owner]";
    exports.succeed("ingest", "--set", exclude);
    write("3.csv", "", "owner", "cid", DAYS + 2);
    exports.succeed("ingest", "--set", exclude);
    assertThat(stored()).isEqualTo(5 * DAYS + 10);
  }

  @Test
  void aColumnThatIsNewAndAnIdThatIsNewDoubleNothing() {
    write("2.csv", "", "owner,stage", "ann,won", DAYS);
    assertThat(exports.succeed("ingest").err()).contains("only in stage.");
    assertThat(stored()).isEqualTo(5 * DAYS);
    write("3.csv", "event_id,", "owner", "ann", DAYS + 1);
    assertThat(exports.succeed("ingest").err()).contains("only in received_at or their id.");
    assertThat(stored()).isEqualTo(5 * DAYS + 5);
  }

  @Test
  void aCheckTellsOfWholeExportsThatDifferInAColumn() {
    write("2.csv", "", "owner", "ann", DAYS);
    assertThat(exports.succeed("check").out()).doesNotContain("of another file");
    write("2.csv", "", "owner", "ben", DAYS);
    assertThat(exports.succeed("check").out())
        .contains("150 rows without event_id say what a row of another file says");
    assertThat(exports.succeed("check", "--set", "inputs.engagements.exclude=[owner]").out())
        .doesNotContain("of another file");
  }

  @Test
  void lateRowsThatSayOtherThingsComeIn() {
    List<String> rows = new ArrayList<>(List.of("lead_id,occurred_at,event,owner"));
    for (int row = 0; row < 120; row++) {
      rows.add("bob,2026-01-%02dT09:%02d:00Z,call,ann".formatted(1 + row % 20, row % 60));
    }
    exports.write("engagements/late.csv", rows.toArray(String[]::new));
    assertThat(exports.succeed("ingest").err()).doesNotContain("say what stored ones say");
    assertThat(stored()).isEqualTo(5 * DAYS + 120);
  }

  /** Five engagements of ada on each day; ids where the header begins with one. */
  private void write(String file, String id, String more, String cells, int days) {
    List<String> rows = new ArrayList<>(List.of(id + "lead_id,occurred_at,event," + more));
    for (int day = 0; day < days; day++) {
      for (int hour = 10; hour < 15; hour++) {
        rows.add(
            (id.isEmpty() ? "" : "E" + day + "-" + hour + ",")
                + "ada,%sT%d:00:00Z,page_view,"
                    .formatted(java.time.LocalDate.parse("2026-01-01").plusDays(day), hour)
                + cells);
      }
    }
    exports.write("engagements/" + file, rows.toArray(String[]::new));
  }

  private int stored() {
    return exports.rows(Engagements.TABLE, "event_id").size();
  }
}
