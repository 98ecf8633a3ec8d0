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
    if (!lake.exists(Suppressed.TABLE) || (!hasKey() && nobodyIsLeftOut())) {
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

  /** Whether there is a key to leave persons out with. */
  boolean hasKey() {
    return run.settings().erase().keyFile().isPresent();
  }

  /**
   * Adds persons, each once; without a key only that some were erased, for a restoration must know.
   *
   * @throws SettingsException when the key cannot be read
   */
  void add(List<String> ids) {
    UnaryOperator<String> code =
        hasKey() ? key("it makes the codes")::code : id -> ErasureKey.codeOfNobody();
    List<Row> rows =
        ids.stream()
            .map(
                id ->
                    RowFactory.create(
                        code.apply(id),
                        run.runId(),
                        Timestamp.from(run.clock().instant()),
                        hasKey()))
            .toList();
    Dataset<Row> codes = lake.spark().createDataFrame(rows, Suppressed.TABLE.schema());
    lake.append(
        Suppressed.TABLE,
        codes
            .join(
                lake.read(Suppressed.TABLE).select(col("code")), new String[] {"code"}, "left_anti")
            .coalesce(1));
  }

  private boolean nobodyIsLeftOut() {
    return lake.read(Suppressed.TABLE).where("coalesce(is_left_out, true)").isEmpty();
  }

  private ErasureKey key(String why) {
    return run.settings().erase().key(why, lake.artefacts());
  }
}
