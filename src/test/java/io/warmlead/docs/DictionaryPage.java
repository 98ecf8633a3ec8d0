package io.warmlead.docs;

import io.warmlead.table.TableContract;
import io.warmlead.table.TableContract.ColumnContract;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The data dictionary as a page, made from the contracts that the job writes by. */
final class DictionaryPage {
  private DictionaryPage() {}

  static String of(List<TableContract> tables) {
    List<String> lines = new ArrayList<>();
    lines.add("# Data dictionary");
    lines.add("");
    lines.add(
        "Every table of the lake with its columns, as `scripts/warmlead tables` prints them. This"
            + " page is made from the contracts in the source that tables are written and checked"
            + " by. Columns are added freely; renaming or dropping one stands in the changelog.");
    lines.add("");
    lines.add("| table | one row |");
    lines.add("| --- | --- |");
    tables.forEach(
        table ->
            lines.add(
                "| [`%s`](#%s) | %s |".formatted(table.name(), table.name(), cell(table.grain()))));
    tables.forEach(table -> add(table, lines));
    return String.join("\n", lines) + "\n";
  }

  private static void add(TableContract table, List<String> lines) {
    lines.add("");
    lines.add("## " + table.name());
    lines.add("");
    lines.add(table.grain().replace("<", "&lt;"));
    lines.add("");
    lines.add(
        (table.key().isEmpty() ? "No key." : "Key: " + names(table.key()) + ".")
            + (table.partitionedBy().isEmpty()
                ? ""
                : " Partitioned by " + names(table.partitionedBy()) + "."));
    lines.add("");
    lines.add("| column | type | meaning |");
    lines.add("| --- | --- | --- |");
    for (ColumnContract column : table.columns()) {
      lines.add(
          "| `%s` | %s%s | %s |"
              .formatted(
                  column.name(),
                  cell(column.type()),
                  column.nullable() ? "" : " NOT NULL",
                  cell(column.comment())));
    }
    if (!table.checks().isEmpty()) {
      lines.add("");
      lines.add("Every row satisfies:");
      lines.add("");
      table.checks().forEach((rule, predicate) -> lines.add("- " + rule + ": `" + predicate + "`"));
    }
  }

  private static String names(List<String> columns) {
    return columns.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  /** A text that stays in its cell. */
  static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
