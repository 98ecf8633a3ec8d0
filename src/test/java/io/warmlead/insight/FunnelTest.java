package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Leads of the week of Monday, 2 March 2026; entry window of 20 days, warm window of 10. */
final class FunnelTest {

  @Test
  void leadsPassTheStagesInOrder() {
    Dataset<Row> funnel =
        funnel(
            "2026-06-01",
            List.of("all", "looks", "asks", "silent"),
            List.of(
                // Created on the 2nd; one stage a day, the call only after the lead has asked.
                touch("all", "page_view", "low", true, "2026-03-03T00:00:00Z"),
                touch("all", "call", "low", false, "2026-03-03T12:00:00Z"),
                touch("all", "case_study_download", "medium", true, "2026-03-04T00:00:00Z"),
                touch("all", "demo_request", "high", true, "2026-03-05T00:00:00Z"),
                touch("all", "call", "low", false, "2026-03-06T00:00:00Z"),
                // Two page views within the warm window make warm, eleven days apart they do not.
                touch("looks", "page_view", "low", true, "2026-03-03T00:00:00Z"),
                touch("looks", "page_view", "low", true, "2026-03-14T00:00:00Z"),
                touch("looks", "page_view", "low", true, "2026-03-15T00:00:00Z"),
                // Passed by a jump.
                touch("asks", "demo_request", "high", true, "2026-03-10T00:00:00Z")),
            List.of(won("all", "2026-03-08T00:00:00Z")));
    assertThat(told(funnel))
        .containsExactly(
            "identified 4 of null, median 1.00, dropped 1",
            "engaged 3 of 4, median 1.00, dropped 0",
            "warm 3 of 3, median 0.50, dropped 1",
            "qualifying 2 of 3, median 1.00, dropped 1",
            "sales engagement 1 of 2, median 2.00, dropped 0",
            "converted 1 of 1, median null, dropped null");
    Row engaged = funnel.where("stage = 'engaged'").head();
    assertThat(engaged.<Double>getAs("rate")).isEqualTo(0.75);
    // R: prop.test(3, 4, correct = FALSE)$conf.int.
    assertThat(engaged.<Double>getAs("ci_low")).isCloseTo(0.3006, within(1e-4));
    assertThat(engaged.<Double>getAs("ci_high")).isCloseTo(0.9544, within(1e-4));
    assertThat(funnel.select("cohort_week").distinct().collectAsList())
        .containsExactly(row(Date.valueOf("2026-03-02")));
  }

  @Test
  void whatComesAfterTheEntryWindowDoesNotCount() {
    Dataset<Row> funnel =
        funnel(
            "2026-06-01",
            List.of("late"),
            List.of(
                touch("late", "page_view", "low", true, "2026-03-21T23:00:00Z"),
                touch("late", "demo_request", "high", true, "2026-03-22T00:00:00Z")),
            List.of());
    assertThat(told(funnel).subList(0, 3))
        .containsExactly(
            "identified 1 of null, median 19.96, dropped 0",
            "engaged 1 of 1, median null, dropped 1",
            "warm 0 of 1, median null, dropped 0");
    assertThat(funnel.head().<Boolean>getAs("is_mature")).isTrue();
  }

  @Test
  void aWeekIsMatureWhenTheWindowOfItsLastLeadIsOver() {
    // The week ends on the 9th.
    assertThat(isMature("2026-03-28")).isFalse();
    assertThat(isMature("2026-03-29")).isTrue();
  }

  @Test
  void nothingComesBeforeTheCreation() {
    Dataset<Row> funnel =
        funnel(
            "2026-06-01",
            List.of("early"),
            List.of(touch("early", "page_view", "low", true, "2026-02-27T00:00:00Z")),
            List.of(won("early", "2026-02-28T00:00:00Z")));
    assertThat(told(funnel).get(0)).isEqualTo("identified 1 of null, median 0.00, dropped 0");
    assertThat(told(funnel).get(5)).isEqualTo("converted 1 of 1, median null, dropped null");
  }

  @Test
  void whatACustomerBoughtBeforeItBecameThisLeadCountsOnlyWhereThatClosedIt() {
    Row before = won("early", "2024-02-28T00:00:00Z");
    Row again = row("again", before.getTimestamp(1), true, false);
    Dataset<Row> funnel =
        funnel("2026-06-01", List.of("early", "again"), List.of(), List.of(before, again));
    assertThat(told(funnel).get(5)).isEqualTo("converted 1 of 1, median null, dropped null");
  }

  private static boolean isMature(String asOf) {
    return funnel(asOf, List.of("any"), List.of(), List.of()).head().getAs("is_mature");
  }

  private static Dataset<Row> funnel(
      String asOf, List<String> leads, List<Row> touches, List<Row> outcomes) {
    return InsightQuery.of(
        "funnel",
        Map.of(
            "leads",
            frame(
                "lead_id STRING, created_at TIMESTAMP",
                leads.stream()
                    .map(lead -> row(lead, at("2026-03-02T00:00:00Z")))
                    .toArray(Row[]::new)),
            "activity",
            frame(
                "lead_id STRING, signal STRING, intent STRING, is_inbound BOOLEAN, day DATE,"
                    + " first_at TIMESTAMP, last_at TIMESTAMP, events BIGINT",
                touches.toArray(Row[]::new)),
            "levels",
            frame("signal STRING, level INT", row("page_view", 2)),
            "outcomes",
            frame(
                "lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN",
                outcomes.toArray(Row[]::new))),
        Map.of(
            "as_of",
            Instant.parse(asOf + "T00:00:00Z"),
            "as_of_date",
            LocalDate.parse(asOf),
            "since",
            Instant.parse("2026-01-05T00:00:00Z"),
            "zone",
            "UTC",
            "entry_days",
            20,
            "warm_days_before",
            9));
  }

  private static Row touch(
      String lead, String signal, String intent, boolean isInbound, String instant) {
    return row(
        lead,
        signal,
        intent,
        isInbound,
        Date.valueOf(instant.substring(0, 10)),
        at(instant),
        at(instant),
        1L);
  }

  private static Row won(String lead, String instant) {
    return row(lead, at(instant), true, true);
  }

  private static Timestamp at(String instant) {
    return Timestamp.from(Instant.parse(instant));
  }

  private static List<String> told(Dataset<Row> funnel) {
    return funnel.orderBy("cohort_week", "stage_order").collectAsList().stream()
        .map(
            row -> {
              Double median = row.getAs("median_days");
              return row.<String>getAs("stage")
                  + " "
                  + row.<Long>getAs("leads")
                  + " of "
                  + row.<Long>getAs("leads_before")
                  + ", median "
                  + (median == null ? "null" : String.format(java.util.Locale.ROOT, "%.2f", median))
                  + ", dropped "
                  + row.<Long>getAs("dropped");
            })
        .toList();
  }
}
