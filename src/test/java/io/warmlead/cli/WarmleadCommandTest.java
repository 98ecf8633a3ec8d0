package io.warmlead.cli;

import static io.warmlead.testing.SimulatedCompany.requireSuccess;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import io.warmlead.testing.Invocation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the command line says without a lake. */
final class WarmleadCommandTest {
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
}
