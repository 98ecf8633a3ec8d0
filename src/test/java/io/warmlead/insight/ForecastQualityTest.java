package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.table.ForecastQuality;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Leads scored at the beginning of 1 March 2026, and what came of them by 20 April; horizon of 30
 * days, forecasts for 7 and 21 days ahead, scorings on the 1st, 8th, 15th, 22nd and 29th of March.
 */
final class ForecastQualityTest {
  private static final String MARCH_1 = "2026-03-01";

  private final List<Row> scores = new ArrayList<>();
  private final List<Row> activity = new ArrayList<>();
  private final List<Row> outcomes = new ArrayList<>();
  private final List<Row> transitions = new ArrayList<>();

  @Test
  void conversionsOfLeadsThatStayedSilentAreHeldAgainstTheirForecast() {
    scored("won", "warm", 0.5, 0.4, null);
    outcome("won", "2026-04-06T00:00:00Z", true);
    scored("not won", "warm", 0.25, 0.2, null);
    scored("hot", "hot", 0.75, 0.6, null);
    // After the horizon that began on the 8th.
    outcome("hot", "2026-04-07T00:00:00Z", true);
    // Not silent: engaged, opted out, lost, bought within the seven days.
    scored("engaged", "warm", 0.9, 0.9, null);
    touched("engaged", "inbound", "2026-03-07T23:00:00Z", "2026-03-07T23:00:00Z");
    scored("opted out", "warm", 0.9, 0.9, null);
    touched("opted out", "negative", "2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z");
    scored("lost", "warm", 0.9, 0.9, null);
    outcome("lost", "2026-03-02T00:00:00Z", false);
    scored("bought", "warm", 0.9, 0.9, null);
    outcome("bought", "2026-03-02T00:00:00Z", true);
    // Silent for seven days: engaged before the scoring or after the days; touched by us.
    scored("before", "warm", 0.25, 0.2, null);
    touched("before", "inbound", "2026-02-28T09:00:00Z", "2026-02-28T18:00:00Z");
    scored("after", "warm", 0.25, 0.2, null);
    touched("after", "inbound", "2026-03-08T00:00:00Z", "2026-03-08T00:00:00Z");
    scored("mailed", "warm", 0.25, 0.2, null);
    touched("mailed", "outbound", "2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z");
    // Neither cold leads nor those without a forecast count.
    scores.add(score(MARCH_1, "cold", "cold", 0.1, null, null, null));
    scores.add(score(MARCH_1, "no forecast", "warm", null, null, null, null));

    List<Row> rows = judged("2026-04-20T00:00:00Z");

    assertThat(rows.stream().map(ForecastQualityTest::told))
        .containsExactly(
            "probability 7-7 all true: 1 of 6, 10 leads, 2.25 expected",
            "probability 7-7 hot true: 0 of 1, 1 leads, 0.75 expected",
            "probability 7-7 warm true: 1 of 5, 9 leads, 1.5 expected",
            // "after" engaged, the others had 9 days less to convert in so far.
            "probability 21-21 all false: 2 of 5, 10 leads, 1.6 expected",
            "probability 21-21 hot false: 1 of 1, 1 leads, 0.6 expected",
            "probability 21-21 warm false: 1 of 4, 9 leads, 1.0 expected");
    Row warm = rows.get(2);
    assertThat(warm.<Double>getAs("expected_rate")).isCloseTo(0.3, within(1e-12));
    assertThat(warm.<Double>getAs("observed_rate")).isCloseTo(0.2, within(1e-12));
    assertThat(warm.<Double>getAs("ci_low")).as("of 1 in 5").isCloseTo(0.0362, within(1e-4));
    assertThat(warm.<Boolean>getAs("kept")).as("within the interval").isTrue();
    assertThat(rows.get(3).<Boolean>getAs("kept")).as("not mature").isNull();
    assertThat(rows.get(0).<Date>getAs("first_score_date")).isEqualTo(Date.valueOf(MARCH_1));
  }

  @Test
  void aForecastIsKeptWithinAFifthOrWithinTheIntervalAndElseBroken() {
    for (int i = 0; i < 400; i++) {
      String name = String.valueOf(i);
      scored("right" + name, "hot", 0.6, 0.6, null);
      scored("wrong" + name, "warm", 0.65, 0.65, null);
      if (i % 2 == 0) {
        outcome("right" + name, "2026-03-20T00:00:00Z", true);
        outcome("wrong" + name, "2026-03-20T00:00:00Z", true);
      }
    }
    List<Row> rows = judged("2026-04-20T00:00:00Z");
    assertThat(rows.get(1).<Double>getAs("ci_high")).isLessThan(0.6);
    assertThat(rows.get(1).<Boolean>getAs("kept")).as("0.6 for 0.5: within a fifth").isTrue();
    assertThat(rows.get(2).<Boolean>getAs("kept")).as("0.65 for 0.5").isFalse();
  }

