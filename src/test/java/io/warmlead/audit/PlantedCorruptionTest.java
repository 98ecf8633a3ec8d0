package io.warmlead.audit;

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
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be wrong with a lake, planted one at a time, is found. */
final class PlantedCorruptionTest {
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
  void nothingIsFoundWhereEverythingHolds() {
    List<Row> found =
        Stream.of(
                RowRules.offences(SoundTables.scores(), LeadScores.TABLE),
                RowRules.offences(SoundTables.activity(), DailyActivity.TABLE),
                RowRules.offences(SoundTables.leads(), Leads.TABLE),
                RowRules.offences(SoundTables.changes(), ScoreChanges.TABLE),
                RowRules.offences(SoundTables.files(), IngestedFiles.TABLE),
                RowRules.offences(SoundTables.models(), Models.TABLE),
                Keys.repeated(SoundTables.scores(), LeadScores.TABLE),
                Keys.mixedNights(SoundTables.scores()),
                Keys.champions(SoundTables.models()),
                Keys.brokenVersions(SoundTables.leads()),
                References.unknownLeads("lead", SoundTables.scores(), SoundTables.leads()),
                References.withoutScore(SoundTables.features(), SoundTables.scores()),
                References.withoutScore(SoundTables.challengers(), SoundTables.scores()),
                References.withoutFeatures(SoundTables.scores(), SoundTables.features()),
                References.unknownModels(
                    SoundTables.scores(), "model_version", SoundTables.models()),
                References.unpublishedRuns("run", SoundTables.scores(), SoundTables.published()),
                References.otherDates(SoundTables.scores(), SoundTables.published()),
                histories(SoundTables.scores()).previousTiers(),
                histories(SoundTables.scores()).tierSince(),
                histories(SoundTables.scores()).transitions(SoundTables.transitions()),
                histories(SoundTables.scores()).changes(SoundTables.changes()),
                ActivityTotals.differences(SoundTables.engagements(), SoundTables.activity()),
                PublishedNight.differences(SoundTables.scores(), SoundTables.scores()))
            .reduce(Dataset::unionByName)
            .orElseThrow()
            .collectAsList();
    assertThat(found).hasSizeGreaterThan(40);
    assertThat(found)
        .allSatisfy(row -> assertThat(row.<Long>getAs("offending")).as("%s", row).isZero());
  }

  static Stream<Corruption> corruptions() {
    return Stream.of(
            rows(), otherRows(), keys(), references(), histories(), activityAndPublishedTables())
        .flatMap(planted -> planted);
  }

  private static Stream<Corruption> rows() {
    return Stream.of(
        score("no tier", "required_columns", "tier", "NULL"),
        score("a probability above one", "probability_range", "probability", "1.5D"),
        score(
            "a probability that is no number", "probability_range", "probability", "double('NaN')"),
        score("a probability of zero", "probability_clipped", "probability", "0D"),
        score("a probability that reasons do not give", "reasons_sum", "probability", "0.500001D"),
        score("no reasons", "reasons_sum", "reasons", "NULL"),
        score("no model", "model_behind_probability", "model_version", "NULL"),
        score("a rank beyond the last", "percentile_range", "percentile", "100.5D"),
        score("a temperature below zero", "temperature_range", "temperature", "-1D"),
        score("a tier of another name", "tier_name", "tier", "'tepid'"),
        score("warmth forgotten", "warmth_remembered", "has_been_warm", "false"),
        score(
            "a tier held from tomorrow on",
            "tier_since_not_later",
            "tier_since",
            "DATE'2026-01-03'"),
        score("parts of BANT miscounted", "known_parts_counted", "bant_score", "3"));
  }

  private static Stream<Corruption> otherRows() {
    Dataset<Row> activity = SoundTables.activity();
    Dataset<Row> changes = SoundTables.changes();
    return Stream.of(
        row(DailyActivity.TABLE, "some_events", set(activity, "events", ANY, "0L")),
        row(
            DailyActivity.TABLE,
            "within_the_day",
            set(activity, "day", "events = 1", "DATE'2026-01-03'")),
        row(
            Leads.TABLE,
            "valid_for_a_while",
            set(SoundTables.leads(), "valid_to", "valid_to IS NOT NULL", "valid_from")),
        row(ScoreChanges.TABLE, "parts_add_up", set(changes, "by_decay", ANY, "-0.1000001D")),
        row(
            ScoreChanges.TABLE,
            "is_the_difference",
            set(set(changes, "delta", ANY, "0.01D"), "by_model", ANY, "0.01D")),
        row(IngestedFiles.TABLE, "account", set(SoundTables.files(), "accepted", ANY, "2L")),
        row(Models.TABLE, "status_known", set(SoundTables.models(), "status", ANY, "'winner'")),
        row(
            Models.TABLE,
            "stored_unless_refused",
            set(SoundTables.models(), "digest", ANY, "NULL")));
  }

  private static Stream<Corruption> keys() {
    Dataset<Row> scores = SoundTables.scores();
    return Stream.of(
        new Corruption(
            "a lead twice on one date",
            "one row per lead_id, score_date",
            Keys.repeated(scores.union(scores.where(ADA)), LeadScores.TABLE)),
        new Corruption(
            "a date scored by two runs",
            "one_run_per_date",
            Keys.mixedNights(set(scores, "run_id", ADA, "'r9'"))),
        new Corruption(
            "two champions",
            "one_champion",
            Keys.champions(set(SoundTables.models(), "status", ANY, "'champion'"))),
        new Corruption(
            "versions of a lead that overlap",
            "versions_follow",
            Keys.brokenVersions(set(SoundTables.leads(), "valid_to", ANY, "NULL"))));
  }

