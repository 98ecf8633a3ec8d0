package io.warmlead.feature;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmlead.activity.DailyActivities;
import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.temperature.Behaviour;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Features are what a person would count by hand, and know nothing of what came later. */
final class FeaturesTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-10T00:00:00Z");
  private static final Instant MIDDAY = Instant.parse("2026-03-10T13:30:00Z");
  private static final Settings SETTINGS =
      SettingsLoader.load(List.of(), List.of("conversion.outcomes=[won]"));
  private static final FeaturePlan PLAN =
      new FeaturePlan(
          List.of("page_view", "demo_request"),
          List.of("site"),
          List.of("web"),
          List.of("employees"),
          Map.of("source", List.of("web")),
          true,
          List.of());
  private static final StructType ENGAGEMENT =
      StructType.fromDDL(
          "lead_id STRING, occurred_at TIMESTAMP, known_at TIMESTAMP, signal STRING,"
              + " channel STRING, family STRING, direction STRING, intent STRING,"
              + " value DECIMAL(18,4), batch BIGINT");
  private static final String LEAD =
      "lead_id STRING, created_at TIMESTAMP, source STRING, referrer_id STRING,"
          + " attributes MAP<STRING, STRING>, valid_from TIMESTAMP, valid_to TIMESTAMP";
  private static final String OUTCOME =
      "lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN";

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
  void anExcludedSignalCountsNowhere() {
    Random random = new Random(13);
    List<Row> engagements = new ArrayList<>();
    for (int index = 0; index < 300; index++) {
      Instant at = MIDNIGHT.minusSeconds(1 + random.nextInt(100 * 86_400));
      engagements.add(random(random, at, at));
    }
    for (String excluded : List.of("demo_request", "outreach_sent")) {
      FeaturePlan plan = PLAN.without(Set.of(PlanColumn.signal(excluded)));
      assertThat(plan.excludedSignals()).containsExactly(excluded);
      assertThat(FeatureSet.of(plan).columns()).doesNotContainValue(PlanColumn.signal(excluded));
      List<Row> others =
          engagements.stream().filter(one -> !one.getString(3).equals(excluded)).toList();
      assertThat(others).hasSizeLessThan(engagements.size());
      Frames.assertSameRows(
          vectors(plan, others, 1, MIDNIGHT), vectors(plan, engagements, 1, MIDNIGHT), "lead_id");
    }
  }

  @Test
  void anExcludedAttributeHasNoFeatureAndOthersStay() {
    FeaturePlan plan =
        PLAN.without(Set.of(PlanColumn.attribute("employees"), PlanColumn.attribute("page_view")));
    assertThat(names(plan))
        .doesNotContain("employees", "employees_is_missing")
        .contains("source=web", "source=missing", "events_7d__page_view");
    assertThat(names(PLAN.without(Set.of(PlanColumn.attribute("source")))))
        .doesNotContain("source=web", "source=other", "source=missing")
        .contains("employees");
    assertThat(FeatureSet.of(PLAN).columns())
        .containsEntry("employees_is_missing", PlanColumn.attribute("employees"))
        .containsEntry("days_since__page_view", PlanColumn.signal("page_view"))
        .doesNotContainKey("engagements_7d");
  }

  @Test
  void aStoredPlanKeepsWhatItExcludesAndAnOlderOneExcludesNothing() throws Exception {
    ObjectMapper json = new ObjectMapper();
    FeaturePlan plan = PLAN.without(Set.of(PlanColumn.signal("demo_request")));
    String stored = json.writeValueAsString(plan);
    assertThat(json.readValue(stored, FeaturePlan.class)).isEqualTo(plan);
    String older = json.writeValueAsString(PLAN).replace(",\"excludedSignals\":[]", "");
    assertThat(older).doesNotContain("excludedSignals");
    assertThat(json.readValue(older, FeaturePlan.class)).isEqualTo(PLAN);
  }

  private static List<String> names(FeaturePlan plan) {
    return FeatureSet.of(plan).features().stream().map(Feature::name).toList();
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
                .select("lead_id")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("open", "came back", "closes now");
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

  private static Row version(String source, String from, String to) {
    return row(
        "ada",
        time("2026-01-01T00:00:00Z"),
        source,
        null,
        scala(Map.of()),
        time(from),
        to == null ? null : time(to));
  }

  private static Map<String, Map<String, Double>> features(
      List<Row> engagements, Dataset<Row> leads, Dataset<Row> outcomes, List<Instant> asOf) {
    FeatureSet set = FeatureSet.of(PLAN);
    Column names =
        functions.array(set.features().stream().map(f -> lit(f.name())).toArray(Column[]::new));
    Map<String, Map<String, Double>> found = new HashMap<>();
    openLeads(frame(engagements), leads, outcomes, asOf, SETTINGS)
        .select(col("lead_id"), explode(map_from_arrays(names, set.vector())))
        .collectAsList()
        .forEach(
            row ->
                found
                    .computeIfAbsent(row.getString(0), lead -> new HashMap<>())
                    .put(row.getString(1), row.getDouble(2)));
    return found;
  }

  private static Dataset<Row> vectors(List<Row> engagements, int partitions, Instant asOf) {
    return vectors(PLAN, engagements, partitions, asOf);
  }

  private static Dataset<Row> vectors(
      FeaturePlan plan, List<Row> engagements, int partitions, Instant asOf) {
    return openLeads(
            plan,
            frame(engagements).repartition(partitions),
            twentyLeads(),
            noOutcomes(),
            List.of(asOf),
            SETTINGS)
        .select(col("lead_id"), FeatureSet.of(plan).vector().as("features"));
  }

  private static Dataset<Row> openLeads(
      Dataset<Row> engagements,
      Dataset<Row> leads,
      Dataset<Row> outcomes,
      List<Instant> asOf,
      Settings settings) {
    return openLeads(PLAN, engagements, leads, outcomes, asOf, settings);
  }

  private static Dataset<Row> openLeads(
      FeaturePlan plan,
      Dataset<Row> engagements,
      Dataset<Row> leads,
      Dataset<Row> outcomes,
      List<Instant> asOf,
      Settings settings) {
    Behaviour behaviour = Behaviour.of(settings, plan.signals(), Map.of());
    List<Column> sums = new ArrayList<>(FeatureSet.of(plan).aggregates());
    sums.addAll(behaviour.aggregates());
    Dataset<Row> activity =
        PointInTime.activity(
            DailyActivities.of(engagements, settings.run()), engagements, asOf, settings.run());
    Dataset<Row> aggregated =
        behaviour
            .need(FeatureSet.need(new Summaries()))
            .of(activity)
            .groupBy("lead_id", "as_of")
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    return PointInTime.openLeads(
        leads, outcomes, aggregated, asOf, settings.conversion(), settings.run());
  }

  private static Dataset<Row> frame(List<Row> engagements) {
    return TestSession.get()
        .createDataFrame(engagements, ENGAGEMENT)
        .withColumn("asset", functions.lit(null).cast("string"));
  }

  private static Dataset<Row> noOutcomes() {
    return Frames.frame(OUTCOME);
  }

  private static Dataset<Row> twentyLeads() {
    List<Row> leads = new ArrayList<>();
    for (int index = 0; index < 20; index++) {
      leads.add(lead("lead-" + index, "2025-06-01T00:00:00Z", "web", Map.of()));
    }
    return Frames.frame(LEAD, leads.toArray(Row[]::new));
  }

  private static Row lead(
      String lead, String createdAt, String source, Map<String, String> attributes) {
    return row(lead, time(createdAt), source, null, scala(attributes), time(createdAt), null);
  }

  private static Row outcome(String lead, Instant at, boolean isConversion) {
    return row(lead, Timestamp.from(at), isConversion, true);
  }

  private static Row inbound(String lead, String at, String signal, String intent, String value) {
    return row(
        lead,
        time(at),
        time(at),
        signal,
        "web",
        "site",
        "inbound",
        intent,
        value == null ? null : new BigDecimal(value),
        1L);
  }

  private static Row outbound(String lead, String at) {
    return row(
        lead,
        time(at),
        time(at),
        "outreach_sent",
        "email",
        "outreach",
        "outbound",
        "low",
        null,
        1L);
  }

  private static Row random(Random random, Instant occurredAt, Instant knownAt) {
    boolean isInbound = random.nextInt(4) > 0;
    return row(
        "lead-" + random.nextInt(20),
        Timestamp.from(occurredAt),
        Timestamp.from(knownAt),
        isInbound ? PLAN.signals().get(random.nextInt(2)) : "outreach_sent",
        random.nextBoolean() ? "web" : "email",
        isInbound ? "site" : "outreach",
        isInbound ? "inbound" : "outbound",
        random.nextBoolean() ? "high" : "low",
        random.nextBoolean() ? new BigDecimal(random.nextInt(1_000)).movePointLeft(2) : null,
        1L);
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Timestamp time(String text) {
    return Timestamp.from(Instant.parse(text));
  }

  private static double half(double age, double halfLife) {
    return Math.pow(2, -age / halfLife);
  }

  private static org.assertj.core.data.Offset<Double> close() {
    return within(1e-8);
  }

  private static scala.collection.Map<String, String> scala(Map<String, String> map) {
    return scala.jdk.javaapi.CollectionConverters.asScala(map);
  }
}
