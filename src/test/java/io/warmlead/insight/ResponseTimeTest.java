package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.config.RunSettings;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Office hours from 9 to 17 in Berlin, Monday to Friday; horizon of 30 days. */
final class ResponseTimeTest {
  private static final RunSettings RUN =
      new RunSettings(
          ZoneId.of("Europe/Berlin"),
          9,
          17,
          List.of(
              DayOfWeek.MONDAY,
              DayOfWeek.TUESDAY,
              DayOfWeek.WEDNESDAY,
              DayOfWeek.THURSDAY,
              DayOfWeek.FRIDAY));

  private final List<Row> engagements = new ArrayList<>();
  private final List<Row> outcomes = new ArrayList<>();
  private final List<Row> leads = new ArrayList<>();
  private final List<Row> scores = new ArrayList<>();
  private String outcomeZone = RUN.zone().getId();

  @Test
  void tellsTimeByTheClockAndInOfficeHours() {
    // Friday 6 March 2026, 16:50 in Berlin; Monday 9:10.
    lead("weekend", "fair");
    asks("weekend", "2026-03-06T15:50:00Z");
    answered("weekend", "2026-03-09T08:10:00Z");
    // Sunday night; Monday 9:05 is five office minutes later.
    lead("sunday", "fair");
    asks("sunday", "2026-03-08T21:00:00Z");
    answered("sunday", "2026-03-09T08:05:00Z");
    // Thursday 10:00 to the Thursday after, 10:00.
    lead("week", "fair");
    asks("week", "2026-03-05T09:00:00Z");
    answered("week", "2026-03-12T09:00:00Z");
    lead("never", "fair");
    asks("never", "2026-03-05T09:00:00Z");
    Dataset<Row> rows = rows().where("segment = 'all'");
    assertThat(told(rows.where("clock = 'clock'")))
        .containsExactly(
            "1 d: 1, median 665.0", "longer: 2, median 6970.0", "never: 1, median null");
    assertThat(told(rows.where("clock = 'business'")))
        .containsExactly(
            "5 min: 1, median 5.0",
            "30 min: 1, median 20.0",
            "longer: 1, median 2400.0",
            "never: 1, median null");
  }

  @Test
  void startsFromTheFirstAskingSignalAndEndsWithTheConversion() {
    lead("asks", "fair");
    engagements.add(
        touch("asks", "case_study_download", "inbound", "medium", "2026-03-02T08:00:00Z"));
    answered("asks", "2026-03-02T08:01:00Z");
    asks("asks", "2026-03-03T08:00:00Z");
    answered("asks", "2026-03-03T08:20:00Z");
    // A buyer whom nobody answered in time, one who was won before, one who never was interested.
    lead("unaided", null);
    engagements.add(
        touch("unaided", "webinar_attended", "inbound", "medium", "2026-03-03T08:00:00Z"));
    outcomes.add(row("unaided", at("2026-03-03T09:00:00Z"), true, true));
    answered("unaided", "2026-03-03T10:00:00Z");
    lead("customer", "fair");
    asks("customer", "2026-03-03T08:00:00Z");
    outcomes.add(row("customer", at("2026-03-01T09:00:00Z"), true, true));
    lead("cold", "fair");
    answered("cold", "2026-03-03T10:00:00Z");
    Dataset<Row> rows = rows().where("clock = 'clock' AND segment = 'all'");
    assertThat(told(rows)).containsExactly("30 min: 1, median 20.0", "never: 1, median null");
    Row never = rows.where("bucket = 'never'").head();
    assertThat(never.<Long>getAs("conversions")).isEqualTo(1);
    assertThat(rows().where("segment = 'smb'").count()).isEqualTo(4);
  }

  @Test
  void whatALeadAsksAfterItsClosingDoesNotTakeTheFirstSignalAway() {
    lead("customer", "fair");
    engagements.add(
        touch("customer", "webinar_attended", "inbound", "medium", "2026-03-03T08:00:00Z"));
    answered("customer", "2026-03-03T08:20:00Z");
    outcomes.add(row("customer", at("2026-03-09T09:00:00Z"), true, true));
    asks("customer", "2026-03-20T08:00:00Z");
    assertThat(told(rows().where("clock = 'clock' AND segment = 'all'")))
        .containsExactly("30 min: 1, median 20.0");
  }