  @Test
  void olderScoresTellOfTheSeventhDayByWhatIsAtRisk() {
    scores.add(score(MARCH_1, "old", "warm", 0.5, 0.2, null, null));
    assertThat(judged("2026-04-20T00:00:00Z").stream().map(ForecastQualityTest::told))
        .containsExactly(
            "probability 7-7 all true: 0 of 1, 1 leads, 0.3 expected",
            "probability 7-7 warm true: 0 of 1, 1 leads, 0.3 expected");
  }

  @Test
  void onlyTheOldestScoresWhoseHorizonRunsStandBesideTheMature() {
    scored("mature", "warm", 0.5, null, null);
    touched("mature", "inbound", "2026-03-20T00:00:00Z", "2026-03-20T00:00:00Z");
    touched("mature", "inbound", "2026-03-30T00:00:00Z", "2026-03-30T00:00:00Z");
    scored("engaged", "warm", 0.5, null, null);
    touched("engaged", "inbound", "2026-03-03T00:00:00Z", "2026-03-03T00:00:00Z");
    touched("engaged", "inbound", "2026-03-20T00:00:00Z", "2026-03-20T00:00:00Z");
    scores.add(score("2026-03-15", "running", "warm", 0.5, 0.25, null, null));
    scores.add(score("2026-03-29", "younger", "warm", 0.5, 0.25, null, null));
    assertThat(
            judged("2026-04-20T00:00:00Z").stream()
                .filter(row -> "warm".equals(row.getAs("tier")))
                .map(ForecastQualityTest::told))
        .containsExactly(
            "probability 7-7 warm false: 0 of 1, 1 leads, 0.25 expected",
            "probability 7-7 warm true: 0 of 1, 2 leads, 0.5 expected");
  }

  @Test
  void whoWasToGoColdIsLookedAtOnTheFirstScoringOnTheDayOrLater() {
    // To be cold after ten days: not on the 8th, but on the 15th.
    scored("right", "warm", null, null, 10);
    moved("right", "2026-03-15", "cold", "cooled");
    scored("early", "warm", null, null, 10);
    moved("early", "2026-03-08", "cold", "cooled");
    scored("late", "warm", null, null, 10);
    moved("late", "2026-03-22", "cold", "cooled");
    scored("closed", "warm", null, null, 10);
    moved("closed", "2026-03-08", null, "closed");
    scored("hot", "hot", null, null, 10);
    moved("hot", "2026-03-08", "warm", "cooled");
    moved("hot", "2026-03-15", "cold", "cooled");
    scored("came back", "warm", null, null, 10);
    touched("came back", "inbound", "2026-03-14T23:00:00Z", "2026-03-14T23:00:00Z");
    scored("other rules", "warm", null, null, 10);
    moved("other rules", "2026-03-08", "cold", "policy");
    scored("still to come", "warm", null, null, 40);
    scored("on the day", "warm", null, null, 7);
    moved("on the day", "2026-03-08", "cold", "cooled");

    List<Row> rows = judged("2026-04-05T00:00:00Z");

    assertThat(rows.stream().map(ForecastQualityTest::told))
        .containsExactly(
            "days_to_cold 1-7 all true: 1 of 1, 1 leads, 1.0 expected",
            "days_to_cold 1-7 warm true: 1 of 1, 1 leads, 1.0 expected",
            "days_to_cold 1-21 all true: 5 of 6, 8 leads, 6.0 expected",
            "days_to_cold 1-21 hot true: 1 of 1, 1 leads, 1.0 expected",
            "days_to_cold 1-21 warm true: 4 of 5, 7 leads, 5.0 expected",
            "days_to_cold 8-21 all true: 4 of 5, 7 leads, 5.0 expected",
            "days_to_cold 8-21 hot true: 1 of 1, 1 leads, 1.0 expected",
            "days_to_cold 8-21 warm true: 3 of 4, 6 leads, 4.0 expected");
    Row warm = rows.get(7);
    assertThat(warm.<Long>getAs("early")).isEqualTo(1);
    assertThat(warm.<Double>getAs("early_rate")).isEqualTo(0.25);
    assertThat(warm.<Long>getAs("closed")).isEqualTo(1);
    assertThat(warm.<Long>getAs("moved_by_rules")).isEqualTo(1);
    assertThat(warm.<Boolean>getAs("kept")).as("three of four may be four of five").isTrue();
  }

