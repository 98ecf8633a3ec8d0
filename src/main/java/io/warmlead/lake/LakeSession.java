package io.warmlead.lake;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens the Spark session of a run: Delta, UTC, and settings that suit the machine. */
public final class LakeSession {
  /** What a session is opened with: {@link SmallTables}, Delta's, and {@link SingleGrouping}. */
  public static final String EXTENSIONS =
      SmallTables.class.getName()
          + ",io.delta.sql.DeltaSparkSessionExtension,"
          + SingleGrouping.class.getName();

  private LakeSession() {}

  /**
   * The session, created where there is none yet. What the submitter chose stays; only Delta's
   * extension, its catalog and the time zone are always ours, because results depend on them.
   */
  public static SparkSession open() {
    SparkConf given =
        SparkSession.getDefaultSession().isDefined()
            ? SparkSession.getDefaultSession().get().sparkContext().getConf()
            : new SparkConf();
    boolean local = given.get("spark.master", "local[*]").startsWith("local");
    SparkSession.Builder builder = SparkSession.builder().appName("warmlead");
    if (!given.contains("spark.master")) {
      builder.master("local[*]");
    }
    defaults(local)
        .forEach(
            (key, value) -> {
              if (!given.contains(key)) {
                builder.config(key, value);
              }
            });
    SparkSession session =
        builder
            .config("spark.sql.extensions", EXTENSIONS)
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.sql.session.timeZone", "UTC")
            // Nothing is added to a session's classes: executors need not ask the driver for each
            // class that the compiler of generated code only guesses at.
            .config("spark.sql.artifact.isolation.enabled", "false")
            // Java's own lower case: that of ICU goes through all of Unicode before its first word.
            .config("spark.sql.icu.caseMappings.enabled", "false")
            .getOrCreate();
    // A column that is cut off must show as a broken row, not as a NULL.
    session.conf().set("spark.sql.csv.parser.columnPruning.enabled", "false");
    return session;
  }

  private static Map<String, String> defaults(boolean local) {
    Map<String, String> defaults = new LinkedHashMap<>();
    // What is cached is read twice and dropped: trying how to compress it costs more than it saves.
    defaults.put("spark.sql.inMemoryColumnarStorage.compressed", "false");
    // A night makes some 450 classes; Spark keeps 100, and so a backfill compiled all of them again
    // for every date.
    defaults.put("spark.sql.codegen.cache.maxEntries", "2000");
    // The logs of many small tables: Delta would read each of them in 50 tasks.
    defaults.put("spark.databricks.delta.snapshotPartitions", "1");
    if (local) {
      int cores = Runtime.getRuntime().availableProcessors();
      defaults.put("spark.sql.shuffle.partitions", String.valueOf(Math.max(4, 2 * cores)));
      // Compressed files cannot be cut: some tasks for each core even out what they hold.
      defaults.put("spark.sql.files.maxPartitionBytes", "32m");
      defaults.put("spark.ui.enabled", "false");
      // Nobody looks at the text of a plan, which is long where there are hundreds of features.
      defaults.put("spark.sql.maxPlanStringLength", "2000");
      defaults.put("spark.ui.showConsoleProgress", "false");
      defaults.put("spark.driver.host", "localhost");
    }
    return defaults;
  }
}