  @Test
  void datesWithoutTimeHaveNoMinutesAndOutcomesEndWithTheirDay() {
    // Midnight in Berlin.
    String day = "2026-03-02T23:00:00Z";
    lead("same day", "fair");
    asks("same day", day);
    answered("same day", day);
    engagements.add(touch("same day", "meeting", "outbound", "medium", day));
    lead("third day", "fair");
    asks("third day", day);
    answered("third day", "2026-03-04T23:00:00Z");
    lead("won that day", "fair");
    asks("won that day", "2026-03-03T08:00:00Z");
    answered("won that day", "2026-03-03T08:20:00Z");
    outcomes.add(row("won that day", at(day), true, true));
    Dataset<Row> rows = rows().where("segment = 'all'");
    for (String clock : List.of("clock", "business")) {
      assertThat(told(rows.where("clock = '" + clock + "'")))
          .as(clock)
          .contains("30 min: 1, median 20.0", "1 d: 1, median null", "longer: 1, median null");
    }
    assertThat(rows.where("bucket = '30 min' AND conversions = 1").count()).isEqualTo(2);
    assertThat(rows.where("bucket = '1 d' AND qualified = 1").count()).isEqualTo(2);
  }

  @Test
  void outcomesMayHaveBeenReadInAnotherZone() {
    outcomeZone = "America/New_York";
    lead("won that day", "fair");
    asks("won that day", "2026-03-03T08:00:00Z");
    answered("won that day", "2026-03-03T08:20:00Z");
    // Midnight in New York.
    outcomes.add(row("won that day", at("2026-03-03T05:00:00Z"), true, true));
    assertThat(rows().where("segment = 'all' AND bucket = '30 min' AND conversions = 1").count())
        .isEqualTo(2);
  }

  @Test
  void whoAsksAfterItsClosingCountsWhereThatOpensItAgain() {
    lead("lost", "fair");
    outcomes.add(row("lost", at("2026-03-01T09:00:00Z"), false, true));
    asks("lost", "2026-03-03T08:00:00Z");
    answered("lost", "2026-03-03T08:20:00Z");
    assertThat(rows(false).isEmpty()).isTrue();
    assertThat(told(rows(true).where("clock = 'clock' AND segment = 'all'")))
        .containsExactly("30 min: 1, median 20.0");
  }

  /** Better leads are answered sooner, and within each kind of lead speed does nothing. */
  @Test
  void theAdjustedRateComparesLeadsThatLookedAlike() {
    // Of the good half convert, of the poor one in ten, whoever is answered when.
    leadsOf("good", "2026-03-03T08:02:00Z", 80, 40);
    leadsOf("good", "2026-03-03T08:50:00Z", 20, 10);
    leadsOf("poor", "2026-03-03T08:02:00Z", 20, 2);
    leadsOf("poor", "2026-03-03T08:50:00Z", 80, 8);
    Dataset<Row> rows = rows().where("clock = 'clock' AND segment = 'all'");
    Row fast = rows.where("bucket = '5 min'").head();
    Row slow = rows.where("bucket = '1 h'").head();
    assertThat(fast.<Double>getAs("raw_rate")).isCloseTo(0.42, within(1e-12));
    assertThat(slow.<Double>getAs("raw_rate")).isCloseTo(0.18, within(1e-12));
    // Half of 50 % and half of 10 %.
    assertThat(fast.<Double>getAs("adjusted_rate")).isCloseTo(0.3, within(1e-9));
    assertThat(slow.<Double>getAs("adjusted_rate")).isCloseTo(0.3, within(1e-9));
    assertThat(slow.<Double>getAs("adjusted_change_per_hour")).isCloseTo(0, within(1e-8));
    assertThat(fast.<Double>getAs("coverage")).isEqualTo(1);
    // (40.5 / 81 + 2.5 / 21) / 2 = 0.309524; its variance (0.25 / 80 + 0.104875 / 20) / 4.
    double smooth = (0.5 + 2.5 / 21) / 2;
    double variance = (0.25 / 80 + 2.5 / 21 * (18.5 / 21) / 20) / 4;
    assertThat(fast.<Double>getAs("effective_n"))
        .isCloseTo(smooth * (1 - smooth) / variance, within(1e-6));
    assertThat(fast.<Double>getAs("adjusted_ci_low")).isBetween(0.15, 0.3);
    assertThat(fast.<Double>getAs("adjusted_ci_high")).isBetween(0.3, 0.45);
  }

