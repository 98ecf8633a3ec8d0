package io.warmlead.feature;

import static io.warmlead.feature.WrittenHistory.LEAD;
import static io.warmlead.feature.WrittenHistory.MIDDAY;
import static io.warmlead.feature.WrittenHistory.MIDNIGHT;
import static io.warmlead.feature.WrittenHistory.features;
import static io.warmlead.feature.WrittenHistory.inbound;
import static io.warmlead.feature.WrittenHistory.lead;
import static io.warmlead.feature.WrittenHistory.noOutcomes;
import static io.warmlead.feature.WrittenHistory.outbound;
import static io.warmlead.feature.WrittenHistory.random;
import static io.warmlead.feature.WrittenHistory.twentyLeads;
import static io.warmlead.feature.WrittenHistory.vectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.testing.Frames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Features are what a person would count by hand, and know nothing of what came later. */
final class FeaturesTest {
  @Test
  void oneLeadHasTheNumbersThatAPersonCounts() {
    List<Row> engagements =
        List.of(
            inbound("ada", "2026-03-09T12:00:00Z", "page_view", "low", null),
            inbound("ada", "2026-03-07T00:00:00Z", "page_view", "low", null),
            inbound("ada", "2026-02-24T00:00:00Z", "demo_request", "high", "100"),
            outbound("ada", "2026-03-08T00:00:00Z"));
    Dataset<Row> leads =
        Frames.frame(
            LEAD,
            lead("ada", "2026-03-01T00:00:00Z", "web", Map.of("employees", "250")),
            lead("bob", "2026-03-09T12:00:00Z", null, Map.of("employees", "many")),
            lead("cid", "2026-03-09T00:00:00Z", "fax", Map.of()));
    Map<String, Map<String, Double>> found =
        features(engagements, leads, noOutcomes(), List.of(MIDNIGHT));
    Map<String, Double> ada = found.get("ada");
    assertThat(ada)
        .containsEntry("engagements_1d", 1D)
        .containsEntry("engagements_7d", 2D)
        .containsEntry("engagements_30d", 3D)
        .containsEntry("engagements_total", 3D)
        .containsEntry("days_since_last_engagement", 0.5)
        .containsEntry("days_since_first_engagement", 14D)
        .containsEntry("has_engaged", 1D)
        .containsEntry("mean_gap_days", 6.75)
        .containsEntry("silence_in_gaps", 0.5 / 7.75)
        .containsEntry("active_days_60d", 3D)
        .containsEntry("active_weeks_60w", 2D)
        .containsEntry("distinct_signals_90d", 2D)
        .containsEntry("distinct_channels_90d", 1D)
        .containsEntry("weekend_share_90d", 1D / 3)
        .containsEntry("business_hours_share_90d", 1D / 3)
        .containsEntry("touches_7d", 1D)
        .containsEntry("touches_90d", 1D)
        .containsEntry("days_since_last_touch", 2D)
        .containsEntry("opt_outs_total", 0D)
        .containsEntry("high_intent_30d", 1D)
        .containsEntry("medium_intent_30d", 0D)
        .containsEntry("days_since_high_intent", 14D)
        .containsEntry("events_7d__page_view", 2D)
        .containsEntry("events_7d__demo_request", 0D)
        .containsEntry("events_90d__demo_request", 1D)
        .containsEntry("days_since__demo_request", 14D)
        .containsEntry("events_90d__family_site", 3D)
        .containsEntry("events_90d__channel_web", 3D)
        .containsEntry("value_total", 100D)
        .containsEntry("value_90d", 100D)
        .containsEntry("tenure_days", 9D)
        .containsEntry("is_referred", 0D)
        .containsEntry("employees", 250D)
        .containsEntry("employees_is_missing", 0D)
        .containsEntry("source=web", 1D)
        .containsEntry("source=other", 0D)
        .containsEntry("source=missing", 0D);
    double decayed = half(0.5, 14) + half(3, 14);
    assertThat(ada.get("decayed_engagements_14d")).isCloseTo(decayed + half(14, 14), close());
    assertThat(ada.get("decayed_engagements_3d"))
        .isCloseTo(half(0.5, 3) + half(3, 3) + half(14, 3), close());
    assertThat(ada.get("decayed_14d__page_view")).isCloseTo(decayed, close());
    assertThat(ada.get("decayed_touches_14d")).isCloseTo(half(2, 14), close());
    assertThat(ada.get("trend_7d_30d")).isCloseTo(Math.log(2.5 / 7 / (3.5 / 30)), close());
    assertThat(found.get("bob"))
        .containsEntry("engagements_total", 0D)
        .containsEntry("has_engaged", 0D)
        .containsEntry("days_since_last_engagement", Phrase.NEVER_DAYS)
        .containsEntry("employees", 0D)
        .containsEntry("employees_is_missing", 1D)
        .containsEntry("source=missing", 1D)
        .containsEntry("tenure_days", 0.5);
    assertThat(found.get("cid")).containsEntry("source=other", 1D).containsEntry("source=web", 0D);
  }

