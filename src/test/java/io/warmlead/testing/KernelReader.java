package io.warmlead.testing;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** Reads Delta tables without Spark, with Delta's own kernel. */
public final class KernelReader {
  private final Engine engine = DefaultEngine.create(new Configuration());

  /**
   * Rows as text, cell by cell: dates as days and times as microseconds since 1970.
   *
   * @param columns of plain types
   * @param row takes one row
   */
  public void read(String path, List<String> columns, Consumer<String> row) throws IOException {
    Snapshot snapshot = Table.forPath(engine, path).getLatestSnapshot(engine);
    StructType all = snapshot.getSchema();
    StructType wanted = new StructType(columns.stream().map(all::get).toList());
    Scan scan = snapshot.getScanBuilder().withReadSchema(wanted).build();
    Row state = scan.getScanState(engine);
    try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
      while (files.hasNext()) {
        try (CloseableIterator<Row> some = files.next().getRows()) {
          while (some.hasNext()) {
            file(state, some.next(), row);
          }
        }
      }
    }
  }

  private void file(Row state, Row file, Consumer<String> row) throws IOException {
    FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
    CloseableIterator<ColumnarBatch> physical =
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(status),
                ScanStateRow.getPhysicalDataReadSchema(state),
                Optional.empty())
            .map(FileReadResult::getData);
    try (CloseableIterator<FilteredColumnarBatch> batches =
        Scan.transformPhysicalData(engine, state, file, physical)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            row.accept(text(rows.next()));
          }
        }
      }
    }
  }

  private static String text(Row row) {
    List<StructField> fields = row.getSchema().fields();
    return IntStream.range(0, fields.size())
        .mapToObj(i -> row.isNullAt(i) ? "NULL" : cell(row, i, fields.get(i).getDataType()))
        .collect(Collectors.joining("|"));
  }

  private static String cell(Row row, int column, DataType type) {
    if (type instanceof StringType) {
      return row.getString(column);
    }
    if (type instanceof BooleanType) {
      return String.valueOf(row.getBoolean(column));
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return String.valueOf(row.getInt(column));
    }
    if (type instanceof LongType || type instanceof TimestampType) {
      return String.valueOf(row.getLong(column));
    }
    if (type instanceof DoubleType) {
      return String.valueOf(row.getDouble(column));
    }
    if (type instanceof DecimalType) {
      return row.getDecimal(column).toPlainString();
    }
    throw new IllegalArgumentException("no plain type: " + type);
  }
}
