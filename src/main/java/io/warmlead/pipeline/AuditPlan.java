package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.warmlead.audit.ActivityTotals;
import io.warmlead.audit.Histories;
import io.warmlead.audit.Keys;
import io.warmlead.audit.PublishedNight;
import io.warmlead.audit.References;
import io.warmlead.audit.RowRules;
import io.warmlead.lake.Lake;
import io.warmlead.table.ChallengerScores;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.EarlierActivity;
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
import io.warmlead.temperature.LeadList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which checks an audit makes, as frames that nobody has asked for yet. */
final class AuditPlan {
  private static final long ONE_LEAD_IN = 16;

  private final Lake lake;
  private final AuditScope scope;
  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private final Dataset<Row> published;
  private final Dataset<Row> scores;
  private final Dataset<Row> leads;
  private final Dataset<Row> models;

  private AuditPlan(Lake lake, AuditScope scope) {
    this.lake = lake;
    this.scope = scope;
    this.published = AuditScope.published(lake);
    this.scores = rows(LeadScores.TABLE);
    this.leads = rows(Leads.TABLE);
    this.models = rows(Models.TABLE);
  }

  /**
   * Checks of one table.
   *
   * @param wrong whatever they count is wrong
   * @param notes what they count is worth knowing
   */
  record Asked(String table, List<Dataset<Row>> wrong, List<Dataset<Row>> notes) {
    Asked(String table) {
      this(table, new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * Every check of the tables that are there.
   *
   * @return one entry per table
   */
  static List<Asked> of(Lake lake, List<TableContract> there, AuditScope scope) {
    AuditPlan plan = new AuditPlan(lake, scope);
    Tables.ALL.forEach(table -> plan.asked.put(table.name(), new Asked(table.name())));
    there.forEach(plan::ofTheRows);
    plan.between();
    return List.copyOf(plan.asked.values());
  }

  private void ofTheRows(TableContract table) {
    Dataset<Row> rows = lake.readAsFound(table, scope.rowsOf(table));
    wrong(table, RowRules.offences(rows, table));
    if (!table.key().isEmpty()) {
      wrong(table, Keys.repeated(rows, table));
    }
    if (Queries.PUBLISHED.contains(table)) {
      note(
          table,
          References.unpublishedRuns("runs that were cut off or are under way", rows, published));
    }
  }

  private void between() {
    wrong(Leads.TABLE, Keys.brokenVersions(leads));
    note(
        Engagements.TABLE,
        References.unknownLeads("leads that are waited for", rows(Engagements.TABLE), leads));
    note(
        Outcomes.TABLE,
        References.unknownLeads("leads that are waited for", rows(Outcomes.TABLE), leads));
    wrong(Outcomes.TABLE, Keys.repeatedOutcomes(rows(Outcomes.TABLE)));
    wrong(DailyActivity.TABLE, activity());
    if (lake.exists(EarlierActivity.TABLE)) {
      wrong(EarlierActivity.TABLE, earlierActivity());
    }
    features();
    scores();
    wrong(Models.TABLE, Keys.champions(models));
    wrong(
        ModelMetrics.TABLE, References.unknownModels(rows(ModelMetrics.TABLE), "version", models));
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
                lake.readAsFound(DailyActivity.TABLE, lit(true)).agg(max("batch").as("taken_up")));
    Dataset<Row> engagements =
        lake.readAsFound(Engagements.TABLE, scope.rowsOf(Engagements.TABLE, 1))
            .join(
                broadcast(border),
                col("batch")
                    .leq(col("taken_up"))
                    .and(scope.isEverything() ? lit(true) : col("occurred_at").geq(col("border"))));
    return ActivityTotals.differences(engagements, days);
  }

  /** Of all leads, or of some, always the same ones. */
  private Dataset<Row> earlierActivity() {
    Column isAsked =
        scope.isEverything()
            ? lit(true)
            : pmod(xxhash64(col("lead_id")), lit(ONE_LEAD_IN)).equalTo(0L);
    Dataset<Row> earlier = lake.readAsFound(EarlierActivity.TABLE, lit(true));
    return ActivityTotals.differences(
        lake.readAsFound(DailyActivity.TABLE, lit(true)).where(isAsked),
        earlier.where(isAsked),
        earlier.agg(max("until_day").as("reached"), max("batch").as("batch_held")));
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
    wanted.put(LeadScores.HOT, newest.where(LeadList.HOT.rule()));
    wanted.put(LeadScores.COOLING, newest.where(LeadList.COOLING.rule()));
    wanted.put(LeadScores.SAVE_TODAY, newest.where(LeadList.SAVE_TODAY.rule()));
    wanted.put(LeadScores.REWARMED, newest.where(LeadList.REWARMED.rule()));
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
            broadcast(published.select("run_id").distinct()), new String[] {"run_id"}, "left_semi")
        : rows;
  }

  private void wrong(TableContract table, Dataset<Row> check) {
    of(table).wrong().add(check);
  }

  private void note(TableContract table, Dataset<Row> check) {
    of(table).notes().add(check);
  }

  private Asked of(TableContract table) {
    return Objects.requireNonNull(asked.get(table.name()));
  }
}
