package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.testing.TestSession;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** One lead that converts after three touches, one that never acted; created on 2 March 2026. */
final class SourcePerformanceTest {
  private static final Dataset<Row> ROWS =
      rows(
              List.of(
                  row("buyer", "fair", at("2026-03-02T00:00:00Z")),
                  row("silent", null, at("2026-03-02T00:00:00Z")),
                  row("young", "fair", at("2026-05-20T00:00:00Z"))),
              List.of(
                  touch("buyer", "email_open", "email", "low", "2026-03-02T09:00:00Z"),
                  touch("buyer", "content_download", "content", "medium", "2026-03-03T00:00:00Z"),
                  touch("buyer", "webinar_attended", "event", "medium", "2026-03-10T00:00:00Z"),
                  // After more than 20 days of silence.
                  touch("buyer", "demo_request", "site", "high", "2026-03-31T00:00:00Z"),
                  touch("buyer", "product_use", "product", "medium", "2026-04-05T00:00:00Z"),
                  touch("young", "demo_request", "site", "high", "2026-05-21T00:00:00Z")),
              List.of(
                  row("buyer", at("2026-04-02T00:00:00Z"), new BigDecimal("300"), true, true),
                  // Long before it became a lead, where customers may buy again.
                  row("silent", at("2024-04-02T00:00:00Z"), BigDecimal.TEN, true, false)),
              "UTC")
          .cache();

  @Test
  void everyModelSharesALeadOutWhole() {
    for (Row model : ROWS.groupBy("model").sum("leads", "conversions", "value").collectAsList()) {
      assertThat(model.getDouble(1)).as(model.getString(0)).isCloseTo(3, within(1e-8));
      assertThat(model.getDouble(2)).isCloseTo(1, within(1e-8));
      assertThat(model.getDouble(3)).isCloseTo(300, within(1e-6));
    }
  }

  @Test
  void theModelsDifferInWhatTheyCredit() {
    assertThat(conversions("first_touch", "content")).isEqualTo(1);
    assertThat(conversions("last_touch", "re-engaged")).isEqualTo(1);
    assertThat(conversions("position_based", "content")).isEqualTo(0.4);
    assertThat(conversions("position_based", "event and webinar")).isEqualTo(0.2);
    assertThat(conversions("position_based", "re-engaged")).isEqualTo(0.4);
    // Touches 4, 3 and 0 weeks before the last weigh 1/16, 1/8 and 1.
    assertThat(conversions("time_decayed", "content")).isCloseTo(1 / 19D, within(1e-8));
    assertThat(conversions("time_decayed", "event and webinar")).isCloseTo(2 / 19D, within(1e-8));
    assertThat(conversions("time_decayed", "re-engaged")).isCloseTo(16 / 19D, within(1e-8));
    assertThat(conversions("lead_source", "fair")).isEqualTo(1);
  }

  @Test
  void everySourceHasItsRowEvenWithoutALead() {
    assertThat(ROWS.where("model = 'first_touch' AND is_mature").count())
        .isEqualTo(Touchpoints.SOURCES.size());
    Row social = only("last_touch", "social", true);
    assertThat(social.<Double>getAs("leads")).isZero();
    assertThat(social.isNullAt(social.fieldIndex("rate"))).isTrue();
    assertThat(only("last_touch", "no touch", true).<Double>getAs("leads")).isEqualTo(1);
  }

  @Test
  void youngLeadsStandApart() {
    Row asked = only("first_touch", "demo request", false);
    assertThat(asked.<Double>getAs("leads")).isEqualTo(1);
    assertThat(asked.<Double>getAs("warm_share")).isEqualTo(1);
    assertThat(only("lead_source", "fair", true).<Double>getAs("median_days")).isEqualTo(31);
    assertThat(only("lead_source", "unknown", true).<Double>getAs("warm_share")).isZero();
  }

  @Test
  void whoWasWonOnTheDayItCameTookNoDays() {
    Row source =
        rows(
                List.of(row("a", "fair", at("2026-03-02T09:00:00Z"))),
                List.of(touch("a", "demo_request", "site", "high", "2026-03-02T10:00:00Z")),
                // Midnight in Berlin.
                List.of(row("a", at("2026-03-01T23:00:00Z"), BigDecimal.ONE, true, true)),
                "Europe/Berlin")
            .where("model = 'last_touch' AND source = 'demo request' AND is_mature")
            .head();
    assertThat(source.<Double>getAs("conversions")).isEqualTo(1);
    assertThat(source.<Double>getAs("median_days")).isZero();
  }

  private static Dataset<Row> rows(
      List<Row> leads, List<Row> activity, List<Row> outcomes, String outcomeZone) {
    return InsightQuery.of(
        "source_performance",
        Map.of(
            "leads",
            frame("lead_id STRING, source STRING, created_at TIMESTAMP", leads.toArray(Row[]::new)),
            "activity",
            frame(
                "lead_id STRING, signal STRING, channel STRING, family STRING, intent STRING,"
                    + " direction STRING, is_inbound BOOLEAN, arrived_day DATE,"
                    + " first_at TIMESTAMP, last_at TIMESTAMP",
                activity.toArray(Row[]::new)),
            "lead_scores",
            frame("lead_id STRING, tier STRING", row("silent", "cold"), row("young", "hot")),
            "outcomes",
            frame(
                "lead_id STRING, occurred_at TIMESTAMP, value DECIMAL(18,4),"
                    + " is_conversion BOOLEAN, closes BOOLEAN",
                outcomes.toArray(Row[]::new)),
            "sources",
            Touchpoints.listed(TestSession.get())),
        Map.of(
            "as_of",
            Instant.parse("2026-06-01T00:00:00Z"),
            "since",
            Instant.parse("2026-01-05T00:00:00Z"),
            "outcome_zone",
            outcomeZone,
            "entry_days",
            60,
            "warm_days",
            20));
  }

  private static double conversions(String model, String source) {
    return only(model, source, true).getAs("conversions");
  }

  private static Row only(String model, String source, boolean isMature) {
    return ROWS.where(
            "model = '" + model + "' AND source = '" + source + "' AND is_mature = " + isMature)
        .head();
  }

  private static Row touch(
      String lead, String signal, String family, String intent, String instant) {
    return row(
        lead,
        signal,
        "web",
        family,
        intent,
        "inbound",
        true,
        Date.valueOf(instant.substring(0, 10)),
        at(instant),
        at(instant));
  }

  private static Timestamp at(String instant) {
    return Timestamp.from(Instant.parse(instant));
  }
}
