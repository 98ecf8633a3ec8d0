package io.warmlead;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.warmlead.config.LakeSettings;
import io.warmlead.lake.Lake;
import io.warmlead.table.DecayCurves;
import io.warmlead.table.DecayHalfLives;
import io.warmlead.table.DecayTests;
import io.warmlead.table.Engagements;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.Models;
import io.warmlead.table.Outcomes;
import io.warmlead.table.Rejects;
import io.warmlead.table.Runs;
import io.warmlead.table.Silence;
import io.warmlead.table.Suppressed;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import io.warmlead.table.TierTransitions;
import io.warmlead.testing.Frames;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.SummarySchema;
import io.warmlead.testing.TableDigest;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated company, from its files to the published tables, through the command line alone. */
final class EndToEndTest {
  private static final List<TableContract> REPLACED_BY_DATE =
      List.of(LeadScores.TABLE, LeadFeatures.TABLE, TierTransitions.TABLE);
  private static final List<TableContract> DECAY =
      List.of(DecayCurves.TABLE, DecayHalfLives.TABLE, DecayTests.TABLE, Silence.TABLE);

  @TempDir private static Path folder;

  private static Path company;
  private static Config truth;
  private static LocalDate today;
  private static Lake lake;

  private static Invocation firstNight;
  private static Invocation secondNight;
  private static Invocation oldDateAlone;
  private static Invocation withNewFile;
  private static Invocation check;
  private static final Map<String, Long> AFTER_FIRST_NIGHT = new HashMap<>();
  private static long engagementsAfterSecondNight;
  private static long filesAfterSecondNight;

  @BeforeAll
  static void runTheNights() throws IOException {
    company = folder.resolve("company");
    succeed(
        Invocation.of(
            "simulate",
            "--to",
            company.toString(),
            "--leads",
            "700",
            "--days",
            "150",
            "--events",
            "18000",
            "--seed",
            "5"));
    truth = ConfigFactory.parseString(Files.readString(company.resolve("truth/parameters.json")));
    today = LocalDate.parse(truth.getString("plan.last_day")).plusDays(1);
    check = over("check");

    succeed(over("ingest"));
    succeed(over("train", "--as-of", today.minusDays(1).toString()));
    succeed(over("score", "--as-of", today.minusDays(1).toString()));
    firstNight = over("nightly");
    lake = Lake.open(TestSession.get(), place());
    for (TableContract table : Tables.ALL) {
      AFTER_FIRST_NIGHT.put(table.name(), lake.version(table));
    }
    secondNight = over("nightly", "--json", "--quiet");
    engagementsAfterSecondNight = lake.read(Engagements.TABLE).count();
    filesAfterSecondNight = lake.read(IngestedFiles.TABLE).count();
    oldDateAlone = over("score", "--as-of", today.minusDays(1).toString());

    String lead = lake.read(Leads.TABLE).orderBy("lead_id").head().getAs("lead_id");
    String header = "Event ID,Contact,Timestamp,Received,Activity,Channel,Asset,Value,Cost\n";
    String day = today.minusDays(1).toString();
    Files.writeString(
        company.resolve("engagements/zz-late.csv"),
        header
            + "late-1,%s,%sT09:00:00Z,%sT09:00:05Z,Chatbot Opened,web,,,\n"
                .formatted(lead, day, day)
            + "late-2,%s,%sT09:05:00Z,%sT09:05:05Z,Chatbot Opened,web,,,\n"
                .formatted(lead, day, day)
            + "late-2,%s,%sT09:05:00Z,%sT09:05:05Z,Chatbot Opened,web,,,\n"
                .formatted(lead, day, day));
    withNewFile = over("ingest");
  }

  @Test
  void theFirstNightSucceedsAndSaysWhatItDid() {
    succeed(firstNight);
    assertThat(firstNight.out())
        .contains("score_date " + today)
        .contains("tiers ")
        .contains("half-life ")
        .contains("AUC")
        .doesNotContain("none: tiers come from behaviour rules alone");
    assertThat(firstNight.out().lines().count()).isLessThanOrEqualTo(25);
    assertThat(firstNight.err()).contains("ingest: ", "score: ", "decay: ", "publish: ");
  }

