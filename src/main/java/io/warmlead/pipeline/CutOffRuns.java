package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import io.warmlead.lake.Lake;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.Runs;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Runs that ended without a word, killed or with their machine. What they had read is in the
 * tables, and no summary ever told of it.
 */
final class CutOffRuns {
  private final Lake lake;

  CutOffRuns(Lake lake) {
    this.lake = lake;
  }

  /**
   * What runs since the newest one in {@code runs} had read: a sentence for each, the oldest first.
   * Run ids follow the clock, so that each is told of once, by the run after it.
   */
  List<String> told() {
    Row newest = lake.read(Runs.TABLE).agg(coalesce(max("run_id"), lit(""))).head();
    Dataset<Row> unheard =
        lake.read(IngestedFiles.TABLE)
            .where(col("run_id").gt(newest.getString(0)))
            .groupBy("run_id")
            .agg(count(lit(1)), sum("accepted"), sum("rejected"))
            .orderBy("run_id");
    return unheard.collectAsList().stream().map(CutOffRuns::told).toList();
  }

  private static String told(Row run) {
    return String.format(
        Locale.ROOT,
        "Run %s was cut off after it had read %,d files: %,d rows are stored, %,d were refused"
            + " (rejects, ingested_files). They are not read again.",
        run.getString(0),
        run.getLong(1),
        run.getLong(2),
        run.getLong(3));
  }
}
