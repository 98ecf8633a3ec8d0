package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Engagements;
import io.warmlead.table.Rejects;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were refused stay until they are judged anew. */
final class QuarantineTest {
  private static final String HEADER = "lead_id,occurred_at,event";
  private static final String FILE = "engagements/tonight.csv";

  @TempDir private Path folder;
  private SmallExports exports;

  @BeforeEach
  void aNightWithARowThatIsRefused() {
    exports = new SmallExports(folder).writeSome("2026-01-02");
    exports
        .write(FILE, HEADER, "ada,2026-01-03T08:00:00Z,call", "ada,03.01.2026 09:00,call")
        .succeed("ingest");
    assertThat(refused()).containsExactly("03.01.2026 09:00");
  }

  @Test
  void anotherNightUnderTheSameNameTakesNothingOut() {
    exports
        .write(FILE, HEADER, "bob,2026-01-04T08:00:00Z,call", "bob,soon,call", "bob,,call")
        .succeed("ingest");
    assertThat(refused()).containsExactly("", "03.01.2026 09:00", "soon");
    exports.write(FILE, HEADER, "bob,2026-01-05T08:00:00Z,call").succeed("ingest");
    assertThat(refused()).as("a night without any").containsExactly("", "03.01.2026 09:00", "soon");
  }

  @Test
  void aFileThatGrewHasEachOfItsRowsOnce() {
    exports
        .write(
            FILE,
            HEADER,
            "ada,2026-01-03T08:00:00Z,call",
            "ada,03.01.2026 09:00,call",
            "ada,soon,call",
            "ada,soon,call")
        .succeed("ingest");
    assertThat(refused()).containsExactly("03.01.2026 09:00", "soon", "soon");
  }

  @Test
  void rowsThatOtherSettingsCanReadLeaveTheQuarantine() {
    exports.succeed(
        "ingest", "--set", "inputs.engagements.options={ timestampFormat = \"dd.MM.yyyy HH:mm\" }");
    assertThat(refused()).isEmpty();
    assertThat(exports.rows(Engagements.TABLE, "string(occurred_at)"))
        .contains("2026-01-03 09:00:00");
  }

  private List<String> refused() {
    return exports.rows(Rejects.TABLE, "coalesce(get_json_object(raw, '$.occurred_at'), '')");
  }
}
