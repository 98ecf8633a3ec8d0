package io.warmlead.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Training rows in a fixed order, whatever order and partitioning they came in. */
final class TrainingRows {
  private static final long HASH_STEPS = 1L << 20;

  private TrainingRows() {}

  /**
   * Rounds features and fixes the order.
   *
   * <p>Exactly two partitions: tree learning adds up one partial sum per partition in order of
   * arrival, and a + b = b + a to the last bit, while (a + b) + c and a + (b + c) differ. More
   * partitions would make models depend on the timing of tasks.
   *
   * <p>Above {@code maxRows} leads are sampled by a hash of their id, all snapshots of a lead
   * together, and {@code maxRows} are kept on average. The choice does not look at labels, so rates
   * stay what they are and nothing has to be put back.
   */
  static Dataset<Row> inFixedOrder(Dataset<Row> snapshots, int maxRows) {
    long rows = snapshots.count();
    Dataset<Row> kept = snapshots;
    if (rows > maxRows) {
      long threshold = (long) ((double) maxRows / rows * HASH_STEPS);
      kept =
          snapshots.where(
              pmod(xxhash64(lit("rows"), col("lead_id")), lit(HASH_STEPS)).lt(threshold));
    }
    return kept.select(
            col("lead_id"),
            col("as_of"),
            col("segment"),
            col("label").cast("int").as("label"),
            col("delay_days"),
            coalesce(col("points"), lit(0D)).as("points"),
            champion(snapshots).as("champion"),
            Precision.rounded(col("features")).as("features"))
        .repartition(2, col("lead_id"))
        .sortWithinPartitions("lead_id", "as_of");
  }

  private static Column champion(Dataset<Row> snapshots) {
    return Arrays.asList(snapshots.columns()).contains("champion")
        ? col("champion")
        : lit(null).cast("double");
  }

  /** Rows of consecutive snapshot dates. */
  static Dataset<Row> between(Dataset<Row> rows, List<Instant> dates) {
    return rows.where(col("as_of").between(lit(dates.get(0)), lit(dates.get(dates.size() - 1))));
  }

  /** Rows of the snapshots from one instant to before another. */
  static Dataset<Row> from(Dataset<Row> rows, Instant from, Instant before) {
    return rows.where(col("as_of").geq(lit(from)).and(col("as_of").lt(lit(before))));
  }
}
