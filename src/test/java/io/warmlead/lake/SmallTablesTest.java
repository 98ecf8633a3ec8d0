package io.warmlead.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.testing.TestSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallTablesTest {
  private static final SparkSession SPARK = TestSession.get();
  private static final Column FIRST = col("day").equalTo(lit(Date.valueOf("2026-01-01")));

  @TempDir Path folder;

  /** Numbers 0 to 5: 0 and 1 on a first day, 2 and 3 on a second, 4 and 5 without one. */
  @BeforeEach
  void write() {
    append(
        SPARK
            .range(6)
            .selectExpr(
                "id AS number",
                "CASE WHEN id < 4 THEN DATE'2026-01-01' + CAST(id / 2 AS INT) END AS day"));
  }

  @Test
  void a_small_table_is_read_as_its_checksum_lists_it() {
    assertThat(location(table())).isInstanceOf(ListedFiles.class);
    assertThat(numbers(table())).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(numbers(table().where(col("number").gt(3)))).containsExactly(4L, 5L);
  }

  @Test
  void only_files_in_the_right_partitions_are_read() {
    Dataset<Row> first = table().where(FIRST.and(col("number").gt(0)));
    assertThat(numbers(first)).containsExactly(1L);
    assertThat(filesRead(first)).isEqualTo(1);

    Dataset<Row> others = table().where(FIRST.and(col("day").isNotNull()).or(col("day").isNull()));
    assertThat(numbers(others)).containsExactly(0L, 1L, 4L, 5L);
    assertThat(filesRead(others)).isEqualTo(2);
  }

  @Test
  void a_frame_sees_what_was_written_since_and_an_old_version_does_not() {
    Dataset<Row> now = table();
    Dataset<Row> before = SPARK.read().format("delta").option("versionAsOf", 0).load(path());
    assertThat(numbers(now)).hasSize(6);

    append(SPARK.range(1).selectExpr("7L AS number", "DATE'2026-01-01' AS day"));

    assertThat(numbers(now)).hasSize(7).contains(7L);
    assertThat(numbers(before)).hasSize(6);
  }

  @Test
  void what_two_parts_of_a_query_read_of_one_table_is_equal() {
    assertThat(location(table())).isEqualTo(location(table())).hasSameHashCodeAs(location(table()));
    FileIndex before = location(table());
    append(SPARK.range(1).selectExpr("7L AS number", "DATE'2026-01-01' AS day"));
    assertThat(location(table())).isNotEqualTo(before);
  }

  @Test
  void a_table_within_a_subquery_is_read_so_too() {
    table().createOrReplaceTempView("small");
    Dataset<Row> last =
        SPARK.sql("SELECT * FROM small WHERE number = (SELECT max(number) FROM small)");
    assertThat(numbers(last)).containsExactly(5L);
    SPARK.catalog().dropTempView("small");
  }

  @Test
  void rows_of_a_table_can_take_the_place_of_its_own() {
    table()
        .where(FIRST)
        .withColumn("number", col("number").plus(10))
        .write()
        .format("delta")
        .mode("overwrite")
        .option("replaceWhere", "day = DATE'2026-01-01'")
        .save(path());
    assertThat(numbers(table())).containsExactly(2L, 3L, 4L, 5L, 10L, 11L);
  }

  @Test
  void a_table_without_a_checksum_is_left_to_delta() throws Exception {
    Files.delete(folder.resolve("table/_delta_log/00000000000000000000.crc"));
    DeltaLog.clearCache();
    assertThat(location(table())).isNotInstanceOf(ListedFiles.class);
    assertThat(numbers(table())).hasSize(6);
  }

  @Test
  void a_large_table_is_left_to_delta() {
    append(
        SPARK.range(400_000).selectExpr("xxhash64(id, 1) AS number", "NULL AS day").repartition(1));
    append(
        SPARK.range(1_600_000).selectExpr("xxhash64(id) AS number", "NULL AS day").repartition(1));
    assertThat(location(table())).isNotInstanceOf(ListedFiles.class);
    assertThat(numbers(table().where(FIRST))).containsExactly(0L, 1L);
  }

  private void append(Dataset<Row> rows) {
    rows.withColumn("day", col("day").cast("date"))
        .write()
        .format("delta")
        .mode("append")
        .partitionBy("day")
        .save(path());
  }

  private Dataset<Row> table() {
    return SPARK.read().format("delta").load(path());
  }

  private String path() {
    return folder.resolve("table").toString();
  }

  private static List<Long> numbers(Dataset<Row> rows) {
    return rows.select("number").as(Encoders.LONG()).collectAsList().stream().sorted().toList();
  }

  private static FileIndex location(Dataset<Row> rows) {
    LogicalRelation table =
        (LogicalRelation) rows.queryExecution().optimizedPlan().collectLeaves().head();
    return ((HadoopFsRelation) table.relation()).location();
  }

  /** Of a frame without a shuffle. */
  private static long filesRead(Dataset<Row> rows) {
    Dataset<Row> read = rows.select("number");
    assertThat(read.collectAsList()).isNotEmpty();
    FileSourceScanExec scan =
        (FileSourceScanExec) read.queryExecution().executedPlan().collectLeaves().head();
    return scan.metrics().apply("numFiles").value();
  }
}
