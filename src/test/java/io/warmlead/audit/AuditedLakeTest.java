package io.warmlead.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.ChallengerScores;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.Models;
import io.warmlead.table.Runs;
import io.warmlead.table.ScoreChanges;
import io.warmlead.table.TableContract;
import io.warmlead.table.TierTransitions;
import io.warmlead.temperature.LeadList;
import io.warmlead.testing.Frames;
import io.warmlead.testing.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command finds by name what was planted in the files of a lake, and nothing in a sound one.
 */
@Tag("night")
final class AuditedLakeTest {
  private static final String ADA = "lead_id = 'ada' AND score_date = '2026-01-02'";
  private static final String ANY = "true";

  @TempDir private Path folder;

  @Test
  void aSoundLakeIsSound() throws IOException {
    write(sound());
    Invocation audit = audit();
    assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
    assertThat(audit.out()).contains("All ", " checks hold");
  }

  @Test
  void eachOfTwentyCorruptionsIsFoundByName() throws IOException {
    Map<TableContract, Dataset<Row>> lake = sound();
    List<String> planted = corrupt(lake);
    write(lake);
    Files.writeString(folder.resolve("_warmlead/models/m1.json"), "{ }");
    Invocation audit = audit();
    assertThat(audit.exitCode()).isEqualTo(3);
    List<String> found =
        planted.stream()
            .filter(
                rule -> audit.lines().stream().anyMatch(line -> line.startsWith("WRONG  " + rule)))
            .toList();
    System.out.printf("%d of %d planted corruptions found%n", found.size(), planted.size());
    assertThat(planted).hasSize(20).doesNotHaveDuplicates();
    assertThat(found).as(audit.out()).isEqualTo(planted);
  }

  /** Plants them; the table and the rule that must tell of each. */
  private static List<String> corrupt(Map<TableContract, Dataset<Row>> lake) {
    set(lake, LeadScores.TABLE, "temperature", ADA, "-1D");
    set(lake, LeadScores.TABLE, "bant_score", ADA, "3");
    set(lake, LeadScores.TABLE, "percentile", ADA, "100.5D");
    set(lake, LeadScores.TABLE, "previous_tier", ADA, "'cold'");
    set(lake, LeadScores.TABLE, "model_version", "lead_id = 'dan'", "'m9'");
    set(lake, LeadScores.TABLE, "probability", "lead_id = 'dan'", "0.500001D");
    set(lake, LeadScores.TABLE, "tier_since", "lead_id = 'dan'", "DATE'2026-01-03'");
    set(lake, LeadScores.TABLE, "trend", "lead_id = 'bob'", "NULL");
    lake.computeIfPresent(LeadScores.CURRENT, (table, rows) -> rows.where("lead_id <> 'bob'"));
    lake.computeIfPresent(TierTransitions.TABLE, (table, rows) -> rows.where("kind <> 'closed'"));
    set(lake, ScoreChanges.TABLE, "by_decay", "lead_id = 'ada'", "-0.2D");
    set(lake, ScoreChanges.TABLE, "previous_probability", "lead_id = 'bob'", "0.4D");
    lake.computeIfPresent(LeadFeatures.TABLE, (table, rows) -> rows.where("NOT (" + ADA + ")"));
    lake.computeIfPresent(Engagements.TABLE, (table, rows) -> rows.where("event_id <> 'e1'"));
    set(lake, DailyActivity.TABLE, "business_events", "events = 1", "2L");
    lake.computeIfPresent(Leads.TABLE, (table, rows) -> rows.union(rows.where("lead_id = 'bob'")));
    set(lake, IngestedFiles.TABLE, "accepted", ANY, "2L");
    set(lake, Models.TABLE, "status", ANY, "'champion'");
    lake.computeIfPresent(
        ChallengerScores.TABLE,
        (table, rows) ->
            rows.withColumn(
                "lead_id", when(col("lead_id").equalTo("dan"), "eve").otherwise(col("lead_id"))));
    return List.of(
        "lead_scores  temperature_range",
        "lead_scores  known_parts_counted",
        "lead_scores  percentile_range",
        "lead_scores  previous_tier_was_published",
        "lead_scores  model_is_registered",
        "lead_scores  reasons_sum",
        "lead_scores  tier_since_not_later",
        "lead_scores  required_columns",
        "lead_scores_current  is_the_newest_night",
        "tier_transitions  every_move_once",
        "score_changes  parts_add_up",
        "score_changes  from_and_to_published",
        "lead_scores  has_features",
        "daily_activity  same_as_engagements",
        "daily_activity  some_events",
        "leads  one row per lead_id, valid_from",
        "ingested_files  account",
        "models  one_champion",
        "challenger_scores  belongs_to_a_score",
        "models  files_as_published");
  }

