package io.warmlead.audit;

import static java.util.Map.entry;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.DailyActivity;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.Models;
import io.warmlead.table.ScoreChanges;
import io.warmlead.table.TableContract;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be wrong with a lake, planted one at a time, is found. */
final class PlantedCorruptionTest {
  private static final Dataset<Row> SCORES = SoundTables.scores();
  private static final Dataset<Row> MOVES = SoundTables.transitions();
  private static final Dataset<Row> CHANGES = SoundTables.changes();
  private static final Dataset<Row> FEATURES = SoundTables.features();
  private static final Dataset<Row> LEADS = SoundTables.leads();
  private static final Dataset<Row> ENGAGEMENTS = SoundTables.engagements();
  private static final Dataset<Row> ACTIVITY = SoundTables.activity();
  private static final Dataset<Row> MODELS = SoundTables.models();
  private static final Dataset<Row> FILES = SoundTables.files();

  private static final String ADA = "lead_id = 'ada' AND score_date = '2026-01-02'";
  private static final String ANY = "true";

  /** Something wrong, the rule that must tell, and the check that judges the rule. */
  private record Corruption(String what, String rule, Dataset<Row> check) {
    @Override
    public String toString() {
      return what;
    }
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void isFound(Corruption planted) {
    List<Row> found = planted.check().where(col("rule").equalTo(planted.rule())).collectAsList();
    assertThat(found).as(planted.rule()).hasSize(1);
    assertThat(found.get(0).<Long>getAs("offending")).as(planted.rule()).isPositive();
    assertThat(found.get(0).<String>getAs("first_example")).contains("\":\"");
  }

  @Test
  void aMoveOfTheRulesIsAMove() {
    Dataset<Row> byRules = set(SoundTables.transitions(), "kind", "kind = 'heated'", "'policy'");
    assertThat(histories(SCORES).transitions(byRules).where("offending > 0").isEmpty()).isTrue();
  }

