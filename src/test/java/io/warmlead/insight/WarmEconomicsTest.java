package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Horizon of ten days; scores of 1 March are decided by the 20th, those of the 15th are not. */
final class WarmEconomicsTest {
  private static final String SCORED =
      "lead_id STRING, score_date DATE, segment STRING, tier STRING, scored_as_of TIMESTAMP";
  private static final String WON =
      "lead_id STRING, occurred_at TIMESTAMP, value DECIMAL(18,4), is_conversion BOOLEAN";
  private static final String SPENT =
      "lead_id STRING, occurred_at TIMESTAMP, known_at TIMESTAMP, cost DECIMAL(18,4)";
  private static final List<Row> SCORES = scores();

  @Test
  void comparesWhatTheTiersCameTo() {
    Dataset<Row> rows =
        economics(
            won("w1", "2026-03-03T00:00:00Z", "100"),
            won("w2", "2026-03-10T23:59:59Z", null),
            // The horizon is over, or has not begun, or the outcome is not known yet.
            won("w3", "2026-03-11T00:00:00Z", "900"),
            won("w4", "2026-02-28T00:00:00Z", "900"),
            won("c1", "2026-03-05T00:00:00Z", "50"),
            won("h1", "2026-03-20T00:00:00Z", "900"));
    Row warm = only(rows, "all", "warm", true);
    assertThat(warm.<Long>getAs("leads")).isEqualTo(4);
    assertThat(warm.<Long>getAs("conversions")).isEqualTo(2);
    assertThat(warm.<Double>getAs("rate")).isEqualTo(0.5);
    // R: prop.test(2, 4, correct = FALSE)$conf.int.
    assertThat(warm.<Double>getAs("ci_low")).isCloseTo(0.1500, within(1e-4));
    assertThat(warm.<Double>getAs("ci_high")).isCloseTo(0.8500, within(1e-4));
    // 2 in 4 against 1 in 8; exp(1.96 sqrt(1/2 - 1/4 + 1/1 - 1/8)).
    assertThat(warm.<Double>getAs("times_cold")).isCloseTo(4, within(1e-12));
    double factor = Math.exp(1.959963984540054 * Math.sqrt(1.125));
    assertThat(warm.<Double>getAs("times_cold_ci_low")).isCloseTo(4 / factor, within(1e-9));
    assertThat(warm.<Double>getAs("times_cold_ci_high")).isCloseTo(4 * factor, within(1e-9));
    // Created 20 February: 11 days and almost 19.
    assertThat(warm.<Double>getAs("median_cycle_days")).isCloseTo(15, within(1e-9));
    assertThat(warm.<Long>getAs("value_n")).isEqualTo(1);
    assertThat(warm.<Double>getAs("mean_value")).isEqualTo(100);
    assertThat(warm.<Double>getAs("value_per_lead")).isEqualTo(25);
    // 3 and 5 within the horizon; 7 was spent before it.
    assertThat(warm.<Long>getAs("cost_n")).isEqualTo(1);
    assertThat(warm.<Double>getAs("cost_per_lead")).isEqualTo(2);
    assertThat(warm.<Double>getAs("cost_per_conversion")).isEqualTo(4);
    assertThat(only(rows, "unknown", "cold", true).<Long>getAs("conversions")).isEqualTo(1);
  }

  @Test
  void conversionsSoFarOfScoresThatRunOnStandApart() {
    Dataset<Row> rows =
        economics(won("h1", "2026-03-16T00:00:00Z", "1"), won("h1", "2026-03-20T00:00:00Z", "1"));
    Row hot = only(rows, "smb", "hot", false);
    assertThat(hot.<Long>getAs("leads")).isEqualTo(1);
    assertThat(hot.<Long>getAs("conversions")).isEqualTo(1);
    assertThat(rows.where("tier = 'hot' AND is_mature").isEmpty()).isTrue();
  }

  @Test
  void aHorizonAcrossASpringNightIsOverWhenItsLastDateIs() {
    // In Berlin 10 April begins 30 days and 30 * 24 - 1 hours after 11 March.
    Dataset<Row> rows =
        InsightQuery.of(
            "warm_economics",
            Map.of(
                "lead_scores",
                frame(
                    SCORED,
                    row(
                        "w1",
                        Date.valueOf("2026-03-11"),
                        "smb",
                        "warm",
                        at("2026-03-10T23:00:00Z"))),
                "leads",
                frame(
                    "lead_id STRING, created_at TIMESTAMP", row("w1", at("2026-02-20T00:00:00Z"))),
                "outcomes",
                frame(WON, won("w1", "2026-04-09T21:59:59Z", null)),
                "engagements",
                frame(SPENT, spent("w1", "2026-02-25T00:00:00Z", "7"))),
            Map.of(
                "as_of", Instant.parse("2026-04-09T22:00:00Z"),
                "as_of_date", LocalDate.parse("2026-04-10"),
                "horizon_days", 30,
                "running_date", LocalDate.parse("2026-03-12")));
    assertThat(only(rows, "all", "warm", true).<Long>getAs("conversions")).isEqualTo(1);
  }

  private static Dataset<Row> economics(Row... outcomes) {
    return InsightQuery.of(
        "warm_economics",
        Map.of(
            "lead_scores",
            frame(SCORED, SCORES.toArray(Row[]::new)),
            "leads",
            frame(
                "lead_id STRING, created_at TIMESTAMP",
                row("w1", at("2026-02-20T00:00:00Z")),
                row("w2", at("2026-02-20T00:00:00Z")),
                row("c1", at("2026-02-20T00:00:00Z"))),
            "outcomes",
            frame(WON, outcomes),
            "engagements",
            frame(
                SPENT,
                spent("w1", "2026-02-25T00:00:00Z", "7"),
                spent("w1", "2026-03-01T00:00:00Z", "3"),
                spent("w1", "2026-03-02T00:00:00Z", "5"))),
        Map.of(
            "as_of", Instant.parse("2026-03-20T00:00:00Z"),
            "as_of_date", LocalDate.parse("2026-03-20"),
            "horizon_days", 10,
            "running_date", LocalDate.parse("2026-03-15")));
  }

  private static List<Row> scores() {
    List<Row> scores = new ArrayList<>();
    for (int lead = 1; lead <= 4; lead++) {
      scores.add(score("w" + lead, "2026-03-01", "smb", "warm"));
    }
    for (int lead = 1; lead <= 8; lead++) {
      scores.add(score("c" + lead, "2026-03-01", null, "cold"));
    }
    scores.add(score("h1", "2026-03-15", "smb", "hot"));
    return List.copyOf(scores);
  }

  private static Row score(String lead, String date, String segment, String tier) {
    return row(lead, Date.valueOf(date), segment, tier, at(date + "T00:00:00Z"));
  }

  private static Row won(String lead, String instant, String value) {
    return row(lead, at(instant), value == null ? null : new BigDecimal(value), true);
  }

  private static Row spent(String lead, String instant, String cost) {
    return row(lead, at(instant), at(instant), new BigDecimal(cost));
  }

  private static Row only(Dataset<Row> rows, String segment, String tier, boolean isMature) {
    return rows.where(
            "segment = '" + segment + "' AND tier = '" + tier + "' AND is_mature = " + isMature)
        .head();
  }

  private static Timestamp at(String instant) {
    return Timestamp.from(Instant.parse(instant));
  }
}