  @Test
  void stagesComeInTheOrderThatTheyWereForetold() {
    assertThat(firstNight.err().lines().map(line -> line.replaceFirst("^ *[0-9.]+ s  ", "")))
        .filteredOn(line -> line.matches("[a-z]+: .*") && !line.startsWith("note: "))
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactly(
            "ingest",
            "activity",
            "score",
            "decay",
            "insight",
            "quality",
            "drift",
            "publish",
            "report");
  }

  @Test
  void aQuietNightForProgramsPrintsOneObjectThatFitsItsSchema() {
    succeed(secondNight);
    assertThat(secondNight.err()).isEmpty();
    assertThat(secondNight.lines()).hasSize(1);
    assertThat(SummarySchema.SUMMARY.faults(secondNight.out())).isEmpty();
    assertThat(SummarySchema.SUMMARY.undescribed(secondNight.out())).isEmpty();
    assertThat(secondNight.out())
        .contains("\"command\":\"nightly\"", "\"score_date\":\"" + today + "\"");
  }

  @Test
  void everyTableHasTheColumnsOfItsContract() {
    for (TableContract table : Tables.ALL) {
      if (table.equals(Suppressed.TABLE)) {
        assertThat(lake.exists(table)).as("nobody was erased").isFalse();
        continue;
      }
      assertThat(lake.exists(table)).as(table.name()).isTrue();
      Map<String, String> promised = new TreeMap<>();
      table.columns().forEach(column -> promised.put(column.name(), column.type()));
      Map<String, String> found = new TreeMap<>();
      for (StructField field : lake.read(table).schema().fields()) {
        found.put(field.name(), field.dataType().sql());
        assertThat(field.getComment().isDefined()).as(field.name()).isTrue();
      }
      assertThat(found.keySet()).as(table.name()).isEqualTo(promised.keySet());
      promised.forEach(
          (name, type) ->
              assertThat(found.get(name).replaceAll("[ :]", ""))
                  .as(table.name() + "." + name)
                  .isEqualToIgnoringCase(type.replaceAll("[ :]", "")));
    }
  }

  @Test
  void everyRowOfEveryFileIsAccountedForAndThePlantedDirtIsFound() {
    Map<String, Object> planted = truth.getObject("rows").unwrapped();
    long accepted = 0;
    long duplicates = 0;
    long rejected = 0;
    long ignored = 0;
    long unknown = 0;
    int files = 0;
    for (Row row : lake.read(IngestedFiles.TABLE).collectAsList()) {
      String file = row.<String>getAs("file");
      long rowsIn = number(row, "rows_in");
      assertThat(rowsIn)
          .as(file)
          .isEqualTo(
              number(row, "accepted")
                  + number(row, "duplicates")
                  + number(row, "rejected")
                  + number(row, "ignored")
                  + number(row, "suppressed"));
      if (file.endsWith("zz-late.csv")) {
        continue;
      }
      String name = company.relativize(Path.of(java.net.URI.create(file).getPath())).toString();
      assertThat(rowsIn).as(name).isEqualTo(((Number) planted.get(name)).longValue());
      files++;
      if (row.<String>getAs("input").equals("engagements")) {
        accepted += number(row, "accepted");
        duplicates += number(row, "duplicates");
        rejected += number(row, "rejected");
        ignored += number(row, "ignored");
        unknown += number(row, "unknown_leads");
      }
    }
    assertThat(files).isEqualTo((int) filesAfterSecondNight);
    assertThat(accepted).isEqualTo(engagementsAfterSecondNight);
    assertThat(rejected)
        .isEqualTo(
            dirt("broken_timestamp")
                + dirt("missing_contact")
                + dirt("missing_activity")
                + dirt("ragged")
                + dirt("garbage")
                + dirt("future_clock"))
        .isEqualTo(lake.read(Rejects.TABLE).where("input = 'engagements'").count());
    assertThat(unknown).isEqualTo(dirt("unknown_lead"));
    // A duplicate of an event that is ignored is ignored too.
    assertThat(duplicates + ignored)
        .isEqualTo(dirt("duplicate") + dirt("reexported") + dirt("ignored"));
    assertThat(ignored).isGreaterThanOrEqualTo(dirt("ignored"));
  }

