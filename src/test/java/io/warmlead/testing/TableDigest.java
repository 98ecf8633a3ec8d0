package io.warmlead.testing;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The plain columns of a table's rows in two numbers, whatever the order of the rows.
 *
 * @param rows how many
 * @param sum of a check sum of each
 */
public record TableDigest(long rows, long sum) {
  private static final TableDigest NONE = new TableDigest(0, 0);
  private static final Set<DataType> PLAIN =
      Set.of(
          DataTypes.StringType,
          DataTypes.BooleanType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.DoubleType,
          DataTypes.DateType,
          DataTypes.TimestampType);

  /** As Spark reads it. */
  public static TableDigest bySpark(Dataset<Row> table) {
    Column[] cells = plain(table.schema()).stream().map(TableDigest::cell).toArray(Column[]::new);
    Collecting digest = new Collecting();
    table.select(cells).toLocalIterator().forEachRemaining(row -> digest.add(text(row)));
    return digest.sum;
  }

  /** As Delta's kernel reads it, without Spark. */
  public static TableDigest byKernel(String path, StructType schema) throws IOException {
    Collecting digest = new Collecting();
    List<String> columns = plain(schema).stream().map(StructField::name).toList();
    new KernelReader().read(path, columns, digest::add);
    return digest.sum;
  }

  private static List<StructField> plain(StructType schema) {
    return Arrays.stream(schema.fields())
        .filter(
            field -> PLAIN.contains(field.dataType()) || field.dataType() instanceof DecimalType)
        .toList();
  }

  private static Column cell(StructField field) {
    Column column = functions.col(field.name());
    if (field.dataType().equals(DataTypes.DateType)) {
      return functions.unix_date(column);
    }
    return field.dataType().equals(DataTypes.TimestampType)
        ? functions.unix_micros(column)
        : column;
  }

  private static String text(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(
            i -> {
              Object cell = row.get(i);
              return cell instanceof BigDecimal number
                  ? number.toPlainString()
                  : cell == null ? "NULL" : cell.toString();
            })
        .collect(Collectors.joining("|"));
  }

  private static final class Collecting {
    private TableDigest sum = NONE;

    void add(String row) {
      CRC32 check = new CRC32();
      check.update(row.getBytes(StandardCharsets.UTF_8));
      sum = new TableDigest(sum.rows + 1, sum.sum + check.getValue());
    }
  }
}
