package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.LeadScores;
import io.warmlead.table.TableContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of others stay, and name an erased person no more. */
final class ErasedTextsTest {
  @TempDir private Path folder;

  private Lake lake;

  @BeforeEach
  void write() {
    lake = TestRuns.run("r", folder).lake();
    lake.append(
        Engagements.TABLE,
        TestRuns.filled(
            Engagements.TABLE,
            frame(
                    "event_id STRING, lead_id STRING, event STRING, signal STRING, asset STRING",
                    row("1", "bob", "Meeting with L-17", "meeting", "room of L-17, floor 17"),
                    row("2", "cyd", "Call L-170", "call", "L-17x"))
                .withColumn(
                    "attributes",
                    expr("if(lead_id = 'bob', map('note', 'ask L-17 (a.b)', 'n', '17'), map())"))));
    lake.append(
        DailyActivity.TABLE,
        TestRuns.filled(
            DailyActivity.TABLE,
            frame("lead_id STRING, signal STRING, channel STRING", row("bob", "To L-17", "web"))
                .withColumn(
                    "last_asset",
                    expr(
                        "struct(timestamp'2026-01-01 00:00:00' AS at, 'room of L-17' AS asset)"))));
    lake.append(
        LeadScores.TABLE,
        TestRuns.filled(
            LeadScores.TABLE,
            frame("lead_id STRING, tier STRING", row("bob", "warm"))
                .withColumn("next_action_asset", lit("room of L-17"))
                .withColumn("probability", lit(0.5D))
                .withColumn("model_version", lit("m"))
                .withColumn(
                    "reasons",
                    lit(null).cast(LeadScores.TABLE.schema().apply("reasons").dataType()))));
  }

  @Test
  void idsThatStandByThemselvesAreReplacedInEveryText() {
    Map<TableContract, Long> changed = new ErasedTexts(lake).erase(List.of("L-17", "a.b"));
    assertThat(changed)
        .containsOnly(
            Map.entry(Engagements.TABLE, 1L),
            Map.entry(DailyActivity.TABLE, 1L),
            Map.entry(LeadScores.TABLE, 1L));
    assertThat(
            lake.read(Engagements.TABLE)
                .orderBy("event_id")
                .selectExpr("event", "asset", "attributes['note']", "attributes['n']")
                .collectAsList())
        .containsExactly(
            row(
                "Meeting with [erased]",
                "room of [erased], floor 17",
                "ask [erased] ([erased])",
                "17"),
            row("Call L-170", "L-17x", null, null));
    assertThat(
            lake.read(DailyActivity.TABLE)
                .selectExpr("signal", "last_asset.asset", "last_asset.at IS NULL")
                .collectAsList())
        .containsExactly(row("To [erased]", "room of [erased]", false));
    assertThat(
            lake.read(LeadScores.TABLE)
                .selectExpr("next_action_asset", "probability", "reasons IS NULL")
                .collectAsList())
        .containsExactly(row("room of [erased]", 0.5, true));
  }

  @Test
  void theLogOfATableDoesNotTellWhoWasErased() throws IOException {
    new ErasedTexts(lake).erase(List.of("L-17"));
    try (Stream<Path> log = Files.list(folder.resolve("engagements/_delta_log"))) {
      for (Path file : log.filter(path -> path.toString().endsWith(".json")).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain("L-17");
      }
    }
    assertThat(new ErasedTexts(lake).erase(List.of("L-17"))).as("again").isEmpty();
  }

  @Test
  void numbersOfFewDigitsMayCountAnything() {
    assertThat(new ErasedTexts(lake).erase(List.of("17"))).isEmpty();
  }
}