  @Test
  void everyScoreThatBreaksARuleIsCounted() {
    Dataset<Row> planted =
        Stream.of(
                score("no tier", "tier", "NULL"),
                score("a probability above one", "probability", "1.5D"),
                score("a probability that is no number", "probability", "double('NaN')"),
                score("a probability of zero", "probability", "0D"),
                score("a probability that reasons do not give", "probability", "0.500001D"),
                score("no reasons", "reasons", "NULL"),
                score("no model", "model_version", "NULL"),
                score("a rank beyond the last", "percentile", "100.5D"),
                score("a temperature below zero", "temperature", "-1D"),
                score("a tier of another name", "tier", "'tepid'"),
                score("warmth forgotten", "has_been_warm", "false"),
                score("a tier held from tomorrow on", "tier_since", "DATE'2026-01-03'"),
                score("parts miscounted", "bant_score", "3"))
            .reduce(SCORES, Dataset::unionByName);
    Map<String, Long> found = new TreeMap<>();
    RowRules.offences(planted, LeadScores.TABLE)
        .collectAsList()
        .forEach(row -> found.put(row.getString(0), row.getLong(1)));
    assertThat(found)
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    entry("required_columns", 1L),
                    // No tier is no known tier either.
                    entry("tier_name", 2L),
                    entry("probability_range", 2L),
                    entry("probability_clipped", 3L),
                    // All four wrong probabilities, and no reasons.
                    entry("reasons_sum", 5L),
                    entry("model_behind_probability", 1L),
                    entry("percentile_range", 1L),
                    entry("temperature_range", 1L),
                    entry("warmth_remembered", 1L),
                    entry("tier_since_not_later", 1L),
                    entry("known_parts_counted", 1L))));
  }

  @Test
  void nothingIsFoundWhereEverythingHolds() {
    List<Row> found =
        Stream.of(
                RowRules.offences(SCORES, LeadScores.TABLE),
                RowRules.offences(ACTIVITY, DailyActivity.TABLE),
                RowRules.offences(LEADS, Leads.TABLE),
                RowRules.offences(CHANGES, ScoreChanges.TABLE),
                RowRules.offences(FILES, IngestedFiles.TABLE),
                RowRules.offences(MODELS, Models.TABLE),
                Keys.repeated(SCORES, LeadScores.TABLE),
                Keys.mixedNights(SCORES),
                Keys.champions(MODELS),
                Keys.brokenVersions(LEADS),
                References.unknownLeads("lead", SCORES, LEADS),
                References.withoutScore(FEATURES, SCORES),
                References.withoutScore(SoundTables.challengers(), SCORES),
                References.withoutFeatures(SCORES, FEATURES),
                References.unknownModels(SCORES, "model_version", MODELS),
                References.unpublishedRuns("run", SCORES, SoundTables.published()),
                References.otherDates(SCORES, SoundTables.published()),
                histories(SCORES).previousTiers(),
                histories(SCORES).tierSince(),
                histories(SCORES).transitions(MOVES),
                histories(SCORES).changes(CHANGES),
                ActivityTotals.differences(ENGAGEMENTS, ACTIVITY),
                PublishedNight.differences(SCORES, SCORES))
            .reduce(Dataset::unionByName)
            .orElseThrow()
            .collectAsList();
    assertThat(found).hasSizeGreaterThan(40);
    assertThat(found)
        .allSatisfy(row -> assertThat(row.<Long>getAs("offending")).as("%s", row).isZero());
  }

  static Stream<Corruption> corruptions() {
    return Stream.of(otherRows(), keys(), references(), histories(), activityAndPublishedTables())
        .flatMap(planted -> planted);
  }

  private static Stream<Corruption> otherRows() {
    return Stream.of(
        row(DailyActivity.TABLE, "some_events", set(ACTIVITY, "events", ANY, "0L")),
        row(
            DailyActivity.TABLE,
            "within_the_day",
            set(ACTIVITY, "day", "events = 1", "DATE'2026-01-03'")),
        row(
            Leads.TABLE,
            "valid_for_a_while",
            set(LEADS, "valid_to", "valid_to IS NOT NULL", "valid_from")),
        row(ScoreChanges.TABLE, "parts_add_up", set(CHANGES, "by_decay", ANY, "-0.1000001D")),
        row(
            ScoreChanges.TABLE,
            "is_the_difference",
            set(set(CHANGES, "delta", ANY, "0.01D"), "by_model", ANY, "0.01D")),
        row(IngestedFiles.TABLE, "account", set(FILES, "accepted", ANY, "2L")),
        row(Models.TABLE, "status_known", set(MODELS, "status", ANY, "'winner'")),
        row(Models.TABLE, "stored_unless_refused", set(MODELS, "digest", ANY, "NULL")));
  }

  private static Stream<Corruption> keys() {
    return Stream.of(
        new Corruption(
            "a lead twice on one date",
            "one row per lead_id, score_date",
            Keys.repeated(SCORES.union(SCORES.where(ADA)), LeadScores.TABLE)),
        new Corruption(
            "a date scored by two runs",
            "one_run_per_date",
            Keys.mixedNights(set(SCORES, "run_id", ADA, "'r9'"))),
        new Corruption(
            "two champions",
            "one_champion",
            Keys.champions(set(MODELS, "status", ANY, "'champion'"))),
        new Corruption(
            "versions of a lead that overlap",
            "versions_follow",
            Keys.brokenVersions(set(LEADS, "valid_to", ANY, "NULL"))));
  }

  private static Stream<Corruption> references() {
    Dataset<Row> others = SCORES.where("NOT (" + ADA + ")");
    return Stream.of(
        new Corruption(
            "a score of nobody",
            "lead",
            References.unknownLeads("lead", SCORES, LEADS.where("lead_id <> 'ada'"))),
        new Corruption(
            "features without a score",
            "belongs_to_a_score",
            References.withoutScore(FEATURES, others)),
        new Corruption(
            "a change without a score",
            "belongs_to_a_score",
            References.withoutScore(CHANGES, others)),
        new Corruption(
            "a score without features",
            "has_features",
            References.withoutFeatures(SCORES, FEATURES.where("NOT (" + ADA + ")"))),
        new Corruption(
            "a model that is not registered",
            "model_is_registered",
            References.unknownModels(
                set(SCORES, "model_version", ADA, "'m9'"), "model_version", MODELS)),
        new Corruption(
            "a published table of a run that never finished",
            "run",
            References.unpublishedRuns(
                "run", SCORES, SoundTables.published().where("run_id <> 'r2'"))),
        new Corruption(
            "a run that scored another date",
            "run_scored_the_date",
            References.otherDates(
                SCORES, set(SoundTables.published(), "score_date", ANY, "DATE'2026-01-02'"))));
  }

  private static Stream<Corruption> histories() {
    return Stream.of(
        new Corruption(
            "another tier before",
            "previous_tier_was_published",
            histories(set(SCORES, "previous_tier", ADA, "'cold'")).previousTiers()),
        new Corruption(
            "a tier held since another date",
            "tier_since_follows",
            histories(set(SCORES, "tier_since", ADA, "DATE'2026-01-01'")).tierSince()),
        move("a move without a transition", MOVES.where("NOT (" + ADA + ")")),
        move("a transition to another tier", set(MOVES, "to_tier", ADA, "'cold'")),
        move("a rise that is called a fall", set(MOVES, "kind", ADA, "'cooled'")),
        move("a lead that left without a word", MOVES.where("kind <> 'closed'")),
        move(
            "a transition without a move",
            MOVES.union(set(MOVES.where(ADA), "lead_id", ANY, "'bob'"))),
        change(
            "a change from another probability", set(CHANGES, "previous_probability", ANY, "0.4D")),
        change("a change to another probability", set(CHANGES, "probability", ANY, "0.6D")),
        change(
            "a change since another date",
            set(CHANGES, "previous_score_date", ANY, "DATE'2025-12-31'")));
  }

  private static Stream<Corruption> activityAndPublishedTables() {
    return Stream.of(
        totals("an engagement lost", ENGAGEMENTS.where("event_id <> 'e1'")),
        totals("an engagement more", ENGAGEMENTS.union(ENGAGEMENTS.where("event_id = 'e1'"))),
        totals("an amount changed", set(ENGAGEMENTS, "value", "value > 0", "2.6BD")),
        totals("another signal", set(ENGAGEMENTS, "signal", ANY, "'call'")),
        published("a lead not published", SCORES.where("NOT (" + ADA + ")")),
        published("an old row published", set(SCORES, "trend", ADA, "'heating'")));
  }

  /** The newest row of ada under another name, with one column changed. */
  private static Dataset<Row> score(String what, String column, String value) {
    return set(set(SCORES.where(ADA), column, ANY, value), "lead_id", ANY, "'" + what + "'");
  }

  private static Corruption row(TableContract table, String rule, Dataset<Row> rows) {
    return new Corruption(table.name() + " " + rule, rule, RowRules.offences(rows, table));
  }

  private static Corruption move(String what, Dataset<Row> transitions) {
    return new Corruption(what, "every_move_once", histories(SCORES).transitions(transitions));
  }

  private static Corruption change(String what, Dataset<Row> changes) {
    return new Corruption(what, "from_and_to_published", histories(SCORES).changes(changes));
  }

  private static Corruption totals(String what, Dataset<Row> engagements) {
    return new Corruption(
        what, "same_as_engagements", ActivityTotals.differences(engagements, ACTIVITY));
  }

  private static Corruption published(String what, Dataset<Row> published) {
    return new Corruption(
        what, "is_the_newest_night", PublishedNight.differences(SCORES, published));
  }

  private static Histories histories(Dataset<Row> scores) {
    return new Histories(scores, SCORES.where("score_date = '2026-01-01'"), SoundTables.dates());
  }

  /** The frame with one column changed in some rows. */
  private static Dataset<Row> set(Dataset<Row> rows, String column, String where, String value) {
    return rows.withColumn(
        column,
        when(expr(where), expr(value).cast(rows.schema().apply(column).dataType()))
            .otherwise(col(column)));
  }
}
