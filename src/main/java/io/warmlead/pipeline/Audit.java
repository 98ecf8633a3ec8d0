package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.warmlead.audit.ActivityTotals;
import io.warmlead.audit.Histories;
import io.warmlead.audit.Keys;
import io.warmlead.audit.PublishedNight;
import io.warmlead.audit.References;
import io.warmlead.audit.RowRules;
import io.warmlead.config.UserFailure;
import io.warmlead.lake.Lake;
import io.warmlead.table.ChallengerScores;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.ModelMetrics;
import io.warmlead.table.Models;
import io.warmlead.table.Outcomes;
import io.warmlead.table.ScoreChanges;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import io.warmlead.table.TierTransitions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Verifies the tables of a lake. Only reads; what a night has not published yet is not judged. */
public final class Audit {
  private final RunContext run;
  private final Lake lake;

  public Audit(RunContext run) {
    this.run = run;
    this.lake = run.lake();
  }

  /**
   * What one check came to.
   *
   * @param offending rows or keys that break the rule
   * @param examples some of them
   * @param isNote whether the number is worth knowing, and nothing is wrong
   */
  public record Check(
      String table, String rule, long offending, List<String> examples, boolean isNote) {

    /** Whether something is wrong. */
    public boolean isBroken() {
      return offending > 0 && !isNote;
    }

    /** The check in one line. */
    public String line() {
      String verdict = isBroken() ? "WRONG" : isNote ? "note " : "ok   ";
      String found =
          offending == 0
              ? ""
              : ": " + offending + ", for example " + String.join(" and ", examples);
      return verdict + "  " + table + "  " + rule + (isNote && offending == 0 ? ": 0" : found);
    }
  }

