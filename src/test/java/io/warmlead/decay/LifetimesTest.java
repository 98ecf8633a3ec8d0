package io.warmlead.decay;

import static io.warmlead.decay.DecayFrames.frame;
import static io.warmlead.decay.DecayFrames.number;
import static io.warmlead.decay.DecayFrames.row;
import static io.warmlead.decay.DecayFrames.sorted;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.decay.Lifetimes.History;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class LifetimesTest {
  private static final String LEADS =
      "lead_id STRING, created_at TIMESTAMP, segment STRING, source STRING";
  private static final String OUTCOMES =
      "lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN";
  private static final String TOUCHES =
      "lead_id STRING, signal STRING, channel STRING, first_at TIMESTAMP, direction STRING";
  private static final Instant LOG_BEGINS = Instant.parse("2023-12-01T00:00:00Z");
  private static final Instant AS_OF = Instant.parse("2024-03-01T00:00:00Z");
  private static final int SILENT_AFTER_DAYS = 10;
  private static final boolean WON = true;
  private static final boolean LOST = false;

  @Test
  void aLeadIsWatchedFromItsCreationUntilItConvertsIsLostOrTheHistoryEnds() {
    Dataset<Row> leads =
        frame(
            LEADS,
            row("open", at("2024-02-28T06:00:00Z"), "smb", "web"),
            row("lost", at("2024-01-01T00:00:00Z"), "smb", "web"),
            row("lost_then_won", at("2024-01-01T00:00:00Z"), "smb", "web"),
            row("won", at("2024-01-01T00:00:00Z"), "smb", "web"),
            row("won_too_late", at("2024-02-01T00:00:00Z"), "smb", "web"),
            row("not_yet_there", at(AS_OF.toString()), "smb", "web"));
    Dataset<Row> outcomes =
        frame(
            OUTCOMES,
            row("lost", at("2024-01-11T00:00:00Z"), LOST, true),
            row("lost_then_won", at("2024-01-04T01:00:00Z"), LOST, true),
            row("lost_then_won", at("2024-01-21T12:00:00Z"), WON, true),
            row("won", at("2024-01-21T12:00:00Z"), WON, true),
            row("won", at("2024-01-25T12:00:00Z"), LOST, true),
            row("won_too_late", at(AS_OF.toString()), WON, true));

    List<String> overall = told(lifetimes(leads, outcomes, touches()), "overall", "all");

    assertThat(overall)
        .containsExactly(
            "lost 10.0 watched",
            "lost_then_won 3.0416666666666665 watched",
            "open 1.75 watched",
            "won 20.5 converted",
            "won_too_late 29.0 watched");
  }

  @Test
  void everyLeadIsInOneSegmentAndOneSourceWhetherKnownOrNot() {
    Dataset<Row> leads = frame(LEADS, row("a", at("2024-02-01T00:00:00Z"), null, "web"));

    Dataset<Row> lifetimes = lifetimes(leads, frame(OUTCOMES), touches());

    assertThat(sorted(lifetimes.select("dimension", "value", "origin"), "dimension"))
        .containsExactly(
            row("overall", "all", "lead_creation"),
            row("segment", "unknown", "lead_creation"),
            row("source", "web", "lead_creation"));
  }

  @Test
  void touchesAreMeasuredFromTheFirstOfTheirSignalAndOfTheirChannel() {
    Dataset<Row> touches =
        touches(
            row("a", "click", "email", at("2024-02-03T00:00:01Z"), "inbound"),
            row("a", "click", "web", at("2024-02-02T00:00:01Z"), "inbound"),
            row("a", "sent", "email", at("2024-02-01T00:00:01Z"), "outbound"),
            row("a", "visit", "web", at(AS_OF.toString()), "inbound"));
    Dataset<Row> lifetimes =
        lifetimes(
            frame(LEADS),
            frame(OUTCOMES, row("a", at("2024-02-05T00:00:01Z"), WON, true)),
            touches);

    assertThat(told(lifetimes, "signal", "click")).containsExactly("a 3.0 converted");
    assertThat(told(lifetimes, "signal", "sent")).containsExactly("a 4.0 converted");
    assertThat(told(lifetimes, "signal", "visit")).isEmpty();
    assertThat(told(lifetimes, "channel", "email")).containsExactly("a 4.0 converted");
    assertThat(told(lifetimes, "channel", "web")).containsExactly("a 3.0 converted");
  }

  @Test
  void whoConvertedOrWasLostBeforeTheOriginIsSetAsideAndCounted() {
    Dataset<Row> leads =
        frame(
            LEADS,
            row("won", at("2024-02-03T00:00:00Z"), "smb", "web"),
            row("lost", at("2024-02-03T00:00:00Z"), "smb", "web"),
            row("unknown", null, "smb", "web"),
            row("open", at("2024-02-03T00:00:00Z"), "smb", "web"));
    Dataset<Row> outcomes =
        frame(
            OUTCOMES,
            row("won", at("2024-02-01T10:00:00Z"), WON, true),
            row("lost", at("2024-02-01T00:00:00Z"), LOST, true));
    Dataset<Row> lifetimes = lifetimes(leads, outcomes, touches());

    assertThat(told(lifetimes, "overall", "all"))
        .containsExactly(
            "lost lost_before_origin",
            "open 27.0 watched",
            "unknown origin_unknown",
            "won converted_before_origin");
    Row fit =
        HalfLives.fit(DecayFrames.counts(lifetimes), DecayFrames.settings(2, 1, 10))
            .where("dimension = 'overall'")
            .head();
    assertThat(DecayFrames.text(fit, "method"))
        .isEqualTo(
            "withheld: 1 leads, 2 needed; 3 set aside (converted, lost or unknown before day 0)");
  }

  @Test
  void aRepeatPurchaseIsTheFirstOneAfterTheOrigin() {
    Dataset<Row> outcomes =
        frame(
            OUTCOMES,
            row("a", at("2024-02-01T01:00:00Z"), WON, false),
            row("a", at("2024-02-09T01:00:00Z"), WON, false),
            row("a", at("2024-02-20T01:00:00Z"), WON, false));
    Dataset<Row> touches = touches(row("a", "visit", "web", at("2024-02-04T01:00:00Z"), "inbound"));

    assertThat(told(lifetimes(frame(LEADS), outcomes, touches), "signal", "visit"))
        .containsExactly("a 5.0 converted");
  }

  @Test
  void aDateWithoutTimeCountsInWholeDaysFromTheDayOfTheOrigin() {
    Dataset<Row> leads =
        frame(
            LEADS,
            row("next_day", at("2024-02-03T22:00:00Z"), "smb", "web"),
            row("same_day", at("2024-02-03T15:30:00Z"), "smb", "web"));
    // Midnight in Berlin, where the dates were read; 22:00 UTC is still the same day there.
    Dataset<Row> outcomes =
        frame(
            OUTCOMES,
            row("next_day", at("2024-02-03T23:00:00Z"), WON, true),
            row("same_day", at("2024-02-02T23:00:00Z"), WON, true));
    History history = history(leads, outcomes, touches(), ZoneId.of("Europe/Berlin"), false);

    assertThat(told(Lifetimes.of(history), "overall", "all"))
        .containsExactly("next_day 1.0 converted", "same_day 0.0 converted");
  }

  @Test
  void anInboundTouchStartsAnewWhereItReopensALostLead() {
    Dataset<Row> outcomes = frame(OUTCOMES, row("a", at("2024-01-05T09:00:00Z"), LOST, true));
    Dataset<Row> touches =
        touches(
            row("a", "visit", "web", at("2024-02-20T00:00:00Z"), "inbound"),
            row("a", "sent", "email", at("2024-02-20T00:00:00Z"), "outbound"));
    History reopening = history(frame(LEADS), outcomes, touches, ZoneId.of("UTC"), true);

    assertThat(told(Lifetimes.of(reopening), "signal", "visit")).containsExactly("a 10.0 watched");
    assertThat(told(Lifetimes.of(reopening), "signal", "sent"))
        .containsExactly("a lost_before_origin");
    assertThat(told(lifetimes(frame(LEADS), outcomes, touches), "signal", "visit"))
        .containsExactly("a lost_before_origin");
  }

  @Test
  void theFirstThingALeadDidByItselfGivesItsFirstTouchAndItsWeekday() {
    // 2024-02-04 was a Sunday; in Auckland it was Monday by then.
    Dataset<Row> touches =
        touches(
            row("a", "sent", "email", at("2024-02-01T00:00:00Z"), "outbound"),
            row("a", "visit", "web", at("2024-02-04T12:00:00Z"), "inbound"),
            row("a", "click", "email", at("2024-02-04T12:00:00Z"), "inbound"),
            row("a", "demo", "web", at("2024-02-06T12:00:00Z"), "inbound"),
            row("only_sent_to", "sent", "email", at("2024-02-01T00:00:00Z"), "outbound"));
    Dataset<Row> outcomes = frame(OUTCOMES, row("a", at("2024-02-10T12:00:00Z"), WON, true));

    Dataset<Row> lifetimes = lifetimes(frame(LEADS), outcomes, touches);
    Dataset<Row> elsewhere =
        Lifetimes.of(
            history(frame(LEADS), outcomes, touches, ZoneId.of("Pacific/Auckland"), false));

    assertThat(told(lifetimes, "first_touch", "click")).containsExactly("a 6.0 converted");
    assertThat(told(lifetimes, "weekday", "7 Sun")).containsExactly("a 6.0 converted");
    assertThat(told(elsewhere, "weekday", "1 Mon")).containsExactly("a 6.0 converted");
    assertThat(lifetimes.where("dimension IN ('first_touch', 'weekday')").count()).isEqualTo(2);
  }

  @Test
  void aLeadCreatedBeforeTheLogBeginsIsWatchedFromThenOn() {
    Dataset<Row> leads =
        frame(
            LEADS,
            row("early", at("2023-11-21T12:00:00Z"), "smb", "web"),
            row("later", at("2023-12-01T00:00:00Z"), "smb", "web"),
            row("lost", at("2023-11-21T12:00:00Z"), "smb", "web"));
    Dataset<Row> outcomes = frame(OUTCOMES, row("lost", at("2023-12-11T12:00:00Z"), LOST, true));

    Dataset<Row> lifetimes = lifetimes(leads, outcomes, touches()).where("dimension = 'overall'");

    assertThat(sorted(lifetimes.select("lead_id", "entry_days", "is_lost"), "lead_id"))
        .containsExactly(row("early", 9.5, false), row("later", 0D, false), row("lost", 9.5, true));
    assertThat(
            sorted(
                DecayFrames.counts(lifetimes)
                    .where("censored + entered > 0")
                    .selectExpr("minutes / 1440", "censored", "lost", "entered", "late_censored"),
                "(minutes / 1440)"))
        .containsExactly(
            row(9.5, 0L, 0L, 2L, 0L),
            row(20D, 1L, 1L, 0L, 1L),
            row(91D, 1L, 0L, 0L, 0L),
            row(100.5, 1L, 0L, 0L, 1L));
  }

  @Test
  void whoIsLostIsStillKnownNotToHaveConvertedByTheEnd() {
    Dataset<Row> leads =
        frame(
            LEADS,
            row("lost", at("2023-12-01T00:00:00Z"), "smb", "web"),
            row("open", at("2023-12-02T00:00:00Z"), "smb", "web"));
    Dataset<Row> outcomes = frame(OUTCOMES, row("lost", at("2023-12-11T12:00:00Z"), LOST, true));

    Dataset<Row> lifetimes = lifetimes(leads, outcomes, touches()).where("dimension = 'overall'");

    assertThat(sorted(lifetimes.select("lead_id", "duration_days", "watched_days"), "lead_id"))
        .containsExactly(row("lost", 10.5, 91D), row("open", 90D, 90D));
    assertThat(
            sorted(
                DecayFrames.counts(lifetimes)
                    .selectExpr("minutes / 1440", "censored", "lost", "unconverted"),
                "(minutes / 1440)"))
        .containsExactly(
            row(10.5, 1L, 1L, 0L),
            row(11D, 0L, 0L, 0L),
            row(90D, 1L, 0L, 1L),
            row(91D, 0L, 0L, 1L));
  }

  private static Dataset<Row> lifetimes(
      Dataset<Row> leads, Dataset<Row> outcomes, Dataset<Row> touches) {
    return Lifetimes.of(history(leads, outcomes, touches, ZoneId.of("UTC"), false));
  }

  private static History history(
      Dataset<Row> leads,
      Dataset<Row> outcomes,
      Dataset<Row> touches,
      ZoneId zone,
      boolean inboundReopens) {
    return new History(
        leads,
        outcomes,
        touches,
        frame("lead_id STRING, day INT"),
        LOG_BEGINS,
        LOG_BEGINS,
        AS_OF,
        zone,
        zone,
        SILENT_AFTER_DAYS,
        inboundReopens);
  }

  private static Dataset<Row> touches(Row... rows) {
    return frame(TOUCHES, rows);
  }

  private static List<String> told(Dataset<Row> lifetimes, String dimension, String value) {
    return sorted(
            lifetimes.where("dimension = '" + dimension + "' AND value = '" + value + "'"),
            "lead_id")
        .stream()
        .map(LifetimesTest::told)
        .toList();
  }

  private static String told(Row row) {
    String lead = DecayFrames.text(row, "lead_id") + " ";
    if (row.<String>getAs("set_aside") != null) {
      return lead + DecayFrames.text(row, "set_aside");
    }
    return lead
        + number(row, "duration_days")
        + (row.<Boolean>getAs("is_converted") ? " converted" : " watched");
  }

  private static Timestamp at(String instant) {
    return Timestamp.from(Instant.parse(instant));
  }
}
