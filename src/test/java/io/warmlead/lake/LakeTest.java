package io.warmlead.lake;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.delta.tables.DeltaTable;
import io.warmlead.config.LakeSettings;
import io.warmlead.config.UserFailure;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.Outcomes;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import io.warmlead.table.TierTransitions;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Console;

/** One writer, tables that hold what they promise, nothing outside the range that is replaced. */
final class LakeTest {
  private static final Timestamp TIME = Timestamp.valueOf("2026-01-05 08:00:00");

  @TempDir private Path folder;

  @Test
  void aSecondWriterIsToldWhoHoldsTheLake() throws IOException {
    Lake lake = open(folder.toString());
    LakeLease first = LakeLease.take(lake, "nightly", false, Clock.systemUTC());
    UserFailure busy =
        catchThrowableOfType(
            UserFailure.class, () -> LakeLease.take(lake, "score", false, Clock.systemUTC()));
    assertThat(busy.kind()).isEqualTo(UserFailure.Kind.BUSY);
    assertThat(busy)
        .hasMessageContaining("Another run holds the lake: nightly on ")
        .hasMessageContaining("process " + ProcessHandle.current().pid())
        .hasMessageContaining("--wait");
    first.close();
    LakeLease.take(lake, "score", false, Clock.systemUTC()).close();
    assertThat(leaseFile()).doesNotExist();
  }

