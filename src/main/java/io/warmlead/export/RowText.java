package io.warmlead.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows as text: full precision, ISO dates, nested values as JSON. */
public final class RowText {
  /** What ends a cell or a line where it is not quoted. */
  private static final Pattern BREAKING = Pattern.compile("[\",\r\n]");

  private RowText() {}

  /** Every column as STRING; NULL stays NULL. */
  public static Dataset<Row> asText(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(rows.schema().fields()).map(RowText::asText).toArray(Column[]::new));
  }

  /** One STRING column: a JSON object a row, with every column, NULL as {@code null}. */
  public static Dataset<Row> asJson(Dataset<Row> rows) {
    Column all = struct(Arrays.stream(rows.columns()).map(RowText::quoted).toArray(Column[]::new));
    return rows.select(
        to_json(
            all,
            Map.of(
                "ignoreNullFields",
                "false",
                "timestampFormat",
                "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX")));
  }

  /** The cells of a row of {@link #asText}; null where NULL. */
  public static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.length(); i++) {
      cells.add(row.isNullAt(i) ? null : row.getString(i));
    }
    return cells;
  }

  /**
   * One line as RFC 4180 has it, without a line break; null is an empty cell, and an empty text a
   * quoted one.
   */
  public static String csv(List<String> cells) {
    return cells.stream().map(RowText::csv).collect(Collectors.joining(","));
  }

  private static String csv(String cell) {
    if (cell == null) {
      return "";
    }
    return cell.isEmpty() || BREAKING.matcher(cell).find()
        ? "\"" + cell.replace("\"", "\"\"") + "\""
        : cell;
  }

  private static Column asText(StructField field) {
    Column column = quoted(field.name());
    DataType type = field.dataType();
    if (type instanceof StructType || type instanceof ArrayType || type instanceof MapType) {
      return to_json(column).as(field.name());
    }
    if (type.equals(DataTypes.TimestampType)) {
      return concat(replace(column.cast("string"), lit(" "), lit("T")), lit("Z")).as(field.name());
    }
    return column.cast("string").as(field.name());
  }

  private static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
