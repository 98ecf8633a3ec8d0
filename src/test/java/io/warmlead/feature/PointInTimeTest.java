package io.warmlead.feature;

import static io.warmlead.feature.WrittenHistory.LEAD;
import static io.warmlead.feature.WrittenHistory.MIDNIGHT;
import static io.warmlead.feature.WrittenHistory.OUTCOME;
import static io.warmlead.feature.WrittenHistory.SETTINGS;
import static io.warmlead.feature.WrittenHistory.features;
import static io.warmlead.feature.WrittenHistory.frame;
import static io.warmlead.feature.WrittenHistory.inbound;
import static io.warmlead.feature.WrittenHistory.lead;
import static io.warmlead.feature.WrittenHistory.noOutcomes;
import static io.warmlead.feature.WrittenHistory.openLeads;
import static io.warmlead.feature.WrittenHistory.outcome;
import static io.warmlead.feature.WrittenHistory.scala;
import static io.warmlead.feature.WrittenHistory.time;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.testing.Frames;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** Which leads are open at an instant, what they were then, and whether they convert. */
final class PointInTimeTest {
  @Test
  void aConversionAtTheInstantCountsAndOneAtTheEndOfTheHorizonDoesNot() {
    Dataset<Row> outcomes =
        Frames.frame(
            OUTCOME,
            outcome("at once", MIDNIGHT, true),
            outcome("at the last second", MIDNIGHT.plus(Duration.ofDays(30)).minusSeconds(1), true),
            outcome("too late", MIDNIGHT.plus(Duration.ofDays(30)), true),
            outcome("too early", MIDNIGHT.minusSeconds(1), true),
            outcome("lost", MIDNIGHT, false));
    Dataset<Row> rows =
        outcomes.select("lead_id").withColumn("as_of", lit(Timestamp.from(MIDNIGHT)));
    Dataset<Row> labels =
        PointInTime.withLabel(
            rows,
            PointInTime.conversions(
                outcomes,
                List.of(MIDNIGHT),
                30,
                MIDNIGHT.plus(Duration.ofDays(30)),
                SETTINGS.run()));
    Map<String, Integer> found = new HashMap<>();
    labels
        .select("lead_id", "label")
        .collectAsList()
        .forEach(row -> found.put(row.getString(0), row.getInt(1)));
    assertThat(found)
        .containsOnly(
            Map.entry("at once", 1),
            Map.entry("at the last second", 1),
            Map.entry("too late", 0),
            Map.entry("too early", 0),
            Map.entry("lost", 0));
  }

  @Test
  void closedLeadsAreLeftOutUntilTheyActAgainWhereThatReopensThem() {
    Instant closedAt = MIDNIGHT.minus(Duration.ofDays(3));
    Dataset<Row> leads =
        Frames.frame(
            LEAD,
            lead("open", "2026-01-01T00:00:00Z", "web", Map.of()),
            lead("closed", "2026-01-01T00:00:00Z", "web", Map.of()),
            lead("came back", "2026-01-01T00:00:00Z", "web", Map.of()),
            lead("closes now", "2026-01-01T00:00:00Z", "web", Map.of()),
            lead("not yet created", "2026-03-10T00:00:00Z", "web", Map.of()));
    Dataset<Row> outcomes =
        Frames.frame(
            OUTCOME,
            outcome("closed", closedAt, true),
            outcome("came back", closedAt, true),
            outcome("closes now", MIDNIGHT, true));
    List<Row> engagements =
        List.of(
            inbound("closed", "2026-03-01T00:00:00Z", "page_view", "low", null),
            inbound("came back", "2026-03-08T00:00:00Z", "page_view", "low", null));
    assertThat(features(engagements, leads, outcomes, List.of(MIDNIGHT)).keySet())
        .containsExactlyInAnyOrder("open", "closes now");
    Settings reopening =
        SettingsLoader.load(
            List.of(), List.of("conversion.outcomes=[won]", "conversion.reopen=inbound"));
    assertThat(
            openLeads(frame(engagements), leads, outcomes, List.of(MIDNIGHT), reopening)
                .select("lead_id", "was_closed")
                .collectAsList())
        .containsExactlyInAnyOrder(
            row("open", false), row("came back", true), row("closes now", false));
  }