  /** Nobody converts because of an answer, but some convert before it comes. */
  @Test
  void lateAnswersAndNoneAreJudgedTogether() {
    leadsOf("fair", "2026-03-07T08:00:00Z", 20, 0);
    for (int index = 0; index < 20; index++) {
      lead("unaided" + index, "fair");
      asks("unaided" + index, "2026-03-03T08:00:00Z");
      if (index < 10) {
        outcomes.add(row("unaided" + index, at("2026-03-05T00:00:00Z"), true, true));
        answered("unaided" + index, "2026-03-07T08:00:00Z");
      }
    }
    leadsOf("fair", "2026-03-03T08:02:00Z", 20, 5);
    List<Row> rows =
        rows().where("clock = 'clock' AND segment = 'all'").orderBy("bucket_order").collectAsList();
    assertThat(rows)
        .extracting(
            row -> row.<String>getAs("bucket"),
            row -> row.<Double>getAs("raw_rate"),
            row -> row.<Double>getAs("adjusted_rate"),
            row -> row.<Long>getAs("n"))
        .containsExactly(
            tuple("5 min", 0.25, 0.25, 20L),
            tuple("longer", 0.0, 0.25, 20L),
            tuple("never", 0.5, 0.25, 20L));
    assertThat(rows.get(1).<Double>getAs("effective_n")).isCloseTo(40, within(1e-6));
  }

  @Test
  void scoresBeforeTheSignalMakeTheStrata() {
    lead("a", "fair");
    asks("a", "2026-03-03T08:00:00Z");
    answered("a", "2026-03-03T08:01:00Z");
    lead("b", "shop");
    asks("b", "2026-03-03T08:00:00Z");
    // By source they are not alike.
    assertThat(rows().where("segment = 'all' AND clock = 'clock'").head().<Double>getAs("coverage"))
        .isEqualTo(0.5);
    scores.add(row("a", at("2026-03-02T00:00:00Z"), 61.0));
    scores.add(row("b", at("2026-02-23T00:00:00Z"), 10.0));
    scores.add(row("b", at("2026-03-03T08:00:00Z"), 79.0));
    scores.add(row("b", at("2026-03-04T00:00:00Z"), 99.0));
    assertThat(rows().where("segment = 'all' AND clock = 'clock'").head().<Double>getAs("coverage"))
        .isEqualTo(1);
  }

  @Test
  void youngSignalsStandApart() {
    lead("young", "fair");
    asks("young", "2026-05-20T08:00:00Z");
    assertThat(rows().where("is_mature").isEmpty()).isTrue();
    assertThat(rows().where("NOT is_mature").isEmpty()).isFalse();
  }

  private void leadsOf(String source, String answer, int count, int converted) {
    for (int index = 0; index < count; index++) {
      String lead = source + answer + index;
      lead(lead, source);
      asks(lead, "2026-03-03T08:00:00Z");
      answered(lead, answer);
      if (index < converted) {
        outcomes.add(row(lead, at("2026-03-20T00:00:00Z"), true, true));
      }
    }
  }

  private void lead(String lead, String source) {
    leads.add(row(lead, "smb", source));
  }

  private void asks(String lead, String instant) {
    engagements.add(touch(lead, "demo_request", "inbound", "high", instant));
  }

  private void answered(String lead, String instant) {
    engagements.add(touch(lead, "outreach_sent", "outbound", "low", instant));
  }

  private static Row touch(
      String lead, String signal, String direction, String intent, String instant) {
    return row(lead, at(instant), signal, direction, intent);
  }

  private Dataset<Row> rows() {
    return rows(false);
  }

  private Dataset<Row> rows(boolean reopens) {
    Map<String, Object> markers = new HashMap<>(OfficeHours.markers(RUN));
    markers.put("as_of", Instant.parse("2026-06-01T00:00:00Z"));
    markers.put("zone", RUN.zone().getId());
    markers.put("outcome_zone", outcomeZone);
    markers.put("engagement_zone", RUN.zone().getId());
    markers.put("horizon_days", 30);
    markers.put("reopens", reopens);
    return InsightQuery.of(
        "response_time",
        Map.of(
            "engagements",
            frame(
                "lead_id STRING, occurred_at TIMESTAMP, signal STRING, direction STRING,"
                    + " intent STRING",
                engagements.toArray(Row[]::new)),
            "leads",
            frame("lead_id STRING, segment STRING, source STRING", leads.toArray(Row[]::new)),
            "lead_scores",
            frame(
                "lead_id STRING, scored_as_of TIMESTAMP, percentile DOUBLE",
                scores.toArray(Row[]::new)),
            "outcomes",
            frame(
                "lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN",
                outcomes.toArray(Row[]::new))),
        markers);
  }

  private static List<String> told(Dataset<Row> rows) {
    return rows.orderBy("bucket_order").collectAsList().stream()
        .map(
            row ->
                row.<String>getAs("bucket")
                    + ": "
                    + row.<Long>getAs("n")
                    + ", median "
                    + row.<Double>getAs("median_minutes"))
        .toList();
  }

  private static Timestamp at(String instant) {
    return Timestamp.from(Instant.parse(instant));
  }
}
