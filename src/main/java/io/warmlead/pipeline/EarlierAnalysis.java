package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.warmlead.lake.Lake;
import io.warmlead.table.TableContract;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What was measured by the night before: what a night measures itself comes after its scores. */
final class EarlierAnalysis {
  private EarlierAnalysis() {}

  /**
   * Rows of the newest published analysis before an instant; none where there was none.
   *
   * @param table one of those that an analysis writes, with {@code as_of}
   */
  static Dataset<Row> of(TableContract table, Instant before, Lake lake) {
    Dataset<Row> earlier =
        new PublishedRuns(lake)
            .only(lake.read(table).where(col("as_of").lt(lit(Timestamp.from(before)))));
    Row newest = earlier.agg(max("as_of")).head();
    return newest.isNullAt(0)
        ? earlier.limit(0)
        : earlier.where(col("as_of").equalTo(lit(newest.getTimestamp(0))));
  }
}