  @Test
  void attributesAreThoseOfTheVersionThatWasValid() {
    Dataset<Row> leads =
        Frames.frame(
            LEAD,
            version("fax", "2026-01-01T00:00:00Z", "2026-03-09T00:00:00Z"),
            version("web", "2026-03-09T00:00:00Z", null));
    Map<String, Map<String, Double>> now =
        features(List.of(), leads, noOutcomes(), List.of(MIDNIGHT));
    Map<String, Map<String, Double>> before =
        features(List.of(), leads, noOutcomes(), List.of(MIDNIGHT.minus(Duration.ofDays(1))));
    assertThat(now.get("ada")).containsEntry("source=web", 1D);
    assertThat(before.get("ada")).containsEntry("source=other", 1D);
  }

  @Test
  void aLeadIsThereFromItsCreationOnThoughItsFirstVersionIsDatedLater() {
    Dataset<Row> leads =
        Frames.frame(LEAD, version("fax", "2026-03-09T00:00:00Z", null, "2026-01-01T00:00:00Z"));
    for (int days : List.of(0, 1, 60)) {
      assertThat(
              features(
                  List.of(), leads, noOutcomes(), List.of(MIDNIGHT.minus(Duration.ofDays(days)))))
          .as("%s days before", days)
          .containsOnlyKeys("ada");
    }
    assertThat(
            features(
                List.of(), leads, noOutcomes(), List.of(Instant.parse("2026-01-01T00:00:00Z"))))
        .isEmpty();
  }

  @Test
  void theLastInboundEngagementIsTheOneThatAllOfTheHistoryGives() {
    List<Row> engagements = new ArrayList<>();
    Random random = new Random(3);
    for (int event = 0; event < 300; event++) {
      Instant at = MIDNIGHT.minusSeconds(random.nextInt(60 * 86_400));
      Instant known = random.nextInt(4) == 0 ? at.plusSeconds(random.nextInt(9 * 86_400)) : at;
      engagements.add(
          row(
              "lead-" + random.nextInt(12),
              Timestamp.from(at),
              Timestamp.from(known),
              "page_view",
              "web",
              "site",
              List.of("inbound", "outbound", "unknown").get(random.nextInt(3)),
              "low",
              null,
              1L));
    }
    for (Duration ofDay : List.of(Duration.ZERO, Duration.ofHours(9))) {
      List<Instant> instants =
          List.of(60, 46, 32, 31, 18, 4, 0).stream()
              .map(days -> MIDNIGHT.minus(Duration.ofDays(days)).plus(ofDay))
              .toList();
      Dataset<Row> days = DailyActivities.of(frame(engagements), SETTINGS.run());
      List<Row> expected =
          PointInTime.activity(days, frame(engagements), instants, SETTINGS.run())
              .where("is_inbound")
              .groupBy("lead_id", "as_of")
              .agg(
                  functions.max(functions.unix_micros(functions.col("last_at"))),
                  functions.min("age_days"))
              .collectAsList();
      assertThat(expected).hasSizeGreaterThan(50);
      assertThat(
              PointInTime.lastInbound(days, frame(engagements), instants, SETTINGS.run())
                  .collectAsList())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static Row version(String source, String from, String to) {
    return version(source, from, to, from);
  }

  private static Row version(String source, String from, String to, String countsFrom) {
    return row(
        "ada",
        time("2026-01-01T00:00:00Z"),
        source,
        null,
        scala(Map.of()),
        time(from),
        to == null ? null : time(to),
        time(countsFrom));
  }
}
