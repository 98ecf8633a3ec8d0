package io.warmlead.testing;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Makes small frames and compares frames. */
public final class Frames {
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
