package io.warmlead.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Texts that a spreadsheet shows as they are, though it would run them: whoever fills in a form of
 * ours chooses texts that end in cells (CSV injection, as OWASP describes it).
 *
 * <p>A spreadsheet takes a cell for a formula if it begins with {@code = + - @} or a full-width
 * form of these, some after dropping blanks and signs that nobody sees; and for further cells what
 * follows a tab or a line break, or a semicolon where the comma is the decimal mark, whatever the
 * quotes say. At all these places an apostrophe says that text follows; at the beginning of a cell
 * also before a tab or a line break.
 */
final class SpreadsheetCells {
  private static final String CELL_STARTS =
      "(?<=^|[;\\t\\r\\n])(?=[\\p{Z}\\p{C}]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])|^(?=[\\t\\r\\n])";

  private SpreadsheetCells() {}

  /** Makes every column of texts harmless. Numbers, dates and truth values are ours and stay. */
  static Dataset<Row> harmless(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(rows.schema().fields())
            .map(SpreadsheetCells::harmless)
            .toArray(Column[]::new));
  }

  private static Column harmless(StructField field) {
    Column column = col(field.name());
    return field.dataType().equals(DataTypes.StringType)
        ? regexp_replace(column, lit(CELL_STARTS), lit("'")).as(field.name())
        : column;
  }
}
