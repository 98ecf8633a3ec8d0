package io.warmlead.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  /** Microseconds, as Spark stores them; by itself JSON would have milliseconds. */
  private static final Map<String, String> INSTANTS =
      Map.of(
          "timestampFormat",
          "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
          "timestampNTZFormat",
          "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

  private RowText() {}

  /** Every column as STRING, also those that share a name; NULL stays NULL. */
  public static Dataset<Row> asText(Dataset<Row> rows) {
    StructField[] fields = rows.schema().fields();
    return numbered(rows)
        .select(
            IntStream.range(0, fields.length)
                .mapToObj(i -> asText(nth(i), fields[i].dataType()).as(fields[i].name()))
                .toArray(Column[]::new));
  }

  /**
   * One STRING column: a JSON object a row, with every column, NULL as {@code null}. Of columns
   * that share a name, the second is called {@code name_2}.
   */
  public static Dataset<Row> asJson(Dataset<Row> rows) {
    List<String> keys = distinct(rows.columns());
    Column all =
        struct(
            IntStream.range(0, keys.size())
                .mapToObj(i -> nth(i).as(keys.get(i)))
                .toArray(Column[]::new));
    Map<String, String> options = new HashMap<>(INSTANTS);
    options.put("ignoreNullFields", "false");
    return numbered(rows).select(to_json(all, options));
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

  private static Column asText(Column column, DataType type) {
    if (type instanceof StructType || type instanceof ArrayType || type instanceof MapType) {
      return to_json(column, INSTANTS);
    }
    if (type.equals(DataTypes.TimestampType)) {
      return concat(iso(column), lit("Z"));
    }
    return type.equals(DataTypes.TimestampNTZType) ? iso(column) : column.cast("string");
  }

  private static Column iso(Column time) {
    return replace(time.cast("string"), lit(" "), lit("T"));
  }

  /** The names of a query's columns need not differ: {@code SELECT s.lead_id, c.lead_id}. */
  private static Dataset<Row> numbered(Dataset<Row> rows) {
    return rows.toDF(
        IntStream.range(0, rows.columns().length).mapToObj(i -> "c" + i).toArray(String[]::new));
  }

  private static Column nth(int column) {
    return col("c" + column);
  }

  private static List<String> distinct(String... names) {
    Set<String> taken = new HashSet<>(Arrays.asList(names));
    Set<String> keys = new LinkedHashSet<>();
    for (String name : names) {
      String key = name;
      for (int n = 2; keys.contains(key); n++) {
        // Not one that a later column has by itself.
        key = taken.contains(name + "_" + n) ? key : name + "_" + n;
      }
      keys.add(key);
    }
    return List.copyOf(keys);
  }
}
