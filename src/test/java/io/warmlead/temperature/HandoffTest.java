package io.warmlead.temperature;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.SettingsException;
import io.warmlead.config.SettingsLoader;
import io.warmlead.testing.Frames;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** A lead rises to marketing and to sales, and never falls back without a word. */
final class HandoffTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-03-10");
  private static final Date EARLIER = Date.valueOf("2026-03-01");
  private static final String LEADS =
      "lead_id STRING, tier STRING, tier_reason STRING, probability DOUBLE, bant_score INT,"
          + " engagement_points DOUBLE, segment STRING, sql_signals BIGINT,"
          + " last_inbound_micros BIGINT, previous_handoff_stage STRING, previous_handoff_at DATE,"
          + " previous_handoff_reason STRING, answer STRING, answered_at TIMESTAMP";

  @Test
  void aStageRisesIsKeptAndFallsOnlyToReturnedWithTheReason() {
    Dataset<Row> leads =
        Frames.frame(
            LEADS,
            lead("a warm newcomer", "warm", "engaged", null, null),
            lead("b hot newcomer", "hot", "asked to buy", null, null),
            lead("c cold newcomer", "cold", "faded", null, null),
            lead("d cooler but still warm", "warm", "engaged", "SQL", null),
            lead("e gone cold", "cold", "faded", "SQL", null),
            lead("f rises", "hot", "probability", "MQL", null),
            lead("g still returned", "cold", "faded", "returned", null),
            lead("h came back", "warm", "engaged", "returned", null));
    Frames.assertSameRows(
        Frames.frame(
            "lead_id STRING, handoff_stage STRING NOT NULL, handoff_at DATE, handoff_reason STRING",
            row("a warm newcomer", "MQL", Date.valueOf(TODAY), "warm: engaged"),
            row("b hot newcomer", "SQL", Date.valueOf(TODAY), "hot: asked to buy"),
            row("c cold newcomer", "none", null, null),
            row("d cooler but still warm", "SQL", EARLIER, "earlier"),
            row("e gone cold", "returned", Date.valueOf(TODAY), "went cold: faded"),
            row("f rises", "SQL", Date.valueOf(TODAY), "hot: probability"),
            row("g still returned", "returned", EARLIER, "earlier"),
            row("h came back", "MQL", Date.valueOf(TODAY), "warm: engaged")),
        handoff().withStage(leads, TODAY).select(stageColumns()),
        "lead_id");
  }

  @Test
  void salesTakesALeadOrGivesItBackUntilTheLeadActsAgain() {
    Handoff handoff = handoff("handoff.accepted=[taken]", "handoff.rejected=[junk]");
    Dataset<Row> outcomes =
        Frames.frame(
            "lead_id STRING, outcome STRING, occurred_at TIMESTAMP",
            row("taken", "taken", time("2026-03-05T00:00:00Z")),
            row("given back", "taken", time("2026-03-04T00:00:00Z")),
            row("given back", "junk", time("2026-03-05T00:00:00Z")),
            row("acted again", "junk", time("2026-03-05T00:00:00Z")),
            row("answered later", "junk", time("2026-03-10T00:00:00Z")));
    Dataset<Row> leads =
        Frames.frame(
                LEADS,
                lead("taken", "warm", "engaged", "MQL", null),
                lead("given back", "warm", "engaged", "MQL", time("2026-03-03T00:00:00Z")),
                lead("acted again", "warm", "engaged", "returned", time("2026-03-06T00:00:00Z")),
                lead("answered later", "warm", "engaged", "MQL", null))
            .drop("answer", "answered_at")
            .join(
                handoff.answers(outcomes, Instant.parse("2026-03-10T00:00:00Z")),
                new String[] {"lead_id"},
                "left_outer");
    Frames.assertSameRows(
        Frames.frame(
            "lead_id STRING, handoff_stage STRING NOT NULL, handoff_reason STRING, handoff_accepted BOOLEAN",
            row("taken", "SQL", "taken by sales: taken", true),
            row("given back", "returned", "given back by sales: junk", false),
            row("acted again", "MQL", "warm: engaged", false),
            row("answered later", "MQL", "earlier", null)),
        handoff
            .withStage(leads, TODAY)
            .select("lead_id", "handoff_stage", "handoff_reason", "handoff_accepted"),
        "lead_id");
  }

  @Test
  void allCriteriaOfAStageMustHold() {
    Dataset<Row> leads =
        Frames.frame(
            LEADS,
            scored("enough", 0.3, 2, 50D, "enterprise", 1L),
            scored("enough, written otherwise", 0.3, 2, 50D, "Enterprise", 1L),
            scored("improbable", 0.1, 2, 50D, "enterprise", 1L),
            scored("unknown need", 0.3, 1, 50D, "enterprise", 1L),
            scored("few points", 0.3, 2, 10D, "enterprise", 1L),
            scored("too small", 0.3, 2, 50D, "smb", 1L),
            scored("no signal", 0.3, 2, 50D, "enterprise", 0L),
            scored("no model", null, 2, 50D, "enterprise", 1L));
    List<String> sql =
        handoff(
                "handoff.sql.min_probability=0.2",
                "handoff.sql.min_bant=2",
                "handoff.sql.min_points=20",
                "handoff.sql.segments=[enterprise]",
                "handoff.sql.signals=[demo_request]")
            .withStage(leads, TODAY)
            .where("handoff_stage = 'SQL'")
            .select("lead_id")
            .collectAsList()
            .stream()
            .map(found -> found.getString(0))
            .toList();
    assertThat(sql).containsExactly("enough", "enough, written otherwise");
  }

  @Test
  void contradictoryCriteriaAreRefusedByName() {
    assertThatThrownBy(() -> handoff("handoff.accepted=[won]", "handoff.rejected=[won]"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("both name won");
    assertThatThrownBy(() -> handoff("handoff.sql.signals=[demo_requst]"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("Did you mean demo_request?");
    assertThatThrownBy(() -> handoff("handoff.mql.min_bant=5"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("handoff.mql.min_bant");
  }

  private static Handoff handoff(String... assignments) {
    return new Handoff(SettingsLoader.load(List.of(), List.of(assignments)).handoff());
  }

  private static org.apache.spark.sql.Column[] stageColumns() {
    return java.util.stream.Stream.of("lead_id", "handoff_stage", "handoff_at", "handoff_reason")
        .map(org.apache.spark.sql.functions::col)
        .toArray(org.apache.spark.sql.Column[]::new);
  }

  private static Row lead(
      String id, String tier, String reason, String stageBefore, Timestamp inbound) {
    return row(
        id,
        tier,
        reason,
        0.5,
        0,
        0D,
        "s",
        0L,
        inbound == null ? null : inbound.getTime() * 1_000,
        stageBefore,
        stageBefore == null ? null : EARLIER,
        stageBefore == null ? null : "earlier",
        null,
        null);
  }

  private static Row scored(
      String id, Double probability, int bant, double points, String segment, long signals) {
    return row(
        id,
        "hot",
        "probability",
        probability,
        bant,
        points,
        segment,
        signals,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Timestamp time(String text) {
    return Timestamp.from(Instant.parse(text));
  }
}
