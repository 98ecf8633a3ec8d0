package io.warmlead.temperature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.Settings;
import io.warmlead.config.SettingsException;
import io.warmlead.config.SettingsLoader;
import io.warmlead.feature.PointInTime;
import io.warmlead.feature.Summaries;
import io.warmlead.testing.Frames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Budget, authority, need and timing, and how each is known. */
final class BantTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T00:00:00Z");
  private static final String ENGAGEMENT =
      "lead_id STRING, occurred_at TIMESTAMP, known_at TIMESTAMP, signal STRING, channel STRING,"
          + " family STRING, direction STRING, intent STRING, value DECIMAL(18,4), asset STRING,"
          + " batch BIGINT";
  private static final String LEAD =
      "lead_id STRING, budget STRING, authority STRING, need STRING, timeline STRING";

  @Test
  void anAttributeTellsAndElseTheLastSignalOfTheWarmWindow() {
    Row ada =
        bant(
            Frames.row("ada", "50k", null, null, null),
            engaged("quote_request", "2026-02-20T09:00:00Z"),
            engaged("demo_request", "2026-03-01T10:00:00Z"),
            engaged("page_view", "2026-03-09T10:00:00Z"));
    assertThat(ada.<Integer>getAs("bant_score")).isEqualTo(3);
    assertThat(ada.getList(ada.fieldIndex("bant_missing"))).hasToString("[authority]");
    assertThat(evidence(ada))
        .containsExactly(
            "budget attribute null null",
            "need signal demo_request 2026-03-01T10:00:00Z",
            "timing signal demo_request 2026-03-01T10:00:00Z");
  }

  @Test
  void aSignalBeforeTheWarmWindowTellsNothingAnyMore() {
    Row ada =
        bant(
            Frames.row("ada", null, null, null, null),
            engaged("demo_request", "2026-02-07T23:59:59Z"));
    assertThat(ada.<Integer>getAs("bant_score")).isZero();
    assertThat(evidence(ada)).isEmpty();
    assertThat(ada.getList(ada.fieldIndex("bant_missing")))
        .hasToString("[budget, authority, need, timing]");
  }

  @Test
  void anUnknownSignalIsRefusedWithTheNearestName() {
    assertThatThrownBy(() -> settings("handoff.bant_signals.need=[demo_requets]"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("handoff.bant_signals.need")
        .hasMessageContaining("demo_request?");
  }

  private static Settings settings(String... set) {
    return SettingsLoader.load(List.of(), List.of(set));
  }

  private static Row bant(Row lead, Row... engagements) {
    Settings settings = settings("conversion.outcomes=[won]");
    Behaviour behaviour = Behaviour.of(settings, List.of(), Map.of());
    Dataset<Row> engaged = Frames.frame(ENGAGEMENT, engagements);
    Dataset<Row> summaries =
        behaviour
            .need(new Summaries())
            .of(
                PointInTime.activity(
                    DailyActivities.of(engaged, settings.run()),
                    engaged,
                    List.of(AS_OF),
                    settings.run()));
    List<Column> sums = behaviour.aggregates();
    return new Bant(behaviour)
        .with(
            Frames.frame(LEAD, lead)
                .join(
                    summaries
                        .groupBy("lead_id", "as_of")
                        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new)),
                    "lead_id"))
        .head();
  }

  private static List<String> evidence(Row lead) {
    return lead.<Row>getList(lead.fieldIndex("bant_evidence")).stream()
        .map(
            one ->
                one.getString(0)
                    + " "
                    + one.getString(1)
                    + " "
                    + one.getString(2)
                    + " "
                    + (one.isNullAt(3) ? null : one.getTimestamp(3).toInstant()))
        .toList();
  }

  private static Row engaged(String signal, String at) {
    Instant instant = Instant.parse(at);
    java.sql.Timestamp stamp = java.sql.Timestamp.from(instant);
    return Frames.row(
        "ada", stamp, stamp, signal, "web", "site", "inbound", "high", null, null, 1L);
  }
}
