package io.warmlead.temperature;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.activity.EarlierColumns;
import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.feature.Summaries;
import io.warmlead.testing.Frames;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Points as the catalogue gives them: demo_request 40, page_view 1 at most 5 a day. */
final class EngagementPointsTest {
  private static final Settings SETTINGS = SettingsLoader.load(List.of(), List.of());
  private static final Instant AS_OF = Instant.parse("2026-03-01T00:00:00Z");

  private static final String ACTIVITY =
      "lead_id STRING, as_of TIMESTAMP, day DATE, signal STRING, channel STRING, family STRING,"
          + " direction STRING, intent STRING, events BIGINT, business_events BIGINT,"
          + " value DECIMAL(20, 2), first_at TIMESTAMP, last_at TIMESTAMP, day_age INT,"
          + " age_days DOUBLE";

  @Test
  void pointsFadeByTheHalfLifeOfTheirSignalAndOthersByThatOfAll() {
    assertThat(
            points(
                Map.of("demo_request", 10D, Behaviour.EVERY_SIGNAL, 5D),
                touch("demo_request", 1, 10),
                touch("page_view", 1, 5)))
        .isCloseTo(40 * 0.5 + 1 * 0.5, within(1e-8));
  }

  @Test
  void withoutAFitPointsHalveInThirtyDays() {
    assertThat(points(Map.of(), touch("demo_request", 1, 30))).isCloseTo(20, within(1e-8));
  }

  @Test
  void noMoreThanTheDailyCapCounts() {
    assertThat(points(Map.of(), touch("page_view", 8, 30))).isCloseTo(5 * 0.5, within(1e-8));
  }

  @Test
  void fitsBeyondADayAndAYearAreHeldThere() {
    assertThat(points(Map.of("demo_request", 0.01), touch("demo_request", 1, 1)))
        .isCloseTo(20, within(1e-8));
    assertThat(points(Map.of("demo_request", 1e6), touch("demo_request", 1, 365)))
        .isCloseTo(20, within(1e-8));
  }

  private static double points(Map<String, Double> halfLives, Row... touches) {
    Dataset<Row> summed =
        Behaviour.of(SETTINGS, List.of(), halfLives)
            .need(new Summaries())
            .of(
                Frames.frame(ACTIVITY, touches)
                    .selectExpr(
                        "*",
                        "direction = 'inbound' AS is_inbound",
                        "CAST(as_of AS DATE) AS as_of_day")
                    .withColumn(EarlierColumns.EARLIER, EarlierColumns.notEarlier())
                    .withColumn("earlier_days", lit(null).cast("double")));
    return summed.select(Summaries.number(sum("points_units"))).head().getDouble(0);
  }

  private static Row touch(String signal, long events, int daysAgo) {
    Instant at = AS_OF.minusSeconds(daysAgo * 86_400L);
    return Frames.row(
        "lead",
        Timestamp.from(AS_OF),
        Date.valueOf(at.toString().substring(0, 10)),
        signal,
        "web",
        "site",
        "inbound",
        "low",
        events,
        0L,
        null,
        Timestamp.from(at),
        Timestamp.from(at),
        daysAgo,
        (double) daysAgo);
  }
}