  private Map<TableContract, Dataset<Row>> sound() {
    Dataset<Row> scores = SoundTables.scores();
    Dataset<Row> newest = scores.where("score_date = '2026-01-02'");
    Map<TableContract, Dataset<Row>> lake = new LinkedHashMap<>();
    lake.put(Engagements.TABLE, SoundTables.engagements());
    lake.put(Leads.TABLE, SoundTables.leads());
    lake.put(IngestedFiles.TABLE, SoundTables.files());
    lake.put(DailyActivity.TABLE, SoundTables.activity());
    lake.put(LeadFeatures.TABLE, SoundTables.features());
    lake.put(LeadScores.TABLE, scores);
    lake.put(LeadScores.CURRENT, newest);
    lake.put(LeadScores.HOT, newest.where(LeadList.HOT.rule()));
    lake.put(LeadScores.COOLING, newest.where(LeadList.COOLING.rule()));
    lake.put(LeadScores.SAVE_TODAY, newest.where(LeadList.SAVE_TODAY.rule()));
    lake.put(LeadScores.REWARMED, newest.where(LeadList.REWARMED.rule()));
    lake.put(TierTransitions.TABLE, ofTheRuns(SoundTables.transitions()));
    lake.put(ScoreChanges.TABLE, ofTheRuns(SoundTables.changes()));
    lake.put(ChallengerScores.TABLE, SoundTables.challengers());
    lake.put(
        Models.TABLE,
        SoundTables.models()
            .withColumn("uri", lit(folder.resolve("_warmlead/models/m1.json").toUri().toString()))
            .withColumn("digest", lit(DigestUtils.sha256Hex("{}"))));
    lake.put(
        Runs.TABLE,
        Frames.filled(
            Runs.TABLE,
            SoundTables.published()
                .withColumn("stage", lit(Runs.WHOLE))
                .withColumn("status", lit("succeeded"))));
    return lake;
  }

  private static Dataset<Row> ofTheRuns(Dataset<Row> rows) {
    return rows.withColumn("run_id", expr("if(score_date = '2026-01-01', 'r1', 'r2')"));
  }

  private static void set(
      Map<TableContract, Dataset<Row>> lake,
      TableContract table,
      String column,
      String where,
      String value) {
    lake.computeIfPresent(
        table,
        (same, rows) ->
            rows.withColumn(
                column,
                when(expr(where), expr(value).cast(rows.schema().apply(column).dataType()))
                    .otherwise(col(column))));
  }

  /** As files without any of the rules that tables of a lake are made with. */
  private void write(Map<TableContract, Dataset<Row>> lake) throws IOException {
    Files.createDirectories(folder.resolve("_warmlead/models"));
    Files.writeString(folder.resolve("_warmlead/models/m1.json"), "{}");
    lake.forEach(
        (table, rows) ->
            rows.coalesce(1)
                .write()
                .format("delta")
                .partitionBy(table.partitionedBy().toArray(String[]::new))
                .save(folder.resolve(table.name()).toString()));
  }

  private Invocation audit() {
    return Invocation.of("audit", "--full", "--lake", folder.toString());
  }
}
