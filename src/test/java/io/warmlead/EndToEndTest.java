package io.warmlead;

import static io.warmlead.testing.SimulatedCompany.requireSuccess;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
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
import io.warmlead.testing.SimulatedCompany;
import io.warmlead.testing.SummarySchema;
import io.warmlead.testing.TableDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

  private static TwoNights nights;
  private static SimulatedCompany company;
  private static LocalDate today;
  private static Lake lake;

  @BeforeAll
  static void runTheNights() {
    nights = TwoNights.below(folder);
    company = nights.company();
    today = company.today();
    lake = nights.lake();
  }

  @Test
  void theFirstNightSucceedsAndSaysWhatItDid() {
    requireSuccess(nights.firstNight());
    assertThat(nights.firstNight().out())
        .contains("Warmlead, " + today + " (as of ")
        .contains("tiers ")
        .contains("half-life ")
        .contains("AUC")
        .doesNotContain("none: tiers come from behaviour rules alone");
    assertThat(nights.firstNight().out().lines().count()).isLessThanOrEqualTo(25);
    assertThat(nights.firstNight().err()).contains("ingest: ", "score: ", "decay: ", "publish: ");
  }

  @Test
  void stagesComeInTheOrderThatTheyWereForetold() {
    assertThat(
            nights.firstNight().err().lines().map(line -> line.replaceFirst("^ *[0-9.]+ s  ", "")))
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
    requireSuccess(nights.secondNight());
    assertThat(nights.secondNight().err()).isEmpty();
    assertThat(nights.secondNight().lines()).hasSize(1);
    assertThat(SummarySchema.SUMMARY.faults(nights.secondNight().out())).isEmpty();
    assertThat(SummarySchema.SUMMARY.undescribed(nights.secondNight().out())).isEmpty();
    assertThat(nights.secondNight().out())
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
    FileAccounts found = FileAccounts.of(company, lake, TwoNights.LATE_FILE);
    assertThat(found.files()).isEqualTo((int) nights.filesAfterSecondNight());
    assertThat(found.accepted()).isEqualTo(nights.engagementsAfterSecondNight());
    assertThat(found.rejected())
        .isEqualTo(
            dirt("broken_timestamp")
                + dirt("missing_contact")
                + dirt("missing_activity")
                + dirt("ragged")
                + dirt("garbage")
                + dirt("future_clock"))
        .isEqualTo(lake.read(Rejects.TABLE).where("input = 'engagements'").count());
    assertThat(found.unknown()).isEqualTo(dirt("unknown_lead"));
    // A duplicate of an event that is ignored is ignored too.
    assertThat(found.duplicates() + found.ignored())
        .isEqualTo(dirt("duplicate") + dirt("reexported") + dirt("ignored"));
    assertThat(found.ignored()).isGreaterThanOrEqualTo(dirt("ignored"));
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
    Invocation audit = nights.over("audit", "--full", "--list");
    requireSuccess(audit);
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
          Frames.results(nights.asFirstNightLeft(table)),
          Frames.results(lake.read(table)),
          "lead_id",
          "score_date");
    }
    for (TableContract table : DECAY) {
      Dataset<Row> before = Frames.results(nights.asFirstNightLeft(table));
      String[] order =
          Arrays.stream(before.schema().fields())
              .filter(field -> !field.dataType().catalogString().contains("<"))
              .map(StructField::name)
              .toArray(String[]::new);
      assertThat(before.isEmpty()).as(table.name()).isFalse();
      Frames.assertSameRows(before, Frames.results(lake.read(table)), order);
    }
    assertThat(nights.engagementsAfterSecondNight())
        .isEqualTo(nights.asFirstNightLeft(Engagements.TABLE).count());
  }

  @Test
  void theReportOfANightIsWrittenAgain() throws IOException {
    Path report = nights.place().resolve("_warmlead/reports/" + today.minusDays(1) + ".html");
    String first = Files.readString(report);
    Files.delete(report);
    Invocation again = nights.over("report", "--as-of", today.minusDays(1).toString());
    requireSuccess(again);
    assertThat(again.out()).contains("tiers ", today.minusDays(1) + ".html");
    assertThat(Files.readString(report).length())
        .as("as long as the first, but for run and files")
        .isCloseTo(first.length(), withinPercentage(20));
    Invocation none = nights.over("report", "--as-of", today.minusDays(2).toString());
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).contains("No night of " + today.minusDays(2) + " was published");
  }

  @Test
  void anOlderDateAloneIsRefusedWithTheCommandThatWouldDo() {
    assertThat(nights.oldDateAlone().exitCode()).isEqualTo(3);
    assertThat(nights.oldDateAlone().err())
        .contains(
            "warmlead backfill --from " + today.minusDays(1) + " --to " + today,
            today.minusDays(1) + " cannot be scored alone")
        .doesNotContain("\tat ");
  }

  @Test
  void aNewFileAddsItsRowsAndNoOthers() {
    requireSuccess(nights.withNewFile());
    assertThat(lake.read(Engagements.TABLE).count())
        .isEqualTo(nights.engagementsAfterSecondNight() + 2);
    List<Row> accounts =
        lake.read(IngestedFiles.TABLE).where("file LIKE '%zz-late.csv'").collectAsList();
    assertThat(accounts).hasSize(1);
    assertThat(FileAccounts.rows(accounts.get(0), "rows_in")).isEqualTo(3);
    assertThat(FileAccounts.rows(accounts.get(0), "accepted")).isEqualTo(2);
    assertThat(FileAccounts.rows(accounts.get(0), "duplicates")).isEqualTo(1);
    assertThat(lake.read(IngestedFiles.TABLE).count())
        .isEqualTo(nights.filesAfterSecondNight() + 1);
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
    requireSuccess(csv);
    assertThat(csv.lines()).hasSize(rows.size() + 1).startsWith("lead_id,probability,scored_as_of");
    for (int index = 0; index < rows.size(); index++) {
      String[] cells = csv.lines().get(index + 1).split(",", -1);
      assertThat(cells[0]).isEqualTo(rows.get(index).<String>getAs("lead_id"));
      assertThat(Double.parseDouble(cells[1]))
          .isEqualTo(rows.get(index).<Double>getAs("probability"));
      assertThat(cells[2]).isEqualTo(today + "T00:00:00Z");
    }
    Invocation json = sql(query + " LIMIT 2", "json");
    requireSuccess(json);
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
    Invocation models = nights.over("models");
    requireSuccess(models);
    assertThat(models.lines().get(0)).contains("version", "status", "family", "auc");
    assertThat(models.lines()).hasSize(2);
    assertThat(models.lines().get(1)).contains("champion", "logistic_regression");
  }

  @Test
  void checkSaysWhatWouldBeReadAndProposesAMapping() {
    requireSuccess(nights.check());
    long rows = 0;
    for (Map.Entry<String, Object> file :
        company.truth().getObject("rows").unwrapped().entrySet()) {
      if (file.getKey().startsWith("engagements/")) {
        rows += ((Number) file.getValue()).longValue();
      }
    }
    assertThat(nights.check().out())
        .contains(rows + " rows: ")
        .contains("{ event = \"Chatbot Opened\", signal = ")
        .contains("-> conversion")
        .contains("would write to ");
  }

  @Test
  void anotherReaderOfDeltaSeesTheSameRows() throws IOException {
    Map<String, TableDigest> bySpark = new TreeMap<>();
    Map<String, TableDigest> byKernel = new TreeMap<>();
    for (TableContract table : Tables.ALL) {
      if (lake.exists(table)) {
        String path = nights.place().resolve(table.name()).toString();
        bySpark.put(table.name(), TableDigest.bySpark(lake.read(table)));
        byKernel.put(table.name(), TableDigest.byKernel(path, table.schema()));
      }
    }
    assertThat(byKernel).isEqualTo(bySpark).hasSizeGreaterThan(30);
    assertThat(byKernel.get("lead_scores_current").rows()).isPositive();
  }

  private static Invocation sql(String query, String format) {
    return Invocation.of("sql", query, "--format", format, "--lake", nights.place().toString());
  }

  private static long dirt(String kind) {
    return company.truth().getLong("dirt_events." + kind);
  }

  private static Dataset<Row> tonight(TableContract table) {
    return lake.read(table).where(col("score_date").equalTo(lit(Date.valueOf(today))));
  }
}
