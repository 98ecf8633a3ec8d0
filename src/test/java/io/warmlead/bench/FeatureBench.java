package io.warmlead.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmlead.bench.FeaturePass.From;
import io.warmlead.bench.Race.Laps;
import io.warmlead.config.Settings;
import io.warmlead.feature.Feature;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeaturePlanner;
import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.PointInTime;
import io.warmlead.lake.Lake;
import io.warmlead.lake.LakeSession;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.Leads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Races the job's feature pass against DuckDB over the tables of a lake; {@code scripts/bench
 * --features} starts it.
 *
 * <p>{@code --conf FILE --lake DIR --as-of DATE --work DIR --warm-ups N --rounds N --target RATIO};
 * writes {@code features.json} into the work folder. Ends with 1 where a target is missed or the
 * engines disagree, with 2 where an option is wrong.
 */
public final class FeatureBench {
  private final Options options;
  private final Settings settings;
  private final SparkSession spark;

  private FeatureBench(Options options) {
    this.options = options;
    this.settings = options.settings();
    this.spark = LakeSession.open();
    spark.sparkContext().setLogLevel("ERROR");
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    boolean isGood;
    try {
      isGood = new FeatureBench(Options.of(arguments)).run();
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(isGood ? 0 : 1);
  }

  private boolean run() throws IOException, SQLException {
    Path work = Path.of(options.text("--work")).toAbsolutePath();
    Instant asOf =
        LocalDate.parse(options.text("--as-of")).atStartOfDay(settings.run().zone()).toInstant();
    PlainTables tables =
        PlainTables.in(work.resolve("tables")).copiedFrom(Lake.open(spark, settings.lake()));
    FeaturePlan plan = plan(tables, asOf);
    List<String> names = FeatureSet.of(plan).features().stream().map(Feature::name).toList();
    int threads = spark.sparkContext().defaultParallelism();
    List<Engine> engines =
        List.of(new Warmlead(spark), new DuckDb(threads, Runtime.getRuntime().maxMemory()));
    Race race = new Race(options.number("--warm-ups"), options.number("--rounds"));
    Map<String, Object> json = about(tables, names.size(), threads);
    System.out.println(about(json));
    List<RaceResult> results = new ArrayList<>();
    for (From from : From.values()) {
      Path folder = work.resolve(from.toString());
      List<Laps> laps =
          race.run(engines, new FeaturePass(tables, from, plan, asOf, settings), folder);
      Agreement agreement =
          Agreement.of(
              spark.read().parquet(folder.resolve(engines.get(0).name()).toString()),
              spark.read().parquet(folder.resolve(engines.get(1).name()).toString()),
              names);
      RaceResult result =
          new RaceResult(
              from,
              laps.get(0),
              laps.get(1),
              agreement,
              Double.parseDouble(options.text("--target")));
      System.out.println(result.table());
      results.add(result);
    }
    json.put("races", results.stream().map(RaceResult::json).toList());
    Path file = work.resolve("features.json");
    Files.writeString(
        file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    System.out.println("Also in " + file);
    return results.stream().allMatch(RaceResult::isGood);
  }

  /** As training would choose it. */
  private FeaturePlan plan(PlainTables tables, Instant asOf) {
    Date day = Date.valueOf(asOf.atZone(settings.run().zone()).toLocalDate());
    return FeaturePlanner.plan(
        tables.read(spark, DailyActivity.TABLE).where(col("arrived_day").lt(lit(day))),
        PointInTime.leadsAsOf(
            tables.read(spark, Leads.TABLE),
            PointInTime.instants(spark, List.of(asOf), settings.run())));
  }

  private Map<String, Object> about(PlainTables tables, int features, int threads)
      throws SQLException {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("as_of", options.text("--as-of"));
    about.put("engagements", tables.read(spark, Engagements.TABLE).count());
    about.put("daily_activity", tables.read(spark, DailyActivity.TABLE).count());
    about.put("leads", tables.read(spark, Leads.TABLE).select("lead_id").distinct().count());
    about.put("features", features);
    about.put("threads", threads);
    about.put("spark", spark.version());
    try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
      about.put("duckdb", connection.getMetaData().getDatabaseProductVersion());
    }
    return about;
  }

  private static String about(Map<String, Object> about) {
    return String.join(
        ", ", about.entrySet().stream().map(one -> one.getKey() + " " + one.getValue()).toList());
  }
}