  private static Stream<Corruption> references() {
    Dataset<Row> scores = SoundTables.scores();
    Dataset<Row> others = scores.where("NOT (" + ADA + ")");
    return Stream.of(
        new Corruption(
            "a score of nobody",
            "lead",
            References.unknownLeads("lead", scores, SoundTables.leads().where("lead_id <> 'ada'"))),
        new Corruption(
            "features without a score",
            "belongs_to_a_score",
            References.withoutScore(SoundTables.features(), others)),
        new Corruption(
            "a change without a score",
            "belongs_to_a_score",
            References.withoutScore(SoundTables.changes(), others)),
        new Corruption(
            "a score without features",
            "has_features",
            References.withoutFeatures(scores, SoundTables.features().where("NOT (" + ADA + ")"))),
        new Corruption(
            "a model that is not registered",
            "model_is_registered",
            References.unknownModels(
                set(scores, "model_version", ADA, "'m9'"), "model_version", SoundTables.models())),
        new Corruption(
            "a published table of a run that never finished",
            "run",
            References.unpublishedRuns(
                "run", scores, SoundTables.published().where("run_id <> 'r2'"))),
        new Corruption(
            "a run that scored another date",
            "run_scored_the_date",
            References.otherDates(
                scores, set(SoundTables.published(), "score_date", ANY, "DATE'2026-01-02'"))));
  }

  private static Stream<Corruption> histories() {
    Dataset<Row> scores = SoundTables.scores();
    Dataset<Row> moves = SoundTables.transitions();
    Dataset<Row> changes = SoundTables.changes();
    return Stream.of(
        new Corruption(
            "another tier before",
            "previous_tier_was_published",
            histories(set(scores, "previous_tier", ADA, "'cold'")).previousTiers()),
        new Corruption(
            "a tier held since another date",
            "tier_since_follows",
            histories(set(scores, "tier_since", ADA, "DATE'2026-01-01'")).tierSince()),
        move("a move without a transition", moves.where("NOT (" + ADA + ")")),
        move("a transition to another tier", set(moves, "to_tier", ADA, "'cold'")),
        move("a rise that is called a fall", set(moves, "kind", ADA, "'cooled'")),
        move("a lead that left without a word", moves.where("kind <> 'closed'")),
        move(
            "a transition without a move",
            moves.union(set(moves.where(ADA), "lead_id", ANY, "'bob'"))),
        change(
            "a change from another probability", set(changes, "previous_probability", ANY, "0.4D")),
        change("a change to another probability", set(changes, "probability", ANY, "0.6D")),
        change(
            "a change since another date",
            set(changes, "previous_score_date", ANY, "DATE'2025-12-31'")));
  }

  private static Stream<Corruption> activityAndPublishedTables() {
    Dataset<Row> scores = SoundTables.scores();
    return Stream.of(
        totals("an engagement lost", SoundTables.engagements().where("event_id <> 'e1'")),
        totals(
            "an engagement more",
            SoundTables.engagements().union(SoundTables.engagements().where("event_id = 'e1'"))),
        totals("an amount changed", set(SoundTables.engagements(), "value", "value > 0", "2.6BD")),
        totals("another signal", set(SoundTables.engagements(), "signal", ANY, "'call'")),
        published("a lead not published", scores.where("NOT (" + ADA + ")")),
        published("an old row published", set(scores, "trend", ADA, "'heating'")));
  }

  private static Corruption score(String what, String rule, String column, String value) {
    return new Corruption(
        what,
        rule,
        RowRules.offences(set(SoundTables.scores(), column, ADA, value), LeadScores.TABLE));
  }

  private static Corruption row(TableContract table, String rule, Dataset<Row> rows) {
    return new Corruption(table.name() + " " + rule, rule, RowRules.offences(rows, table));
  }

  private static Corruption move(String what, Dataset<Row> transitions) {
    return new Corruption(
        what, "every_move_once", histories(SoundTables.scores()).transitions(transitions));
  }

  private static Corruption change(String what, Dataset<Row> changes) {
    return new Corruption(
        what, "from_and_to_published", histories(SoundTables.scores()).changes(changes));
  }

  private static Corruption totals(String what, Dataset<Row> engagements) {
    return new Corruption(
        what,
        "same_as_engagements",
        ActivityTotals.differences(engagements, SoundTables.activity()));
  }

  private static Corruption published(String what, Dataset<Row> published) {
    return new Corruption(
        what, "is_the_newest_night", PublishedNight.differences(SoundTables.scores(), published));
  }

  private static Histories histories(Dataset<Row> scores) {
    return new Histories(
        scores, SoundTables.scores().where("score_date = '2026-01-01'"), SoundTables.dates());
  }

  /** The frame with one column changed in some rows. */
  private static Dataset<Row> set(Dataset<Row> rows, String column, String where, String value) {
    return rows.withColumn(
        column,
        when(expr(where), expr(value).cast(rows.schema().apply(column).dataType()))
            .otherwise(col(column)));
  }
}
