package io.warmlead.lake;

import io.warmlead.table.TableContract;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Brings rows into the form that the contract of a table asks for. */
final class ContractRows {
  private ContractRows() {}

  /** Columns that the contract has and the rows have not are NULL. */
  static Dataset<Row> withNewColumns(TableContract table, Dataset<Row> rows) {
    Set<String> there = Set.of(rows.columns());
    Dataset<Row> all = rows;
    for (StructField column : table.schema().fields()) {
      if (!there.contains(column.name())) {
        all = all.withColumn(column.name(), functions.lit(null).cast(column.dataType()));
      }
    }
    return all;
  }

  /**
   * The columns of the contract in its order.
   *
   * @throws IllegalStateException where a type is another one
   */
  static Dataset<Row> conform(TableContract table, Dataset<Row> rows) {
    Dataset<Row> ordered =
        rows.select(table.columnNames().stream().map(functions::col).toArray(Column[]::new));
    StructType found = ordered.schema();
    StructType promised = table.schema();
    String wrong =
        table.columns().stream()
            .filter(
                column ->
                    !found
                        .apply(column.name())
                        .dataType()
                        .catalogString()
                        .equals(promised.apply(column.name()).dataType().catalogString()))
            .map(
                column ->
                    column.name()
                        + " is "
                        + found.apply(column.name()).dataType().catalogString()
                        + ", not "
                        + column.type())
            .collect(Collectors.joining("; "));
    if (!wrong.isEmpty()) {
      throw new IllegalStateException("rows for table " + table.name() + ": " + wrong);
    }
    return ordered;
  }
}
