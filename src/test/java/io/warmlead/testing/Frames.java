package io.warmlead.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import io.warmlead.table.TableContract;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Makes small frames and compares frames. */
public final class Frames {
  /** Columns that name a run, not a result. */
  private static final List<String> RUN_COLUMNS = List.of("run_id", "computed_at");

  private static final Comparison COMPARISON = new Comparison();

  private Frames() {}

  /** A frame of a schema in DDL notation. */
  public static Dataset<Row> frame(String schema, Row... rows) {
    return TestSession.get().createDataFrame(List.of(rows), StructType.fromDDL(schema));
  }

  /** A row. */
  public static Row row(Object... values) {
    return RowFactory.create(values);
  }

  /** Rows without the columns that differ from run to run; maps as sorted arrays. */
  public static Dataset<Row> results(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(rows.schema().fields())
            .filter(field -> !RUN_COLUMNS.contains(field.name()))
            .map(
                field ->
                    field.dataType().catalogString().startsWith("map")
                        ? functions
                            .array_sort(functions.map_entries(col(field.name())))
                            .as(field.name())
                        : col(field.name()))
            .toArray(Column[]::new));
  }

  /**
   * Rows of a table of which some columns are given; the others are NULL, or where that is not
   * allowed empty.
   */
  public static Dataset<Row> filled(TableContract table, Dataset<Row> rows) {
    List<String> given = Arrays.asList(rows.columns());
    return rows.select(
        Arrays.stream(table.schema().fields())
            .map(
                field ->
                    given.contains(field.name())
                        ? col(field.name()).cast(field.dataType()).as(field.name())
                        : filler(field))
            .toArray(Column[]::new));
  }

  private static Column filler(StructField field) {
    String type = field.dataType().catalogString();
    Column value;
    if (field.nullable()) {
      value = lit(null);
    } else if (type.startsWith("array")) {
      value = functions.array();
    } else if (type.startsWith("map")) {
      value = functions.map();
    } else if (type.equals("date") || type.equals("timestamp")) {
      value = lit("2026-01-01");
    } else {
      value = lit(type.equals("boolean") ? "false" : "0");
    }
    return value.cast(field.dataType()).as(field.name());
  }

  /** Fails unless both have the same schema and, sorted by all columns of a key, the same rows. */
  public static void assertSameRows(Dataset<Row> expected, Dataset<Row> actual, String... key) {
    String[] others = Arrays.copyOfRange(key, 1, key.length);
    COMPARISON.assertDataFrameEquals(
        expected.orderBy(key[0], others), actual.orderBy(key[0], others));
  }

  /** The comparison of spark-testing-base on the session that all tests share. */
  private static final class Comparison extends JavaDataFrameSuiteBase {
    @Override
    public SparkSession spark() {
      return TestSession.get();
    }

    @Override
    public SQLContext sqlContext() {
      return TestSession.get().sqlContext();
    }

    @Override
    public SparkContext sc() {
      return TestSession.get().sparkContext();
    }
  }
}
