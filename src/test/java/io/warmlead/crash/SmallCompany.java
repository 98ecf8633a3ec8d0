package io.warmlead.crash;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import io.warmlead.pipeline.CutOffRuns;
import io.warmlead.pipeline.Nightly;
import io.warmlead.pipeline.Progress;
import io.warmlead.pipeline.RunContext;
import io.warmlead.table.Runs;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/** Seven leads and the exports of two nights, and what the tables of a lake hold. */
public final class SmallCompany {
  /** Columns that name a run and its time, not a result. */
  private static final Set<String> OF_THE_RUN = Set.of("run_id", "rejected_at");

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-02-01T03:00:00Z"), ZoneOffset.UTC);

  private final Path exports;

  public SmallCompany(Path exports) {
    this.exports = exports;
  }

  /** What the first night finds. */
  public void exportFirst() {
    write(
        "engagements/1.csv",
        """
        event_id,lead_id,occurred_at,event,channel,value
        1,ada,2026-01-01T08:00:00Z,page_view,web,
        2,ada,2026-01-02T08:00:00Z,demo_request,web,10
        3,bob,2026-01-03T08:00:00Z,page_view,web,
        4,cyd,2026-01-04T08:00:00Z,webinar_attended,event,
        5,dan,2026-01-05T08:00:00Z,pricing_view,web,
        5,dan,2026-01-05T08:00:00Z,pricing_view,web,
        6,eve,soon,page_view,web,
        7,fay,2026-01-06T08:00:00Z,outreach_sent,email,
        """);
    write(
        "leads/1.csv",
        """
        lead_id,created_at,segment,source
        ada,2026-01-01,smb,web
        bob,2026-01-01,smb,ad
        cyd,2026-01-01,enterprise,event
        dan,2026-01-01,smb,web
        eve,2026-01-01,smb,web
        gus,2026-01-01,smb,ad
        """);
    write(
        "outcomes/1.csv", "lead_id,outcome,occurred_at\nbob,lost,2026-01-05\ngus,won,2026-01-06\n");
  }

  /** What has come until the second night. */
  void exportSecond() {
    write(
        "engagements/2.csv",
        """
        event_id,lead_id,occurred_at,event,channel,value
        7,fay,2026-01-06T08:00:00Z,outreach_sent,email,
        8,ada,2026-01-08T08:00:00Z,call,phone,
        9,eve,2026-01-08T09:00:00Z,quote_request,web,20
        10,,2026-01-08T09:00:00Z,page_view,web,
        11,cyd,2026-01-03T08:00:00Z,page_view,web,5
        """);
    write(
        "leads/2.csv",
        """
        lead_id,created_at,segment,source
        cyd,2026-01-01,smb,event
        fay,2026-01-07,enterprise,ad
        """);
    write("outcomes/2.csv", "lead_id,outcome,occurred_at\ndan,won,2026-01-08\ndan,won,never\n");
  }

  /** Settings of a lake, as {@code key=value}. */
  List<String> settings(String lake) {
    return Stream.concat(Stream.of("lake.path=" + lake), settings().stream()).toList();
  }

  /** Settings without a lake. */
  public List<String> settings() {
    return List.of(
        "inputs.engagements.path=" + exports + "/engagements",
        "inputs.leads.path=" + exports + "/leads",
        "inputs.outcomes.path=" + exports + "/outcomes",
        "conversion.outcomes=[won]",
        "conversion.lost=[lost]",
        "decay.forecast_days=[]");
  }

  /** Runs parts of a night as of a date, over the file system that may break. */
  void night(String runId, Path lake, String asOf, Set<Nightly.Part> parts) {
    Settings settings =
        SettingsLoader.load(List.of(), settings(FaultyFileSystem.SCHEME + "://" + lake));
    // A new process has nothing in memory of what was on the disk.
    DeltaLog.clearCache();
    SparkSession spark = TestSession.get();
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set("fs." + FaultyFileSystem.SCHEME + ".impl", FaultyFileSystem.class.getName());
    Lake tables = Lake.open(spark, settings.lake());
    RunContext run =
        new RunContext(runId, tables, new Artefacts(tables), settings, CLOCK, new Silent());
    // As a command does that has got hold of the lake.
    CutOffRuns.settle(tables, run.artefacts(), Optional.empty(), run.progress());
    new Nightly(run, "nightly")
        .run(parts, Optional.of(Instant.parse(asOf + "T00:00:00Z")), Optional.empty());
  }

  /** Table to its rows as text, sorted, without what names the run. */
  static Map<String, List<String>> rows(Path lake, List<TableContract> tables) {
    DeltaLog.clearCache();
    Dataset<Row> all = null;
    for (TableContract table : tables) {
      Path place = lake.resolve(table.name());
      if (table.equals(Runs.TABLE) || !Files.exists(place.resolve("_delta_log"))) {
        continue;
      }
      Dataset<Row> rows = TestSession.get().read().format("delta").load(place.toString());
      Column[] kept =
          Arrays.stream(rows.columns())
              .filter(name -> !OF_THE_RUN.contains(name))
              .map(name -> col(name))
              .toArray(Column[]::new);
      Dataset<Row> texts =
          rows.select(
              org.apache.spark.sql.functions.lit(table.name()).as("name"),
              to_json(struct(kept)).as("text"));
      all = all == null ? texts : all.unionByName(texts);
    }
    Map<String, List<String>> found = new TreeMap<>();
    if (all != null) {
      all.orderBy("name", "text")
          .collectAsList()
          .forEach(
              row ->
                  found
                      .computeIfAbsent(row.getString(0), name -> new java.util.ArrayList<>())
                      .add(row.getString(1)));
    }
    return found;
  }

  /** All tables. */
  static Map<String, List<String>> rows(Path lake) {
    return rows(lake, Tables.ALL);
  }

  /** Copies a folder that does not change. */
  static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, String text) {
    try {
      Path file = exports.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says nothing. */
  private static final class Silent implements Progress {
    @Override
    public void stage(String name, String what) {}

    @Override
    public void note(String text) {}
  }
}