  @Test
  void leadsThatStayWarmBeyondTheirDayOrGoColdBeforeItBreakTheForecast() {
    for (int i = 0; i < 40; i++) {
      scored("stays " + i, "warm", null, null, 7);
      scored("early " + i, "hot", null, null, 14);
      moved("early " + i, "2026-03-08", "cold", "cooled");
    }
    assertThat(
            judged("2026-04-05T00:00:00Z").stream()
                .filter(row -> !"all".equals(row.getAs("tier")))
                .map(row -> row.<Boolean>getAs("kept")))
        .containsOnly(false);
  }

  private List<Row> judged(String asOf) {
    List<LocalDate> dates =
        List.of(1, 8, 15, 22, 29).stream().map(day -> LocalDate.of(2026, 3, day)).toList();
    Dataset<Row> rows =
        InsightQuery.of(
            "forecast_quality",
            Map.of(
                "lead_scores",
                    frame(
                        "lead_id STRING, score_date DATE, scored_as_of TIMESTAMP, tier STRING,"
                            + " probability DOUBLE, probability_at_risk DOUBLE, days_to_cold INT,"
                            + " silent_probabilities"
                            + " ARRAY<STRUCT<days_ahead: INT, probability: DOUBLE>>",
                        scores.toArray(Row[]::new)),
                "activity",
                    frame(
                        "lead_id STRING, direction STRING, first_at TIMESTAMP, last_at TIMESTAMP",
                        activity.toArray(Row[]::new)),
                "outcomes",
                    frame(
                        "lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN,"
                            + " closes BOOLEAN",
                        outcomes.toArray(Row[]::new)),
                "tier_transitions",
                    frame(
                        "lead_id STRING, score_date DATE, to_tier STRING, kind STRING",
                        transitions.toArray(Row[]::new))),
            Map.of(
                "as_of",
                Instant.parse(asOf),
                "as_of_date",
                Instant.parse(asOf).atZone(ZoneOffset.UTC).toLocalDate(),
                "horizon_days",
                30,
                "scored_dates",
                dates,
                "forecast_days",
                List.of(7, 21)));
    assertThat(rows.columns())
        .containsExactlyInAnyOrderElementsOf(
            ForecastQuality.TABLE.columnNames().stream()
                .filter(name -> !List.of("as_of", "run_id").contains(name))
                .toList());
    return rows.orderBy("forecast", "days_from", "days_to", "tier", "is_mature").collectAsList();
  }

  private static String told(Row found) {
    return String.format(
        Locale.ROOT,
        "%s %d-%d %s %s: %d of %d, %d leads, %s expected",
        found.<String>getAs("forecast"),
        found.<Integer>getAs("days_from"),
        found.<Integer>getAs("days_to"),
        found.<String>getAs("tier"),
        found.<Boolean>getAs("is_mature"),
        found.<Long>getAs("observed"),
        found.<Long>getAs("n"),
        found.<Long>getAs("leads"),
        found.<Double>getAs("expected"));
  }

  private void scored(String lead, String tier, Double in7, Double in21, Integer daysToCold) {
    Double atRisk = in7 == null ? null : 0D;
    scores.add(score(MARCH_1, lead, tier, in7, atRisk, daysToCold, forecasts(in7, in21)));
  }

  private static Row[] forecasts(Double in7, Double in21) {
    Row[] found =
        List.of(row(7, in7), row(21, in21)).stream()
            .filter(forecast -> Objects.nonNull(forecast.get(1)))
            .toArray(Row[]::new);
    return found.length == 0 ? null : found;
  }

  private static Row score(
      String date,
      String lead,
      String tier,
      Double probability,
      Double atRisk,
      Integer daysToCold,
      Row[] forecasts) {
    return row(
        lead,
        Date.valueOf(date),
        time(date + "T00:00:00Z"),
        tier,
        probability,
        atRisk,
        daysToCold,
        forecasts);
  }

  private void touched(String lead, String direction, String first, String last) {
    activity.add(row(lead, direction, time(first), time(last)));
  }

  private void outcome(String lead, String at, boolean isConversion) {
    outcomes.add(row(lead, time(at), isConversion, true));
  }

  private void moved(String lead, String date, String toTier, String kind) {
    transitions.add(row(lead, Date.valueOf(date), toTier, kind));
  }

  private static Timestamp time(String text) {
    return Timestamp.from(Instant.parse(text));
  }
}
