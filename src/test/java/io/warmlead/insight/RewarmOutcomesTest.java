package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Leads that came back on 1 March 2026, beside those that did not have to; horizon of 30 days. */
final class RewarmOutcomesTest {
  private static final String SCORES =
      "lead_id STRING, score_date DATE, scored_as_of TIMESTAMP, tier STRING, is_rewarmed BOOLEAN,"
          + " has_been_warm BOOLEAN, source STRING, probability DOUBLE";

  private final List<Row> scores = new ArrayList<>();
  private final List<Row> leads = new ArrayList<>();
  private final List<Row> outcomes = new ArrayList<>();

  @Test
  void othersAreWeightedToTheMixOfThoseThatCameBack() {
    // Came back: three from ads, one by referral. Still warm: 1 of 2 ads won, 0 of 4 referrals won.
    add("r1", "warm", true, "ads", true);
    add("r2", "warm", true, "ads", false);
    add("r3", "warm", true, "ads", false);
    add("r4", "warm", true, "referral", false);
    add("s1", "warm", false, "ads", true);
    add("s2", "warm", false, "ads", false);
    for (int i = 3; i <= 6; i++) {
      add("s" + i, "warm", false, "referral", false);
    }
    // Never warm: from ads alone, none won, and one of a source that nobody else has.
    add("n1", "cold", false, "ads", false);
    add("n2", "cold", false, "fair", true);
    List<Row> rows =
        InsightQuery.of(
                "rewarm_outcomes",
                Map.of(
                    "lead_scores", frame(SCORES, scores.toArray(Row[]::new)),
                    "leads",
                        frame("lead_id STRING, created_at TIMESTAMP", leads.toArray(Row[]::new)),
                    "outcomes",
                        frame(
                            "lead_id STRING, is_conversion BOOLEAN, occurred_at TIMESTAMP",
                            outcomes.toArray(Row[]::new)),
                    "returns",
                        frame(
                            "lead_id STRING, score_date DATE, trigger_signal STRING",
                            row("r1", Date.valueOf("2026-02-20"), "page_view"),
                            row("r1", Date.valueOf("2026-03-01"), "pricing_view"),
                            row("r2", Date.valueOf("2026-03-01"), "pricing_view"))),
                Map.of(
                    "as_of",
                    Instant.parse("2026-03-30T23:00:00Z"),
                    // In London a horizon from 1 March on is over, though an hour was skipped.
                    "as_of_date",
                    LocalDate.parse("2026-03-31"),
                    "horizon_days",
                    30))
            .orderBy("group_name", "brought_back_by")
            .collectAsList();
    assertThat(rows.stream().map(RewarmOutcomesTest::told))
        .containsExactly(
            "never_warm all 1 of 2",
            "rewarmed all 1 of 4",
            "rewarmed pricing_view 1 of 2",
            "rewarmed unknown 0 of 2",
            "still_warm all 1 of 6");
    Row stillWarm = rows.get(4);
    assertThat(stillWarm.<Double>getAs("matched_rate"))
        .as("three quarters of a half, one quarter of none")
        .isCloseTo(0.375, within(1e-9));
    assertThat(stillWarm.<Double>getAs("matched")).isEqualTo(1);
    Row neverWarm = rows.get(0);
    assertThat(neverWarm.<Double>getAs("matched_rate")).isZero();
    assertThat(neverWarm.<Double>getAs("matched")).isEqualTo(0.75);
    assertThat(neverWarm.<Double>getAs("rewarmed_matched_rate"))
        .as("of those that came back, the three from ads alone")
        .isCloseTo(1 / 3D, within(1e-12));
    // R: prop.test(1, 3, correct = FALSE)$conf.int.
    assertThat(neverWarm.<Double>getAs("rewarmed_matched_ci_low")).isCloseTo(0.0615, within(1e-4));
    assertThat(neverWarm.<Double>getAs("rewarmed_matched_ci_high")).isCloseTo(0.7923, within(1e-4));
    assertThat(stillWarm.<Double>getAs("rewarmed_matched_rate")).isEqualTo(0.25);
    assertThat(rows.get(1).<Double>getAs("rewarmed_matched_rate")).isNull();
    assertThat(neverWarm.<Boolean>getAs("is_mature")).isTrue();
  }

  private static String told(Row found) {
    return found.getAs("group_name")
        + " "
        + found.getAs("brought_back_by")
        + " "
        + found.getAs("conversions")
        + " of "
        + found.getAs("leads");
  }

  private void add(String lead, String tier, boolean rewarmed, String source, boolean isWon) {
    scores.add(
        row(
            lead,
            Date.valueOf("2026-03-01"),
            time("2026-03-01T00:00:00Z"),
            tier,
            rewarmed,
            tier.equals("warm"),
            source,
            0.1));
    leads.add(row(lead, time("2026-01-15T00:00:00Z")));
    if (isWon) {
      outcomes.add(row(lead, true, time("2026-03-15T00:00:00Z")));
    }
  }

  private static Timestamp time(String text) {
    return Timestamp.from(Instant.parse(text));
  }
}
