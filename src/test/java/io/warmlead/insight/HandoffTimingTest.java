package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Warm and hot leads on 1 June 2026, and past hand-offs; horizon of 30 days. */
final class HandoffTimingTest {
  private static final Instant AS_OF = Instant.parse("2026-06-01T00:00:00Z");

  @Test
  void eachMistakeIsCountedAmongTheLeadsItCouldHappenTo() {
    List<Row> rows =
        InsightQuery.of(
                "handoff_timing",
                Map.of(
                    "lead_scores",
                    frame(
                        "lead_id STRING, segment STRING, tier STRING",
                        row("called", "s", "warm"),
                        row("ignored", "s", "warm"),
                        row("mailed", "s", "warm"),
                        row("waiting", "s", "hot"),
                        row("answered", "s", "hot"),
                        row("asked just now", "s", "hot"),
                        row("hot by score", "s", "hot")),
                    "history",
                    frame(
                        "lead_id STRING, segment STRING, score_date DATE, scored_as_of TIMESTAMP,"
                            + " handoff_stage STRING, handoff_at DATE",
                        stood("sold", "2026-04-01", "SQL", "2026-04-01"),
                        stood("sold", "2026-04-08", "SQL", "2026-04-01"),
                        stood("sold too late", "2026-04-01", "SQL", "2026-04-01"),
                        stood("unsold", "2026-04-01", "SQL", "2026-04-01"),
                        // One hand-off, though the segment changed after it.
                        stood("unsold", "other", "2026-04-08", "SQL", "2026-04-01"),
                        // Handed over before the history: only leads that did not buy stand in it.
                        stood("old", "2026-04-01", "SQL", "2026-02-01"),
                        stood("young", "2026-05-20", "SQL", "2026-05-20"),
                        stood("surprise", "2026-04-01", "none", null),
                        stood("surprise", "2026-05-20", "SQL", "2026-05-20")),
                    "activity",
                    frame(
                        "lead_id STRING, direction STRING, signal STRING, is_inbound BOOLEAN,"
                            + " intent STRING, last_at TIMESTAMP",
                        did("called", "outbound", "call", "2026-05-20T00:00:00Z"),
                        did("ignored", "outbound", "call", "2026-03-01T00:00:00Z"),
                        did("mailed", "outbound", "outreach_sent", "2026-05-20T00:00:00Z"),
                        did("waiting", "inbound", "demo_request", "2026-05-28T00:00:00Z"),
                        did("answered", "inbound", "demo_request", "2026-05-28T00:00:00Z"),
                        did("answered", "outbound", "call", "2026-05-28T01:00:00Z"),
                        did("asked just now", "inbound", "demo_request", "2026-05-31T12:00:00Z")),
                    "outcomes",
                    frame(
                        "lead_id STRING, is_conversion BOOLEAN, occurred_at TIMESTAMP, closes BOOLEAN",
                        row("sold", true, time("2026-04-10T00:00:00Z"), true),
                        // In Berlin the thirty days from 1 April end at 22:00 in UTC.
                        row("sold too late", true, time("2026-04-30T23:00:00Z"), true),
                        row("surprise", true, time("2026-04-10T00:00:00Z"), true),
                        // Customers of long ago.
                        row("unsold", true, time("2024-04-10T00:00:00Z"), false),
                        row("surprise", true, time("2024-04-10T00:00:00Z"), false))),
                Map.of(
                    "as_of",
                    AS_OF,
                    "as_of_date",
                    LocalDate.parse("2026-06-01"),
                    "since",
                    Instant.parse("2025-12-01T00:00:00Z"),
                    "zone",
                    "Europe/Berlin",
                    "warm_days",
                    30,
                    "hot_days",
                    14,
                    "horizon_days",
                    30))
            .where("segment = 'all'")
            .collectAsList();
    assertThat(
            rows.stream()
                .collect(
                    Collectors.toMap(
                        found -> found.<String>getAs("mistake"),
                        found -> found.getAs("leads") + " of " + found.getAs("n"))))
        .containsOnly(
            Map.entry("warm_called", "1 of 3"),
            Map.entry("warm_ignored", "1 of 3"),
            Map.entry("hot_waiting", "1 of 3"),
            Map.entry("handed_too_early", "2 of 3"),
            Map.entry("handed_too_late", "1 of 3"));
  }

  private static Row stood(String lead, String date, String stage, String since) {
    return stood(lead, "s", date, stage, since);
  }

  private static Row stood(String lead, String segment, String date, String stage, String since) {
    return row(
        lead,
        segment,
        Date.valueOf(date),
        time(date + "T00:00:00Z"),
        stage,
        since == null ? null : Date.valueOf(since));
  }

  private static Row did(String lead, String direction, String signal, String at) {
    boolean isInbound = direction.equals("inbound");
    return row(lead, direction, signal, isInbound, isInbound ? "high" : "low", time(at));
  }

  private static Timestamp time(String text) {
    return Timestamp.from(Instant.parse(text));
  }
}