  /** Checks of one table, as frames that nobody has asked for yet. */
  private record Asked(String table, List<Dataset<Row>> wrong, List<Dataset<Row>> notes) {
    Asked(String table) {
      this(table, new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * Audits.
   *
   * @param dates how many of the newest dates; {@code Integer.MAX_VALUE} for everything
   * @return every check, table by table
   * @throws UserFailure when there is no lake
   */
  public List<Check> run(int dates) {
    List<TableContract> there = Tables.ALL.stream().filter(lake::exists).toList();
    if (there.isEmpty()) {
      throw UserFailure.input(
          "There is no table of Warmlead in "
              + lake.describe(LeadScores.TABLE)
              + " or beside it. Give the lake that nights write to, with --lake.");
    }
    AuditScope scope = AuditScope.newest(lake, dates);
    run.progress()
        .stage(
            "audit",
            there.size()
                + " tables, "
                + scope.nights().size()
                + " scored dates"
                + (scope.isEverything() ? ", all history" : ""));
    Map<String, Asked> asked = new LinkedHashMap<>();
    Tables.ALL.forEach(table -> asked.put(table.name(), new Asked(table.name())));
    there.forEach(table -> ofTheRows(table, scope, asked.get(table.name())));
    new Between(scope, asked).ask();
    return answers(asked.values().stream().toList());
  }

  private void ofTheRows(TableContract table, AuditScope scope, Asked asked) {
    Dataset<Row> rows = lake.readAsFound(table, scope.rowsOf(table));
    asked.wrong().add(RowRules.offences(rows, table));
    if (!table.key().isEmpty()) {
      asked.wrong().add(Keys.repeated(rows, table));
    }
    if (Queries.PUBLISHED.contains(table)) {
      asked
          .notes()
          .add(
              References.unpublishedRuns(
                  "runs that were cut off or are under way", rows, AuditScope.published(lake)));
    }
  }

  /** Checks between tables. */
  private final class Between {
    private final AuditScope scope;
    private final Map<String, Asked> asked;
    private final Dataset<Row> published = AuditScope.published(lake);
    private final Dataset<Row> scores;
    private final Dataset<Row> leads;
    private final Dataset<Row> models;

    Between(AuditScope scope, Map<String, Asked> asked) {
      this.scope = scope;
      this.asked = asked;
      this.scores = rows(LeadScores.TABLE);
      this.leads = rows(Leads.TABLE);
      this.models = rows(Models.TABLE);
    }

    void ask() {
      wrong(Leads.TABLE, Keys.brokenVersions(leads));
      note(
          Engagements.TABLE,
          References.unknownLeads("leads that are waited for", rows(Engagements.TABLE), leads));
      note(
          Outcomes.TABLE,
          References.unknownLeads("leads that are waited for", rows(Outcomes.TABLE), leads));
      wrong(DailyActivity.TABLE, activity());
      features();
      scores();
      wrong(Models.TABLE, Keys.champions(models));
      wrong(
          ModelMetrics.TABLE,
          References.unknownModels(rows(ModelMetrics.TABLE), "version", models));
      Dataset<Row> challenger = rows(ChallengerScores.TABLE);
      wrong(ChallengerScores.TABLE, References.withoutScore(challenger, scores));
      wrong(ChallengerScores.TABLE, References.unknownModels(challenger, "model_version", models));
      newestNight();
    }

    private void features() {
      Dataset<Row> features = rows(LeadFeatures.TABLE);
      wrong(LeadFeatures.TABLE, References.withoutScore(features, scores));
      wrong(LeadScores.TABLE, References.withoutFeatures(scores, features));
    }

    private void scores() {
      wrong(LeadScores.TABLE, References.unknownLeads("lead_is_known", scores, leads));
      wrong(LeadScores.TABLE, References.unknownModels(scores, "model_version", models));
      wrong(LeadScores.TABLE, Keys.mixedNights(scores));
      wrong(LeadScores.TABLE, References.otherDates(scores, published));
      Histories histories =
          new Histories(
              scores, lake.readAsFound(LeadScores.TABLE, scope.rowsBefore()), scope.dates(lake));
      wrong(LeadScores.TABLE, histories.previousTiers());
      wrong(LeadScores.TABLE, histories.tierSince());
      wrong(TierTransitions.TABLE, histories.transitions(rows(TierTransitions.TABLE)));
      wrong(ScoreChanges.TABLE, histories.changes(rows(ScoreChanges.TABLE)));
    }

    /** The zone of the days is not known here, so the first instant of the days sets the border. */
    private Dataset<Row> activity() {
      Dataset<Row> days = lake.readAsFound(DailyActivity.TABLE, scope.rowsOf(DailyActivity.TABLE));
      Dataset<Row> border =
          days.agg(min("first_at").as("border"))
              .crossJoin(
                  lake.readAsFound(DailyActivity.TABLE, lit(true))
                      .agg(max("batch").as("taken_up")));
      Dataset<Row> engagements =
          lake.readAsFound(Engagements.TABLE, scope.rowsOf(Engagements.TABLE, 1))
              .join(
                  broadcast(border),
                  col("batch")
                      .leq(col("taken_up"))
                      .and(
                          scope.isEverything()
                              ? lit(true)
                              : col("occurred_at").geq(col("border"))));
      return ActivityTotals.differences(engagements, days);
    }

    private void newestNight() {
      Dataset<Row> newest =
          scores.where(
              scope
                  .newest()
                  .map(date -> col("score_date").equalTo(lit(java.sql.Date.valueOf(date))))
                  .orElse(lit(false)));
      Map<TableContract, Dataset<Row>> wanted = new LinkedHashMap<>();
      wanted.put(LeadScores.CURRENT, newest);
      wanted.put(LeadScores.HOT, newest.where("tier = 'hot'"));
      wanted.put(LeadScores.COOLING, newest.where("tier <> 'cold' AND trend = 'cooling'"));
      wanted.put(LeadScores.REWARMED, newest.where("is_rewarmed"));
      wanted.forEach(
          (table, rows) -> {
            Dataset<Row> found = lake.readAsFound(table, lit(true));
            wrong(table, PublishedNight.differences(rows, found));
            wrong(table, References.unpublishedRuns("run_was_published", found, published));
          });
    }

    /** Checked rows; of dates that are published one by one, the published ones. */
    private Dataset<Row> rows(TableContract table) {
      Dataset<Row> rows = lake.readAsFound(table, scope.rowsOf(table));
      return Queries.PUBLISHED.contains(table)
          ? rows.join(
              broadcast(published.select("run_id").distinct()),
              new String[] {"run_id"},
              "left_semi")
          : rows;
    }

    private void wrong(TableContract table, Dataset<Row> check) {
      Objects.requireNonNull(asked.get(table.name())).wrong().add(check);
    }

    private void note(TableContract table, Dataset<Row> check) {
      Objects.requireNonNull(asked.get(table.name())).notes().add(check);
    }
  }

  /** Asks table by table, the tables side by side. */
  private List<Check> answers(List<Asked> tables) {
    List<Supplier<List<Check>>> answers = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    try (SideBySide queries = new SideBySide()) {
      for (Asked asked : tables) {
        answers.add(queries.start(() -> answers(asked)));
      }
      answers.forEach(answer -> checks.addAll(answer.get()));
    }
    List<String> damaged = new ModelStore(run).damaged();
    checks.add(
        new Check(
            Models.TABLE.name(),
            "files_as_published",
            damaged.size(),
            damaged.stream().limit(2).toList(),
            false));
    return checks;
  }

  private static List<Check> answers(Asked asked) {
    return Stream.of(asked.wrong(), asked.notes())
        .flatMap(
            frames ->
                frames.stream().reduce(Dataset::unionByName).stream()
                    .flatMap(all -> all.collectAsList().stream())
                    .map(row -> check(asked.table(), row, frames == asked.notes())))
        .toList();
  }

  private static Check check(String table, Row row, boolean isNote) {
    return new Check(
        table,
        row.getString(0),
        row.getLong(1),
        Stream.of(row.getString(2), row.getString(3)).filter(Objects::nonNull).distinct().toList(),
        isNote);
  }
}
