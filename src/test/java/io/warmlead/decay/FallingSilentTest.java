package io.warmlead.decay;

import static io.warmlead.decay.DecayFrames.sorted;
import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Silent after more than ten days; the log begins on 1 December 2023 and ends before 1 March. */
final class FallingSilentTest {
  private static final Instant LOG_BEGINS = Instant.parse("2023-12-01T00:00:00Z");
  private static final String LEADS =
      "lead_id STRING, created_at TIMESTAMP, segment STRING, source STRING";
  private static final String OUTCOMES =
      "lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN";
  private static final String TOUCHES =
      "lead_id STRING, signal STRING, channel STRING, first_at TIMESTAMP, direction STRING";
  private static final String DAYS = "lead_id STRING, day INT";
  private static final boolean WON = true;
  private static final boolean LOST = false;

  @Test
  void aLeadFallsSilentWhenItWasAwayForMoreThanTenDaysForTheFirstTime() {
    Dataset<Row> leads =
        frame(
            LEADS,
            row("never_seen", at("2024-01-01T12:00:00Z"), "smb", "web"),
            row("came_late", at("2024-01-01T12:00:00Z"), "smb", "web"),
            row("stayed", at("2024-01-01T12:00:00Z"), "smb", "web"),
            row("early", at("2023-11-01T12:00:00Z"), "smb", "web"));
    // Days of January: 12 is 11 days after the 1st, and too late; 2, 12, 21 stay within ten days.
    Dataset<Row> touches =
        frame(
            TOUCHES,
            row("came_late", "visit", "web", at("2024-01-12T09:00:00Z"), "inbound"),
            row("stayed", "visit", "web", at("2024-01-02T09:00:00Z"), "inbound"),
            row("stayed", "click", "email", at("2024-01-12T09:00:00Z"), "inbound"),
            row("stayed", "sent", "email", at("2024-01-01T09:00:00Z"), "outbound"));
    Dataset<Row> days =
        frame(
            DAYS,
            row("came_late", january(20)),
            row("came_late", january(12)),
            row("stayed", january(21)),
            row("stayed", january(2)),
            row("stayed", january(12)));
    Dataset<Row> lifetimes = lifetimes(leads, frame(OUTCOMES), touches, days);

    assertThat(silent(lifetimes, "overall"))
        .containsExactly(
            "came_late all 11",
            // Watched from 1 December on, 30 days after its creation.
            "early all 41",
            "never_seen all 11",
            // 21 January and eleven days.
            "stayed all 31");
    assertThat(silent(lifetimes, "signal"))
        .containsExactly(
            "came_late visit 19", "stayed click 20", "stayed sent 31", "stayed visit 30");
  }

  @Test
  void whoFallsSilentAfterTheEndHasNotFallenSilent() {
    Dataset<Row> leads =
        frame(
            LEADS,
            row("away", at("2024-01-01T00:00:00Z"), "smb", "web"),
            row("won_before", at("2024-01-01T00:00:00Z"), "smb", "web"),
            row("won_after", at("2024-01-01T00:00:00Z"), "smb", "web"),
            row("lost_after", at("2024-01-01T00:00:00Z"), "smb", "web"));
    Dataset<Row> outcomes =
        frame(
            OUTCOMES,
            row("won_before", at("2024-01-12T00:00:00Z"), WON, true),
            row("won_after", at("2024-01-13T00:00:00Z"), WON, true),
            row("lost_after", at("2024-01-13T00:00:00Z"), LOST, true));
    Dataset<Row> counts =
        DecayFrames.counts(
            lifetimes(leads, outcomes, frame(TOUCHES), frame(DAYS)).where("dimension = 'overall'"));
    assertThat(
            sorted(
                counts.selectExpr(
                    "minutes / 1440",
                    "converted",
                    "censored",
                    "silent",
                    "silent_converted",
                    "silent_lost",
                    "silent_censored"),
                "(minutes / 1440)"))
        .containsExactly(
            row(11D, 1L, 0L, 3L, 0L, 0L, 0L),
            row(12D, 1L, 1L, 0L, 1L, 1L, 1L),
            row(60D, 0L, 1L, 0L, 0L, 0L, 1L));
  }

  /** Outcomes are known since December, engagements since 10 January only. */
  @Test
  void whoWasWatchedLongBeforeEngagementsWereIsAtNoRiskOfFallingSilent() {
    Dataset<Row> leads =
        frame(
            LEADS,
            row("long before", at("2023-12-20T00:00:00Z"), "smb", "web"),
            row("won before", at("2023-12-20T00:00:00Z"), "smb", "web"),
            row("just before", at("2024-01-02T00:00:00Z"), "smb", "web"),
            row("after", at("2024-01-12T00:00:00Z"), "smb", "web"));
    Dataset<Row> outcomes =
        frame(OUTCOMES, row("won before", at("2023-12-30T00:00:00Z"), WON, true));
    Dataset<Row> lifetimes =
        lifetimes(
                leads, outcomes, frame(TOUCHES), frame(DAYS), Instant.parse("2024-01-10T00:00:00Z"))
            .where("dimension = 'overall'");
    assertThat(sorted(lifetimes.where("may_be_silent").select("lead_id"), "lead_id"))
        .containsExactly(row("long before"), row("won before"));
    assertThat(
            sorted(
                RiskSets.of(DecayFrames.counts(lifetimes), 1)
                    .selectExpr("minutes / 1440", "silent", "at_risk", "at_risk_engaged"),
                "(minutes / 1440)"))
        .containsExactly(
            // The one that was won, whom nobody had seen engage.
            row(10D, 0L, 4L, 2L),
            row(11D, 1L, 3L, 2L),
            // Ten days after 10 January, and one.
            row(19D, 1L, 3L, 1L),
            row(72D, 0L, 1L, 0L));
  }

  private static int january(int day) {
    return (int) LocalDate.of(2024, 1, day).toEpochDay();
  }

  private static List<String> silent(Dataset<Row> lifetimes, String dimension) {
    return sorted(
            lifetimes
                .where("dimension = '" + dimension + "'")
                .selectExpr("concat_ws(' ', lead_id, value, silent_days) AS told"),
            "told")
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static Dataset<Row> lifetimes(
      Dataset<Row> leads, Dataset<Row> outcomes, Dataset<Row> touches, Dataset<Row> inboundDays) {
    return lifetimes(leads, outcomes, touches, inboundDays, LOG_BEGINS);
  }

  private static Dataset<Row> lifetimes(
      Dataset<Row> leads,
      Dataset<Row> outcomes,
      Dataset<Row> touches,
      Dataset<Row> inboundDays,
      Instant engagementsBegin) {
    ZoneId zone = ZoneId.of("UTC");
    return Lifetimes.of(
        new Lifetimes.History(
            leads,
            outcomes,
            touches,
            inboundDays,
            LOG_BEGINS,
            engagementsBegin,
            Instant.parse("2024-03-01T00:00:00Z"),
            zone,
            zone,
            10,
            false));
  }

  private static Timestamp at(String instant) {
    return Timestamp.from(Instant.parse(instant));
  }
}
