package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;

import io.warmlead.config.ErasureKey;
import io.warmlead.config.SettingsException;
import io.warmlead.ingest.Suppression;
import io.warmlead.lake.Lake;
import io.warmlead.table.Suppressed;
import java.sql.Timestamp;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Erased persons, by code. */
final class SuppressionList {
  private final RunContext run;
  private final Lake lake;

  SuppressionList(RunContext run) {
    this.run = run;
    this.lake = run.lake();
  }

  /**
   * How to mark rows of erased persons.
   *
   * @throws SettingsException when persons were erased and there is no key to know them by
   */
  UnaryOperator<Dataset<Row>> marking() {
    if (!lake.exists(Suppressed.TABLE)) {
      return Suppression::none;
    }
    ErasureKey key =
        key(
            "persons were erased from this lake, and only with the key can new rows"
                + " of them be left out");
    Dataset<Row> pads =
        lake.spark()
            .createDataFrame(
                List.of(RowFactory.create(key.inner(), key.outer())),
                StructType.fromDDL("inner BINARY, outer BINARY"));
    return rows -> Suppression.marked(rows, lake.read(Suppressed.TABLE), pads);
  }

  /** Adds persons, each once. */
  void add(List<String> ids) {
    ErasureKey key = key("without a key the erased persons would come back with the next files");
    List<Row> rows =
        ids.stream()
            .map(
                id ->
                    RowFactory.create(
                        key.code(id), run.runId(), Timestamp.from(run.clock().instant())))
            .toList();
    Dataset<Row> codes = lake.spark().createDataFrame(rows, Suppressed.TABLE.schema());
    lake.append(
        Suppressed.TABLE,
        codes
            .join(
                lake.read(Suppressed.TABLE).select(col("code")), new String[] {"code"}, "left_anti")
            .coalesce(1));
  }

  private ErasureKey key(String why) {
    return run.settings().erase().key(why, lake.artefacts());
  }
}