  @Test
  void everyRejectedRowHasAReasonAndItsText() {
    Dataset<Row> rejects = lake.read(Rejects.TABLE);
    assertThat(rejects.where("size(reasons) = 0 OR raw = ''").count()).isZero();
    assertThat(
            rejects
                .where("exists(reasons, reason -> reason LIKE 'future_clock:%')")
                // The row of the file under its own names, not the cells it was read into.
                .where("raw LIKE '%\"Timestamp\":\"2099-01-01%' AND raw LIKE '%\"Contact\":%'")
                .count())
        .isEqualTo(dirt("future_clock"));
  }

  @Test
  void everyOpenLeadHasExactlyOneRowWithATierOfItsOwn() {
    Column before = lit(today.toString()).cast("timestamp");
    Dataset<Row> open =
        lake.read(Leads.TABLE)
            .where(col("created_at").lt(before))
            .select("lead_id")
            .distinct()
            .join(
                lake.read(Outcomes.TABLE)
                    .where(col("closes").and(col("occurred_at").lt(before)))
                    .select("lead_id"),
                new String[] {"lead_id"},
                "left_anti");
    Dataset<Row> scored = tonight(LeadScores.TABLE).select("lead_id");
    assertThat(open.count()).isGreaterThan(100);
    Frames.assertSameRows(open, scored, "lead_id");
  }

  @Test
  void probabilitiesAreProbabilitiesAndReasonsSumToTheirLogOdds() {
    Dataset<Row> scores = lake.read(LeadScores.TABLE);
    assertThat(scores.where("probability IS NULL OR reasons IS NULL").count()).isZero();
    assertThat(scores.where("probability < 1e-6 OR probability > 1 - 1e-6").count()).isZero();
    assertThat(scores.where("temperature NOT BETWEEN 0 AND 100").count()).isZero();
    assertThat(scores.where("percentile NOT BETWEEN 0 AND 100").count()).isZero();
    double worst =
        scores
            .agg(
                functions.max(
                    abs(
                        expr("aggregate(reasons, 0D, (sum, reason) -> sum + reason.contribution)")
                            .minus(expr("ln(probability / (1 - probability))")))))
            .head()
            .getDouble(0);
    assertThat(worst).isCloseTo(0, within(1e-9));
  }

  @Test
  void everyCheckOfAnAuditHolds() {
    Invocation audit = over("audit", "--full");
    succeed(audit);
    assertThat(audit.lines()).hasSizeGreaterThan(100).noneMatch(line -> line.startsWith("WRONG"));
  }

  @Test
  void publishedTablesShowTheNewestNightAlone() {
    Dataset<Row> current = lake.read(LeadScores.CURRENT);
    Frames.assertSameRows(tonight(LeadScores.TABLE), current, "lead_id");
    assertThat(lake.read(LeadScores.HOT).count())
        .isEqualTo(current.where("tier = 'hot'").count())
        .isPositive();
    Row whole =
        lake.read(Runs.TABLE)
            .where("command = 'nightly' AND stage = 'run'")
            .orderBy("started_at")
            .head();
    assertThat(whole.<String>getAs("status")).isEqualTo("succeeded");
    assertThat(whole.<Date>getAs("score_date").toLocalDate()).isEqualTo(today);
  }

  @Test
  void theSameNightAgainGivesTheSameRows() {
    for (TableContract table : REPLACED_BY_DATE) {
      Frames.assertSameRows(
          Frames.results(version(table)),
          Frames.results(lake.read(table)),
          "lead_id",
          "score_date");
    }
    for (TableContract table : DECAY) {
      Dataset<Row> before = Frames.results(version(table));
      String[] order =
          Arrays.stream(before.schema().fields())
              .filter(field -> !field.dataType().catalogString().contains("<"))
              .map(StructField::name)
              .toArray(String[]::new);
      assertThat(before.isEmpty()).as(table.name()).isFalse();
      Frames.assertSameRows(before, Frames.results(lake.read(table)), order);
    }
    assertThat(engagementsAfterSecondNight).isEqualTo(version(Engagements.TABLE).count());
  }