  @Test
  void theLeaseOfADeadHolderIsTakenOver() throws IOException {
    Lake lake = open(folder.toString());
    String host = InetAddress.getLocalHost().getHostName();
    hold(host, Long.MAX_VALUE);
    try (LakeLease lease = LakeLease.take(lake, "score", false, Clock.systemUTC())) {
      assertThat(lease).isNotNull();
      assertThat(Files.readString(leaseFile())).contains("score");
    }
    hold("elsewhere", 1);
    assertThatThrownBy(() -> LakeLease.take(lake, "score", false, Clock.systemUTC()))
        .hasMessageContaining("elsewhere");
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(4));
    LakeLease.take(lake, "after three silent minutes", false, later).close();
  }

  @Test
  void aHolderThatWasPausedUntilItLostTheLakeWritesNothingMore() throws IOException {
    Lake lake = open(folder.toString());
    try (LakeLease paused = LakeLease.take(lake, "nightly", false, Clock.systemUTC())) {
      assertThat(paused).isNotNull();
      lake.append(Outcomes.TABLE, outcomes());
      hold("elsewhere", 1);
      UserFailure lost =
          catchThrowableOfType(
              UserFailure.class, () -> lake.overwrite(Outcomes.TABLE, outcomes().limit(1)));
      assertThat(lost.kind()).isEqualTo(UserFailure.Kind.BUSY);
      assertThat(lost).hasMessageContaining("given to another one");
      assertThat(lake.read(Outcomes.TABLE).count()).isEqualTo(2);
    }
    assertThat(Files.readString(leaseFile())).as("not its own").contains("elsewhere");
    Files.delete(leaseFile());
    lake.overwrite(Outcomes.TABLE, outcomes().limit(1));
    assertThat(lake.read(Outcomes.TABLE).count()).isEqualTo(1);
  }

  @Test
  void aTableWhoseFirstCommitWasCutOffIsMadeAgain() throws IOException {
    Path log = folder.resolve(Outcomes.TABLE.name()).resolve("_delta_log");
    Files.createDirectories(log.resolve("_staged_commits"));
    Files.writeString(log.resolve(".00000000000000000000.json.part.tmp"), "{\"commitIn");
    Lake lake = open(folder.toString());
    assertThat(lake.exists(Outcomes.TABLE)).isFalse();
    lake.append(Outcomes.TABLE, outcomes());
    assertThat(lake.read(Outcomes.TABLE).count()).isEqualTo(2);
  }

  @Test
  void aTableOfAnEarlierVersionGainsTheNewColumnsWithTheNextWrite() {
    Lake lake = open(folder.toString());
    outcomes()
        .drop("value")
        .write()
        .format("delta")
        .save(folder.resolve(Outcomes.TABLE.name()).toString());
    assertThat(lake.read(Outcomes.TABLE).where("value IS NULL").count()).isEqualTo(2);
    lake.replaceWhere(
        Outcomes.TABLE, outcomes().where("lead_id = 'ada'"), "occurred_at = '" + TIME + "'");
    assertThat(lake.read(Outcomes.TABLE).select("lead_id", "value").collectAsList())
        .containsExactly(row("ada", new BigDecimal("10.0000")));
  }

  @Test
  void aTableOfAnEarlierVersionIsHeldToTheRulesOfThisOne() {
    TableContract table = TierTransitions.TABLE;
    DeltaTable.create(TestSession.get())
        .location(folder.resolve(table.name()).toString())
        .addColumns(table.schema())
        .partitionedBy("score_date")
        .property("delta.constraints.kind_name", "kind IN ('heated')")
        .execute();
    Lake lake = open(folder.toString());
    lake.append(table, transition("policy"));
    assertThatThrownBy(() -> lake.append(table, transition("lukewarm")))
        .hasStackTraceContaining("kind_name");
    assertThat(lake.read(table).count()).isEqualTo(1);
  }

  private static Dataset<Row> transition(String kind) {
    Row any =
        row("ada", Date.valueOf("2026-03-01"), null, "cold", "warm", kind, null, null, 3, "r");
    return TestSession.get().createDataFrame(List.of(any), TierTransitions.TABLE.schema());
  }

  @Test
  void rowsOfTheWrongTypeAreRefused() {
    Lake lake = open(folder.toString());
    Dataset<Row> texts = outcomes().withColumn("value", functions.lit("10"));
    assertThatThrownBy(() -> lake.append(Outcomes.TABLE, texts))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("outcomes")
        .hasMessageContaining("value is string, not DECIMAL(18,4)");
    Dataset<Row> shuffled =
        outcomes()
            .select(
                "run_id",
                "value",
                "lead_id",
                "outcome",
                "file",
                "closes",
                "occurred_at",
                "outcome_id",
                "is_conversion");
    lake.append(Outcomes.TABLE, shuffled);
    Frames.assertSameRows(
        outcomes().select("lead_id", "outcome", "value"),
        lake.read(Outcomes.TABLE).select("lead_id", "outcome", "value"),
        "lead_id");
    assertThat(lake.versionsWritten())
        .containsOnly(Map.entry("outcomes", lake.version(Outcomes.TABLE)));
  }

  @Test
  void anAccountThatDoesNotAddUpIsRefused() {
    Lake lake = open(folder.toString());
    lake.append(IngestedFiles.TABLE, account(3, 2, 1));
    assertThatThrownBy(() -> lake.append(IngestedFiles.TABLE, account(3, 1, 1)))
        .hasStackTraceContaining("CHECK constraint account");
    assertThat(lake.read(IngestedFiles.TABLE).count()).isEqualTo(1);
  }

  @Test
  void aTableIsMadeInOneCommitThatAnyDeltaReaderCanRead() {
    Lake lake = open(folder.toString());
    for (TableContract table : Tables.ALL) {
      // Adding no rows is no commit: what is there is what made the table.
      lake.append(table, TestSession.get().createDataFrame(List.of(), table.schema()));
      assertThat(lake.version(table)).as(table.name()).isZero();
      Row detail = DeltaTable.forPath(TestSession.get(), lake.describe(table)).detail().head();
      assertThat(detail.<Integer>getAs("minReaderVersion")).as(table.name()).isEqualTo(1);
      Map<String, String> properties = detail.getJavaMap(detail.fieldIndex("properties"));
      table
          .checks()
          .forEach(
              (rule, predicate) ->
                  assertThat(properties).containsEntry("delta.constraints." + rule, predicate));
    }
  }

  @Test
  void oneDateIsReplacedAndNoOther() {
    Lake lake = open(folder.toString());
    lake.replaceWhere(LeadFeatures.TABLE, features("2026-01-01", "a"), on("2026-01-01"));
    lake.replaceWhere(LeadFeatures.TABLE, features("2026-01-02", "b"), on("2026-01-02"));
    lake.replaceWhere(LeadFeatures.TABLE, features("2026-01-01", "c"), on("2026-01-01"));
    assertThat(lake.read(LeadFeatures.TABLE).select("lead_id").collectAsList())
        .containsExactlyInAnyOrder(row("b"), row("c"));
    assertThatThrownBy(
            () ->
                lake.replaceWhere(
                    LeadFeatures.TABLE, features("2026-01-02", "d"), on("2026-01-01")))
        .hasStackTraceContaining("score_date");
    assertThat(lake.read(LeadFeatures.TABLE).count()).isEqualTo(2);
  }

  @Test
  void nothingOldIsLeftByAPurgeThoughTheClockWasAhead() throws IOException {
    Lake lake = open(folder.toString());
    lake.overwrite(Outcomes.TABLE, outcomes());
    List<Path> old = dataFiles();
    for (Path file : old) {
      Files.setLastModifiedTime(
          file, FileTime.from(Clock.systemUTC().instant().plus(Duration.ofDays(3))));
    }
    lake.overwrite(Outcomes.TABLE, outcomes());
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Console.withOut(
        printed,
        () -> {
          lake.purge(Outcomes.TABLE);
          return null;
        });
    assertThat(printed.size()).as("standard output is for what was asked for").isZero();
    assertThat(dataFiles()).isNotEmpty().doesNotContainAnyElementsOf(old);
    assertThat(lake.read(Outcomes.TABLE).count()).isEqualTo(2);
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(Outcomes.TABLE.name()))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  @Test
  void aRelativeFolderIsAsGoodAsAnAbsoluteOne() {
    Path here = Path.of("").toAbsolutePath();
    Lake lake = open(here.relativize(folder.toAbsolutePath()).toString());
    lake.append(IngestedFiles.TABLE, account(3, 2, 1));
    assertThat(open(folder.toString()).read(IngestedFiles.TABLE).count()).isEqualTo(1);
  }

  private static Lake open(String path) {
    return Lake.open(
        TestSession.get(), new LakeSettings(Optional.of(path), Optional.empty(), Optional.empty()));
  }

  private Path leaseFile() {
    return folder.resolve("_warmlead/lease.json");
  }

  private void hold(String host, long process) throws IOException {
    Files.createDirectories(leaseFile().getParent());
    Files.writeString(
        leaseFile(),
        "{\"host\":\"%s\",\"pid\":%d,\"since\":\"2026-01-01T00:00:00Z\",\"command\":\"nightly\"}"
            .formatted(host, process));
    Files.setLastModifiedTime(leaseFile(), FileTime.from(Clock.systemUTC().instant()));
  }

  private static Dataset<Row> outcomes() {
    return TestSession.get()
        .createDataFrame(
            java.util.List.of(
                row("ada", "won", TIME, new BigDecimal("10.0000"), true, true, "f", "r", null),
                row("bob", "lost", TIME, null, false, true, "f", "r", null)),
            Outcomes.TABLE.schema());
  }

  private static Dataset<Row> account(long rowsIn, long accepted, long rejected) {
    return TestSession.get()
        .createDataFrame(
            java.util.List.of(
                row("leads", "f", "p", rowsIn, accepted, 0L, rejected, 0L, 0L, 0L, "r")),
            IngestedFiles.TABLE.schema());
  }

  private static Dataset<Row> features(String date, String lead) {
    return Frames.frame(
            "lead_id STRING, score_date DATE, as_of TIMESTAMP, segment STRING, history_digest"
                + " BIGINT, attributes_digest BIGINT, run_id STRING",
            row(lead, Date.valueOf(date), TIME, null, 1L, 2L, "r"))
        .withColumn("features", functions.map(functions.lit("one"), functions.lit(1D)));
  }

  private static String on(String date) {
    return "score_date = DATE'" + date + "'";
  }
}
