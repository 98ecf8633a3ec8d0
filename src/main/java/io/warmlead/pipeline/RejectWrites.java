package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.lake.Lake;
import io.warmlead.table.Rejects;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Writes the quarantine. A row that is read again is judged anew, and leaves it for that. What an
 * earlier file of the same name held, and the file no longer holds, stays: it is nowhere else.
 */
final class RejectWrites {
  private static final StructType FILES =
      new StructType()
          .add("input", DataTypes.StringType, false)
          .add("file", DataTypes.StringType, false)
          .add("is_same", DataTypes.BooleanType, false);

  private static final List<String> ROW = List.of("input", "file", "content");

  private final RunContext run;
  private final Lake lake;
  private final Timestamp startedAt;

  RejectWrites(RunContext run) {
    this.run = run;
    this.lake = run.lake();
    this.startedAt = Timestamp.from(run.clock().instant());
  }

  /** Adds the rows of batches that were refused, and takes out what was judged anew. */
  void write(List<InputBatch> batches) {
    List<InputBatch> read = batches.stream().filter(batch -> batch.rows().isPresent()).toList();
    if (read.isEmpty()) {
      return;
    }
    Optional<Dataset<Row>> earlier =
        lake.exists(Rejects.TABLE)
            ? Optional.of(earlier(read)).filter(rows -> !rows.isEmpty())
            : Optional.empty();
    // First, so that a run which is cut off in between has lost nothing: the next one, which reads
    // the files again, takes out what this one added.
    if (!lake.exists(Rejects.TABLE)
        || earlier.isPresent()
        || read.stream().anyMatch(batch -> batch.total().rejected() > 0)) {
      lake.append(
          Rejects.TABLE,
          read.stream()
              .map(this::rejected)
              .reduce(Dataset::unionByName)
              .orElseThrow()
              .repartition(1));
    }
    earlier.ifPresent(rows -> takeOut(rows, read));
  }

  private Dataset<Row> rejected(InputBatch batch) {
    return batch
        .rejected()
        .orElseThrow()
        .select(
            lit(batch.input().name()).as("input"),
            col("file"),
            col("problems").as("reasons"),
            col("raw"),
            col("content"),
            lit(run.runId()).as("run_id"),
            lit(startedAt).as("rejected_at"));
  }

  /** What earlier readings of the files left here: {@code input, file, content, is_same}. */
  private Dataset<Row> earlier(List<InputBatch> read) {
    List<Row> files =
        read.stream()
            .flatMap(
                batch ->
                    batch.files().stream()
                        .map(
                            file ->
                                RowFactory.create(
                                    batch.input().name(), file.path(), batch.isSameContent(file))))
            .toList();
    return lake.read(Rejects.TABLE)
        .where(col("run_id").notEqual(lit(run.runId())))
        .select("input", "file", "content")
        .join(lake.spark().createDataFrame(files, FILES), new String[] {"input", "file"}, "inner")
        .distinct()
        .localCheckpoint();
  }

  private void takeOut(Dataset<Row> earlier, List<InputBatch> read) {
    // Rows of earlier versions have no digest.
    Column isJudged = col("is_same").or(col("content").isNull());
    Dataset<Row> again =
        read.stream()
            .map(
                batch ->
                    batch
                        .rows()
                        .orElseThrow()
                        .select(lit(batch.input().name()).as("input"), col("file"), col("content")))
            .reduce(Dataset::unionByName)
            .orElseThrow()
            .join(earlier, ROW.toArray(String[]::new), "left_semi");
    Dataset<Row> judged =
        earlier
            .where(isJudged)
            .select("input", "file", "content")
            .unionByName(again)
            .distinct()
            .localCheckpoint();
    Column isThatRow =
        ROW.stream()
            .map(name -> col("target." + name).eqNullSafe(col("source." + name)))
            .reduce(col("target.run_id").notEqual(lit(run.runId())), Column::and);
    lake.delete(Rejects.TABLE, judged, isThatRow);
  }
}