  @Test
  void theReportOfANightIsWrittenAgain() throws IOException {
    Path report = folder.resolve("main/_warmlead/reports/" + today.minusDays(1) + ".html");
    String first = Files.readString(report);
    Files.delete(report);
    Invocation again = over("report", "--as-of", today.minusDays(1).toString());
    succeed(again);
    assertThat(again.out()).contains("tiers ", today.minusDays(1) + ".html");
    assertThat(Files.readString(report).length())
        .as("as long as the first, but for run and files")
        .isCloseTo(first.length(), withinPercentage(20));
    Invocation none = over("report", "--as-of", today.minusDays(2).toString());
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).contains("No night of " + today.minusDays(2) + " was published");
  }

  @Test
  void anOlderDateAloneIsRefusedWithTheCommandThatWouldDo() {
    assertThat(oldDateAlone.exitCode()).isEqualTo(3);
    assertThat(oldDateAlone.err())
        .contains(
            "warmlead backfill --from " + today.minusDays(1) + " --to " + today,
            today.minusDays(1) + " cannot be scored alone")
        .doesNotContain("\tat ");
  }

  @Test
  void aNewFileAddsItsRowsAndNoOthers() {
    succeed(withNewFile);
    assertThat(lake.read(Engagements.TABLE).count()).isEqualTo(engagementsAfterSecondNight + 2);
    List<Row> accounts =
        lake.read(IngestedFiles.TABLE).where("file LIKE '%zz-late.csv'").collectAsList();
    assertThat(accounts).hasSize(1);
    assertThat(number(accounts.get(0), "rows_in")).isEqualTo(3);
    assertThat(number(accounts.get(0), "accepted")).isEqualTo(2);
    assertThat(number(accounts.get(0), "duplicates")).isEqualTo(1);
    assertThat(lake.read(IngestedFiles.TABLE).count()).isEqualTo(filesAfterSecondNight + 1);
    assertThat(
            lake.read(Engagements.TABLE)
                .where("file LIKE '%zz-late.csv' AND NOT is_mapped AND direction = 'unknown'")
                .count())
        .isEqualTo(2);
  }

  @Test
  void sqlPrintsHeaderAndRowsInFullPrecision() {
    String query = "SELECT lead_id, probability, scored_as_of FROM lead_scores_current ORDER BY 1";
    List<Row> rows = lake.read(LeadScores.CURRENT).orderBy("lead_id").collectAsList();
    Invocation csv = sql(query, "csv");
    succeed(csv);
    assertThat(csv.lines()).hasSize(rows.size() + 1).startsWith("lead_id,probability,scored_as_of");
    for (int index = 0; index < rows.size(); index++) {
      String[] cells = csv.lines().get(index + 1).split(",", -1);
      assertThat(cells[0]).isEqualTo(rows.get(index).<String>getAs("lead_id"));
      assertThat(Double.parseDouble(cells[1]))
          .isEqualTo(rows.get(index).<Double>getAs("probability"));
      assertThat(cells[2]).isEqualTo(today + "T00:00:00Z");
    }
    Invocation json = sql(query + " LIMIT 2", "json");
    succeed(json);
    assertThat(json.lines()).hasSize(2);
    Config first = ConfigFactory.parseString(json.lines().get(0));
    assertThat(first.getString("lead_id")).isEqualTo(rows.get(0).<String>getAs("lead_id"));
    assertThat(first.getDouble("probability")).isEqualTo(rows.get(0).<Double>getAs("probability"));
  }

  @Test
  void sqlRefusesWhatIsNoQueryAndNamesWhatIsMissing() {
    Invocation command = sql("DROP TABLE lead_scores", "csv");
    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.err()).contains("begin with SELECT").doesNotContain("\tat ");
    Invocation missing = sql("SELECT 1 FROM no_such_table", "csv");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("no_such_table").doesNotContain("\tat ");
  }

  @Test
  void noColumnOfAnHonestCompanyIsSuspected() {
    assertThat(lake.read(Models.TABLE).where("size(excluded) > 0").count()).isZero();
  }

  @Test
  void modelsListsTheChampion() {
    Invocation models = over("models");
    succeed(models);
    assertThat(models.lines().get(0)).contains("version", "status", "family", "auc");
    assertThat(models.lines()).hasSize(2);
    assertThat(models.lines().get(1)).contains("champion", "logistic_regression");
  }

  @Test
  void tablesPrintsEveryContractAndOneAlone() {
    Invocation all = Invocation.of("tables");
    succeed(all);
    for (TableContract table : Tables.ALL) {
      assertThat(all.lines()).contains(table.name());
    }
    Invocation one = Invocation.of("tables", "lead_scores");
    assertThat(one.out()).contains("probability  DOUBLE").doesNotContain("decay_curves");
    Invocation none = Invocation.of("tables", "lead_score");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("Did you mean lead_scores?");
  }

  @Test
  void checkSaysWhatWouldBeReadAndProposesAMapping() {
    succeed(check);
    long rows = 0;
    for (Map.Entry<String, Object> file : truth.getObject("rows").unwrapped().entrySet()) {
      if (file.getKey().startsWith("engagements/")) {
        rows += ((Number) file.getValue()).longValue();
      }
    }
    assertThat(check.out())
        .contains(rows + " rows: ")
        .contains("{ event = \"Chatbot Opened\", signal = ")
        .contains("-> conversion")
        .contains("would write to ");
  }

  @Test
  void everyCommandHasHelpAndAVersion() {
    for (String command :
        List.of(
            "demo",
            "simulate",
            "check",
            "nightly",
            "ingest",
            "train",
            "score",
            "analyze",
            "report",
            "backfill",
            "models",
            "promote",
            "rollback",
            "tables",
            "sql",
            "audit",
            "maintain",
            "erase")) {
      Invocation help = Invocation.of(command, "--help");
      assertThat(help.exitCode()).as(command).isZero();
      assertThat(help.out()).as(command).startsWith("Usage: warmlead " + command);
    }
    assertThat(Invocation.of("--help").out()).contains("nightly", "backfill", "Exit codes");
    assertThat(Invocation.of("--version").out()).startsWith("warmlead ");
  }

  @Test
  void anotherReaderOfDeltaSeesTheSameRows() throws IOException {
    Map<String, TableDigest> bySpark = new TreeMap<>();
    Map<String, TableDigest> byKernel = new TreeMap<>();
    for (TableContract table : Tables.ALL) {
      if (lake.exists(table)) {
        String path = folder.resolve("main").resolve(table.name()).toString();
        bySpark.put(table.name(), TableDigest.bySpark(lake.read(table)));
        byKernel.put(table.name(), TableDigest.byKernel(path, table.schema()));
      }
    }
    assertThat(byKernel).isEqualTo(bySpark).hasSizeGreaterThan(30);
    assertThat(byKernel.get("lead_scores_current").rows()).isPositive();
  }

  private static Invocation over(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(options));
    arguments.addAll(
        List.of(
            "--conf",
            company.resolve("warmlead.conf").toString(),
            "--lake",
            folder.resolve("main").toString(),
            "--set",
            "model.families=[logistic_regression]",
            "--set",
            "model.min_conversions=10",
            "--set",
            "model.min_non_conversions=10",
            "--set",
            "decay.forecast_days=[7,60]"));
    return Invocation.of(arguments);
  }

  private static Invocation sql(String query, String format) {
    return Invocation.of(
        "sql", query, "--format", format, "--lake", folder.resolve("main").toString());
  }

  private static LakeSettings place() {
    return new LakeSettings(
        Optional.of(folder.resolve("main").toString()), Optional.empty(), Optional.empty());
  }

  private static void succeed(Invocation invocation) {
    assertThat(invocation.exitCode()).as(invocation.err() + invocation.out()).isZero();
  }

  private static long dirt(String kind) {
    return truth.getLong("dirt_events." + kind);
  }

  private static long number(Row row, String column) {
    return row.<Long>getAs(column);
  }

  private static Dataset<Row> tonight(TableContract table) {
    return lake.read(table).where(col("score_date").equalTo(lit(Date.valueOf(today))));
  }

  /** A table as the first night left it. */
  private static Dataset<Row> version(TableContract table) {
    return TestSession.get()
        .read()
        .format("delta")
        .option("versionAsOf", AFTER_FIRST_NIGHT.get(table.name()))
        .load(folder.resolve("main").resolve(table.name()).toString());
  }
}
