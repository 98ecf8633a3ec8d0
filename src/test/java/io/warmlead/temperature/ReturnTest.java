package io.warmlead.temperature;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.feature.PointInTime;
import io.warmlead.feature.Summaries;
import io.warmlead.testing.Frames;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Who has come back, from engagements: windows of 14 and 30 days; page views do not count. */
final class ReturnTest {
  private static final Instant AS_OF = Instant.parse("2026-06-10T00:00:00Z");

  private final List<Row> engagements = new ArrayList<>();

  @Test
  void aLeadComesBackAfterThirtyDaysOfSilence() {
    engaged("after a long silence", "webinar_attended", 90, 3);
    engaged("on the last day of the window", "webinar_attended", 90, 14);
    engaged("a day too late", "webinar_attended", 90, 15);
    engaged("silent for too short a time", "webinar_attended", 90, 40, 11);
    engaged("silent for just long enough", "webinar_attended", 90, 40, 10);
    engaged("back last night", "webinar_attended", 90, 31, 1);
    engaged("back for good", "webinar_attended", 90, 13, 9, 5, 1);
    engaged("back and gone on", "webinar_attended", 90, 17, 9, 5, 1);
    engaged("for the first time", "webinar_attended", 10, 3);
    engaged("with pages alone", "page_view", 90, 3, 2);
    engaged("with a page in between", "webinar_attended", 90, 3);
    engaged("with a page in between", "page_view", 30);
    assertThat(returned())
        .containsExactlyInAnyOrder(
            "after a long silence",
            "on the last day of the window",
            "silent for just long enough",
            "back last night",
            "back for good",
            "with a page in between");
  }

  @Test
  void whatWeSendBringsNobodyBack() {
    engaged("written to", "webinar_attended", 90);
    engagements.add(engagement("written to", "outreach_sent", "outbound", 3));
    assertThat(returned()).isEmpty();
  }

  private void engaged(String lead, String signal, int... daysAgo) {
    for (int days : daysAgo) {
      engagements.add(engagement(lead, signal, "inbound", days));
    }
  }

  private static Row engagement(String lead, String signal, String direction, int daysAgo) {
    Timestamp at = Timestamp.from(AS_OF.minus(daysAgo, ChronoUnit.DAYS).plusSeconds(3_600));
    return Frames.row(lead, at, at, signal, "web", "site", direction, "low", null, null, 1L);
  }

  private List<String> returned() {
    Settings settings = SettingsLoader.load(List.of(), List.of("conversion.outcomes=[won]"));
    Behaviour behaviour = Behaviour.of(settings, List.of(), Map.of());
    Dataset<Row> engaged =
        Frames.frame(
            "lead_id STRING, occurred_at TIMESTAMP, known_at TIMESTAMP, signal STRING,"
                + " channel STRING, family STRING, direction STRING, intent STRING,"
                + " value DECIMAL(18,4), asset STRING, batch BIGINT",
            engagements.toArray(Row[]::new));
    Dataset<Row> activity =
        PointInTime.activity(
            DailyActivities.of(engaged, settings.run()), engaged, List.of(AS_OF), settings.run());
    List<Column> sums = behaviour.aggregates();
    return behaviour
        .need(new Summaries())
        .of(activity)
        .groupBy("lead_id", "as_of")
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .where(behaviour.hasComeBack())
        .select("lead_id")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
