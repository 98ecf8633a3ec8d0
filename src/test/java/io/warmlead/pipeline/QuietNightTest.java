package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Engagements;
import io.warmlead.table.Outcomes;
import io.warmlead.table.Rejects;
import io.warmlead.testing.Invocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days on which little happens, and companies to which nothing has happened yet. */
final class QuietNightTest {
  private static final String OUTCOMES = "lead_id,outcome,occurred_at";

  @TempDir private Path folder;
  private SmallExports exports;

  @BeforeEach
  void someEngagements() {
    exports = new SmallExports(folder).writeSome("2026-01-02", "2026-01-03");
  }

  @Test
  void outcomesMayBeEmptyFromTheBeginning() {
    exports.write("outcomes/1.csv", OUTCOMES);
    assertThat(exports.run("check").out()).contains("outcomes: no row yet");
    assertThat(exports.succeed("ingest").err())
        .contains("inputs.outcomes: the new files hold no rows.");
    exports.write("outcomes/2.csv", OUTCOMES, "ada,won,2026-01-03").succeed("ingest");
    assertThat(exports.rows(Outcomes.TABLE, "lead_id", "outcome")).containsExactly("ada won");
  }

  @Test
  @Tag("night")
  void aCompanyThatHasOnlyLostIsScoredByBehaviour() {
    exports.write("outcomes/1.csv", OUTCOMES, "bob,lost,2026-01-03");
    Invocation night = exports.succeed("nightly", "--as-of", "2026-01-04");
    assertThat(night.err()).contains("conversion.outcomes names won, which never occurs");
  }

  @Test
  void aLossThatTheSettingsDoNotKnowIsAskedFor() {
    exports.write("outcomes/1.csv", OUTCOMES, "bob,verloren,2026-01-03");
    Invocation refused = exports.run("ingest");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("which never occurs among the outcomes: verloren.", "name what occurs in");
  }

  @Test
  void aDayWithoutRowsOrWithoutAGoodOneKeepsNoNightFromBeingScored() {
    exports.write("outcomes/1.csv", OUTCOMES, "bob,lost,2026-01-03").succeed("ingest");
    Invocation quiet =
        exports
            .write("engagements/2.csv", "lead_id,occurred_at,event")
            .write("leads/2.csv", "lead_id,created_at,source")
            .write("outcomes/2.csv", OUTCOMES, "ada,won,")
            .succeed("ingest");
    assertThat(quiet.err())
        .contains(
            "inputs.engagements: the new files hold no rows.",
            "inputs.leads: the new files hold no rows.",
            "inputs.outcomes: none of 1 new rows can be used; the table rejects says why.");
    assertThat(exports.rows(Rejects.TABLE, "input")).containsExactly("outcomes");
    assertThat(exports.succeed("ingest").err()).as("read once").doesNotContain("inputs.");
  }

  @Test
  void manyRowsOfWhichNoneCanBeUsedAreNoQuietDay() {
    exports.succeed("ingest");
    List<String> rows = new ArrayList<>(List.of("lead_id,occurred_at,event"));
    for (int row = 0; row < 100; row++) {
      rows.add("ada,soon,page_view");
    }
    Invocation refused =
        exports.write("engagements/2.csv", rows.toArray(String[]::new)).run("ingest");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("none of 100 rows can be used", "Nothing was written");
    assertThat(exports.rows(Engagements.TABLE, "lead_id")).hasSize(2);
  }
}
