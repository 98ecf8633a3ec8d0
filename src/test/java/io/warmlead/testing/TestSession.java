package io.warmlead.testing;

import io.warmlead.lake.LakeSession;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of the test run: UTC, two cores, few partitions, Delta, no web page. */
public final class TestSession {
  private static SparkSession session;

  private TestSession() {}

  public static synchronized SparkSession get() {
    if (session == null) {
      session =
          SparkSession.builder()
              .master("local[2]")
              .appName("warmlead-tests")
              .config("spark.ui.enabled", "false")
              .config("spark.sql.session.timeZone", "UTC")
              .config("spark.sql.artifact.isolation.enabled", "false")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.default.parallelism", "2")
              .config("spark.databricks.delta.snapshotPartitions", "1")
              .config(
                  "spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse")
              // For tests whose disk breaks under them.
              .config("spark.delta.logStore.faulty.impl", "io.delta.storage.LocalLogStore")
              .config("spark.sql.extensions", LakeSession.EXTENSIONS)
              .config(
                  "spark.sql.catalog.spark_catalog",
                  "org.apache.spark.sql.delta.catalog.DeltaCatalog")
              .getOrCreate();
      session.sparkContext().setLogLevel("ERROR");
    }
    return session;
  }
}
