package io.warmlead.cli;

import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The data dictionary, from the contracts that the job itself writes by. */
@Command(name = "tables", description = "Prints the data dictionary.")
final class TablesCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "TABLE", description = "One table alone.")
  String only;

  @Override
  public Integer call() {
    Console console = Environment.of(spec).console();
    boolean found = false;
    for (TableContract table : Tables.ALL) {
      if (only == null || only.equals(table.name())) {
        found = true;
        print(table, console);
      }
    }
    if (!found) {
      throw new io.warmlead.config.SettingsException(
          "There is no table "
              + only
              + "."
              + io.warmlead.config.NearestName.hint(
                  only, Tables.ALL.stream().map(TableContract::name).toList()));
    }
    return 0;
  }

  private static void print(TableContract table, Console console) {
    console.print(table.name());
    console.print("  " + table.grain());
    console.print("  key: " + String.join(", ", table.key()));
    for (TableContract.ColumnContract column : table.columns()) {
      console.print(
          "  "
              + column.name()
              + "  "
              + column.type()
              + (column.nullable() ? "" : " NOT NULL")
              + "  "
              + column.comment());
    }
    table
        .checks()
        .forEach((rule, predicate) -> console.print("  check " + rule + ": " + predicate));
    console.print("");
  }
}