  @Test
  void theFirstEngagementOfADayIsNotTakenForItsLast() {
    List<Row> engagements =
        List.of(
            inbound("ada", "2026-03-08T06:00:00Z", "page_view", "low", null),
            inbound("ada", "2026-03-08T12:00:00Z", "page_view", "low", null),
            inbound("ada", "2026-03-08T18:00:00Z", "page_view", "low", null));
    Dataset<Row> leads = Frames.frame(LEAD, lead("ada", "2026-03-01T00:00:00Z", "web", Map.of()));
    assertThat(features(engagements, leads, noOutcomes(), List.of(MIDNIGHT)).get("ada"))
        .containsEntry("days_since_first_engagement", 1.75)
        .containsEntry("days_since_last_engagement", 1.25)
        .containsEntry("mean_gap_days", 0.25);
  }

  @Test
  void nothingThatHappenedOrArrivedLaterChangesABit() {
    for (Instant asOf : List.of(MIDNIGHT, MIDDAY)) {
      Random random = new Random(11);
      List<Row> known = new ArrayList<>();
      List<Row> later = new ArrayList<>();
      for (int index = 0; index < 300; index++) {
        Instant before = asOf.minusSeconds(1 + random.nextInt(100 * 86_400));
        known.add(random(random, before, earliest(before.plusSeconds(60), asOf.minusMillis(1))));
        Instant after = asOf.plusSeconds(random.nextInt(3 * 86_400));
        later.add(random(random, after, after));
        later.add(random(random, before, after));
      }
      // The instant itself is too late, for happening and for arriving.
      later.add(random(random, asOf, asOf));
      later.add(random(random, asOf.minusSeconds(1), asOf));
      List<Row> all = new ArrayList<>(known);
      all.addAll(later);
      Collections.shuffle(all, random);
      Dataset<Row> expected = vectors(known, 1, asOf).localCheckpoint();
      assertThat(expected.count()).isEqualTo(20);
      Frames.assertSameRows(expected, vectors(all, 1, asOf), "lead_id");
      Collections.shuffle(all, random);
      Frames.assertSameRows(expected, vectors(all, 5, asOf), "lead_id");
    }
  }

  @Test
  void everyInstantAgreesWithACountOverTheEngagements() {
    Random random = new Random(12);
    List<Row> engagements = new ArrayList<>();
    for (int index = 0; index < 400; index++) {
      Instant at = MIDDAY.plusSeconds(86_400 - random.nextInt(60 * 86_400));
      engagements.add(random(random, at, at.plusSeconds(random.nextInt(2 * 86_400))));
    }
    for (Instant asOf : List.of(MIDNIGHT, MIDDAY)) {
      Map<String, Integer> counts = new HashMap<>();
      Map<String, Double> ages = new HashMap<>();
      for (Row one : engagements) {
        Instant occurredAt = one.getTimestamp(1).toInstant();
        if (one.getTimestamp(2).toInstant().isBefore(asOf) && one.getString(6).equals("inbound")) {
          counts.merge(one.getString(0), 1, Integer::sum);
          double age = Duration.between(occurredAt, asOf).toMillis() / 86_400e3;
          ages.merge(one.getString(0), age, Math::min);
        }
      }
      Map<String, Map<String, Double>> found =
          features(engagements, twentyLeads(), noOutcomes(), List.of(asOf));
      for (String lead : found.keySet()) {
        assertThat(found.get(lead).get("engagements_total"))
            .as(lead + " at " + asOf)
            .isEqualTo((double) counts.getOrDefault(lead, 0));
        assertThat(found.get(lead).get("days_since_last_engagement"))
            .isCloseTo(ages.getOrDefault(lead, Phrase.NEVER_DAYS), close());
      }
    }
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static double half(double age, double halfLife) {
    return Math.pow(2, -age / halfLife);
  }

  private static org.assertj.core.data.Offset<Double> close() {
    return within(1e-8);
  }
}
