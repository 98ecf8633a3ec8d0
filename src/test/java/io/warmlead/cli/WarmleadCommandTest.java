package io.warmlead.cli;

import static io.warmlead.testing.SimulatedCompany.requireSuccess;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import io.warmlead.testing.Invocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says without a lake. */
final class WarmleadCommandTest {
  @TempDir private Path folder;

  @Test
  void tablesPrintsEveryContractAndOneAlone() {
    Invocation all = Invocation.of("tables");
    requireSuccess(all);
    for (TableContract table : Tables.ALL) {
      assertThat(all.lines()).contains(table.name());
    }
    Invocation one = Invocation.of("tables", "lead_scores");
    assertThat(one.out()).contains("probability  DOUBLE").doesNotContain("decay_curves");
    Invocation none = Invocation.of("tables", "lead_score");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("Did you mean lead_scores?");
  }

  @Test
  void everyCommandHasHelpAndAVersion() {
    for (String command :
        List.of(
            "demo",
            "simulate",
            "check",
            "nightly",
            "ingest",
            "train",
            "score",
            "analyze",
            "report",
            "backfill",
            "models",
            "promote",
            "rollback",
            "tables",
            "sql",
            "audit",
            "maintain",
            "erase",
            "restore",
            "export",
            "explain")) {
      Invocation help = Invocation.of(command, "--help");
      assertThat(help.exitCode()).as(command).isZero();
      assertThat(help.out()).as(command).startsWith("Usage: warmlead " + command);
    }
    assertThat(Invocation.of("--help").out()).contains("nightly", "backfill", "Exit codes");
    assertThat(Invocation.of("--version").out()).startsWith("warmlead ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check", "nightly", "ingest", "train", "score", "analyze", "report", "backfill", "models",
        "promote", "rollback", "sql", "audit", "maintain", "erase", "restore", "export", "explain",
      })
  void everyCommandOverALakeTakesTheCommonOptions(String command) {
    Invocation help = Invocation.of(command, "--help");
    assertThat(help.out()).contains("--conf=", "--set=", "--as-of=", "--lake=", "--wait");
  }

  @Test
  void aDateThatIsNotUsedMustBeOne() {
    Invocation wrong = Invocation.of("sql", "SELECT 1", "--as-of", "soon", "--lake", "any");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("--as-of soon: is neither a date").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sql|SELECT 1 AS one",
        "models",
        "maintain",
        "maintain|--apply",
        "audit",
        "explain|--lead|ada",
        "export|--to|out",
        "erase|--lead|ada",
        "restore|--score-date|2026-03-01",
        "promote|m-20260301",
        "rollback",
        "report",
      })
  void aPlaceThatWasMistypedIsNoLakeWithoutRows(String command) {
    Path typo = folder.resolve("typo");
    List<String> arguments = new ArrayList<>(List.of(command.split("\\|")));
    arguments.addAll(List.of("--lake", typo.toString()));
    Invocation refused = Invocation.of(arguments);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .contains("There is no table of Warmlead in file:" + typo + ".")
        .contains("--lake");
    assertThat(typo).doesNotExist();
  }
}
