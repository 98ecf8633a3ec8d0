package io.warmlead.feature;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Rows without the plan that made them. */
public final class Lineage {
  private Lineage() {}

  /**
   * Stores rows and forgets how they were made. Hundreds of features are a plan that takes Spark
   * seconds to look through, and every further column, query and task would carry it along. On a
   * cluster every row is kept on two executors, since what is lost can't be made again; Spark's
   * cleaner removes them when the rows are no longer reachable.
   */
  public static Dataset<Row> cut(Dataset<Row> rows) {
    return rows.localCheckpoint(
        true,
        rows.sparkSession().sparkContext().isLocal()
            ? StorageLevel.MEMORY_AND_DISK()
            : StorageLevel.MEMORY_AND_DISK_2());
  }
}
