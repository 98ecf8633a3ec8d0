package io.warmlead.temperature;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.RunSettings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.testing.Frames;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Every kind of move between tiers, and what is remembered of earlier ones. */
final class MovesTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T00:00:00Z");
  private static final RunSettings RUN = SettingsLoader.load(List.of(), List.of()).run();
  private static final LocalDate DATE = LocalDate.parse("2026-03-10");

  @Test
  void everyMoveHasItsKindAndItsTrigger() {
    Timestamp old = time("2026-03-01T00:00:00Z");
    Timestamp recent = time("2026-03-09T00:00:00Z");
    Date since = Date.valueOf("2026-03-05");
    String schema =
        "lead_id STRING, segment STRING, tier STRING, tier_reason STRING, previous_tier STRING,"
            + " previous_tier_since DATE, is_rewarmed BOOLEAN, last_inbound_at TIMESTAMP,"
            + " last_inbound_signal STRING, previous_inbound_at TIMESTAMP, model_version STRING,"
            + " previous_model_version STRING, policy_version STRING,"
            + " previous_policy_version STRING";
    Dataset<Row> leads =
        Frames.frame(
            schema,
            row(
                "new",
                "s",
                "warm",
                "engaged",
                null,
                null,
                false,
                recent,
                "page_view",
                null,
                "1",
                null,
                "p",
                null),
            row(
                "heated",
                "s",
                "hot",
                "asked to buy",
                "warm",
                since,
                false,
                recent,
                "demo_request",
                old,
                "1",
                "1",
                "p",
                "p"),
            row(
                "cooled",
                "s",
                "cold",
                "faded",
                "warm",
                since,
                false,
                old,
                "page_view",
                old,
                "1",
                "1",
                "p",
                "p"),
            row(
                "rewarmed",
                "s",
                "warm",
                "engaged",
                "cold",
                since,
                true,
                recent,
                "email_reply",
                old,
                "1",
                "1",
                "p",
                "p"),
            row(
                "stayed",
                "s",
                "warm",
                "engaged",
                "warm",
                since,
                true,
                recent,
                "page_view",
                old,
                "1",
                "1",
                "p",
                "p"),
            row(
                "by model",
                "s",
                "warm",
                "probability",
                "cold",
                since,
                false,
                old,
                "page_view",
                old,
                "2",
                "1",
                "p",
                "p"),
            row(
                "by policy",
                "s",
                "cold",
                "faded",
                "warm",
                since,
                false,
                old,
                "page_view",
                old,
                "1",
                "1",
                "q",
                "p"),
            row(
                "by hand",
                "s",
                "hot",
                "set by hand",
                "cold",
                since,
                false,
                old,
                "page_view",
                old,
                "1",
                "1",
                "p",
                "p"),
            row(
                "opted out",
                "s",
                "cold",
                "opted out",
                "hot",
                since,
                false,
                old,
                "page_view",
                old,
                "1",
                "1",
                "p",
                "p"));
    Dataset<Row> before =
        Frames.frame(
            "lead_id STRING, segment STRING, tier STRING, tier_since DATE",
            row("heated", "s", "warm", since),
            row("closed", "s", "hot", since));
    Dataset<Row> outcomes =
        Frames.frame(
            "lead_id STRING, outcome STRING, occurred_at TIMESTAMP, closes BOOLEAN",
            row("closed", "won", recent, true),
            row("closed", "asked", recent, false));
    Map<String, String> found = new HashMap<>();
    Moves.transitions(withCauses(leads), before, outcomes, DATE, AS_OF)
        .collectAsList()
        .forEach(
            move ->
                found.put(
                    move.getAs("lead_id"),
                    move.getAs("from_tier")
                        + " to "
                        + move.getAs("to_tier")
                        + ", "
                        + move.getAs("kind")
                        + " by "
                        + move.getAs("trigger_signal")
                        + " after "
                        + move.getAs("dwell_days")));
    assertThat(found)
        .containsOnly(
            Map.entry("new", "null to warm, new by page_view after null"),
            Map.entry("heated", "warm to hot, heated by demo_request after 5"),
            Map.entry("cooled", "warm to cold, cooled by silence after 5"),
            Map.entry("rewarmed", "cold to warm, rewarmed by email_reply after 5"),
            Map.entry("by model", "cold to warm, heated by model after 5"),
            Map.entry("by policy", "warm to cold, policy by policy after 5"),
            Map.entry("by hand", "cold to hot, heated by set by hand after 5"),
            Map.entry("opted out", "hot to cold, cooled by opt_out after 5"),
            Map.entry("closed", "hot to null, closed by won after 5"));
  }

  @Test
  void historyKeepsSinceWhenAndWhetherALeadCameBack() {
    Date since = Date.valueOf("2026-03-01");
    Long recent = micros("2026-03-09T10:00:00Z");
    Long old = micros("2026-02-20T10:00:00Z");
    Dataset<Row> leads =
        Frames.frame(
            "lead_id STRING, tier STRING, probability DOUBLE, previous_tier STRING,"
                + " previous_tier_since DATE, previous_has_been_warm BOOLEAN,"
                + " previous_is_rewarmed BOOLEAN, previous_probability DOUBLE,"
                + " strong_total BIGINT, strong_enter BIGINT, inbound_7d BIGINT, inbound_30d BIGINT,"
                + " last_inbound_micros BIGINT",
            row("back", "warm", 0.3, "cold", since, true, false, 0.1, 0L, 0L, 1L, 1L, recent),
            row(
                "back by the level",
                "warm",
                0.3,
                "cold",
                since,
                true,
                false,
                0.1,
                0L,
                0L,
                1L,
                1L,
                old),
            row("cold", "cold", 0.1, "cold", since, false, false, 0.3, 2L, 0L, 0L, 0L, null),
            row("first", "warm", 0.3, null, null, null, null, null, 1L, 1L, 1L, 1L, null),
            row("stays back", "hot", 0.3, "warm", since, true, true, 0.3, 0L, 0L, 1L, 1L, old),
            row("new and silent", "cold", 0.1, null, null, null, null, null, 2L, 0L, 0L, 0L, null),
            row("new and engaged", "cold", 0.1, null, null, null, null, null, 2L, 1L, 1L, 1L, null),
            row("reopened", "hot", 0.3, null, null, null, null, null, 1L, 1L, 1L, 1L, recent),
            row(
                "reopened, cold",
                "cold",
                0.1,
                null,
                null,
                null,
                null,
                null,
                1L,
                1L,
                1L,
                1L,
                recent),
            row("returned hot", "hot", 0.3, "cold", since, false, false, 0.3, 1L, 1L, 1L, 1L, null),
            row("returned", "warm", 0.3, "cold", since, false, false, 0.3, 1L, 1L, 1L, 1L, null),
            row("returned, new", "warm", 0.3, null, null, null, null, null, 1L, 1L, 1L, 1L, null),
            row("steady", "warm", null, "warm", since, true, false, null, 0L, 0L, 1L, 4L, null));
    List<String> found =
        Moves.withHistory(
                leads
                    .withColumn("has_come_back", col("lead_id").startsWith("returned"))
                    .withColumn("was_closed", col("lead_id").startsWith("reopened"))
                    // The level has moved, which is no trend.
                    .withColumn("level_shift", lit(0.7))
                    .withColumn("previous_level_shift", lit(0))
                    .withColumn("model_version", lit("m"))
                    .withColumn("previous_model_version", lit("before"))
                    .withColumn("previous_trend", lit(null).cast("string"))
                    .withColumn("probability", moved(col("probability"), 0.7))
                    .withColumn(
                        "trend_log_odds",
                        log(
                            col("previous_probability")
                                .divide(lit(1).minus(col("previous_probability"))))),
                DATE,
                RUN)
            .orderBy("lead_id")
            .select("lead_id", "tier_since", "has_been_warm", "is_rewarmed", "trend")
            .collectAsList()
            .stream()
            .map(row -> row.mkString(" "))
            .toList();
    assertThat(found)
        .containsExactly(
            "back 2026-03-10 true true heating",
            "back by the level 2026-03-10 true false heating",
            "cold 2026-03-01 false false cooling",
            "first 2026-03-10 true false new",
            "new and engaged 2026-03-10 false false new",
            "new and silent 2026-03-10 true false new",
            "reopened 2026-03-10 true true new",
            "reopened, cold 2026-03-10 false false new",
            "returned 2026-03-10 true true steady",
            "returned hot 2026-03-10 true true steady",
            "returned, new 2026-03-10 true true new",
            "stays back 2026-03-10 true true steady",
            "steady 2026-03-01 true false steady");
  }

  @Test
  void trendsOfYoungLeadsCompareWithTheNightBeforeAndNoNewModelChangesThem() {
    Dataset<Row> leads =
        Frames.frame(
                "lead_id STRING, probability DOUBLE, previous_probability DOUBLE,"
                    + " previous_model_version STRING, previous_trend STRING,"
                    + " trend_log_odds DOUBLE, previous_tier STRING",
                row("a week", 0.3, 0.3, "m", "steady", -3D, "warm"),
                row("new model", 0.9, 0.1, "old", "cooling", null, "warm"),
                row("new model, new lead", 0.9, 0.1, "old", "new", null, "warm"),
                row("young, falling", 0.1, 0.3, "m", "new", null, "warm"),
                row("young, still", 0.3, 0.3, "m", "new", null, "warm"))
            .selectExpr(
                "*",
                "'warm' AS tier",
                "false AS has_come_back",
                "false AS was_closed",
                "'m' AS model_version",
                "0D AS level_shift",
                "0D AS previous_level_shift",
                "DATE'2026-03-01' AS previous_tier_since",
                "true AS previous_has_been_warm",
                "false AS previous_is_rewarmed",
                // By the rate of a week all would be heating.
                "9L AS inbound_7d",
                "9L AS inbound_30d",
                "1L AS strong_total",
                "1L AS strong_enter",
                "CAST(NULL AS BIGINT) AS last_inbound_micros");
    assertThat(
            Moves.withHistory(leads, DATE, RUN)
                .orderBy("lead_id")
                .select("lead_id", "trend")
                .collectAsList())
        .containsExactly(
            row("a week", "heating"),
            row("new model", "cooling"),
            row("new model, new lead", "steady"),
            row("young, falling", "cooling"),
            row("young, still", "steady"));
  }

  private static Column moved(Column probability, double logOdds) {
    Column odds = probability.divide(lit(1).minus(probability)).multiply(lit(Math.exp(logOdds)));
    return odds.divide(odds.plus(1));
  }

  private static Dataset<Row> withCauses(Dataset<Row> leads) {
    Dataset<Row> all =
        leads
            .withColumn("previous_tier_reason", lit(null).cast("string"))
            .withColumn("last_ask_at", lit(null).cast("timestamp"))
            .withColumn("last_ask_signal", lit("demo_request"))
            .withColumn("last_strong_at", col("last_ask_at"))
            .withColumn("last_strong_signal", lit(null).cast("string"));
    for (String cause : ScoreLedger.CAUSES) {
      all = all.withColumn(cause, lit(null).cast("double"));
    }
    return all;
  }

  private static Long micros(String text) {
    return Instant.parse(text).getEpochSecond() * 1_000_000;
  }

  private static Timestamp time(String text) {
    return Timestamp.from(Instant.parse(text));
  }
}
