package io.warmlead.feature;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_arrays;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.temperature.Behaviour;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Leads and their engagements as a test writes them down, and the features that come of them. */
final class WrittenHistory {
  static final Instant MIDNIGHT = Instant.parse("2026-03-10T00:00:00Z");
  static final Instant MIDDAY = Instant.parse("2026-03-10T13:30:00Z");
  static final Settings SETTINGS =
      SettingsLoader.load(List.of(), List.of("conversion.outcomes=[won]"));
  static final FeaturePlan PLAN =
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
  static final String LEAD =
      "lead_id STRING, created_at TIMESTAMP, source STRING, referrer_id STRING,"
          + " attributes MAP<STRING, STRING>, valid_from TIMESTAMP, valid_to TIMESTAMP,"
          + " counts_from TIMESTAMP";
  static final String OUTCOME =
      "lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN";

  private WrittenHistory() {}

  /** Per open lead, the values of its features; the instants are not told apart. */
  static Map<String, Map<String, Double>> features(
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

  /** The features of twenty leads, whatever way their engagements are spread over partitions. */
  static Dataset<Row> vectors(List<Row> engagements, int partitions, Instant asOf) {
    return vectors(PLAN, engagements, partitions, asOf);
  }

  static Dataset<Row> vectors(
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

  static Dataset<Row> openLeads(
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
    FeatureSet features = FeatureSet.of(plan);
    List<Column> sums = new ArrayList<>(features.aggregates());
    sums.addAll(behaviour.aggregates());
    Dataset<Row> activity =
        PointInTime.activity(
            DailyActivities.of(engagements, settings.run()), engagements, asOf, settings.run());
    Dataset<Row> aggregated =
        behaviour
            .need(features.need(new Summaries()))
            .of(activity)
            .groupBy("lead_id", "as_of")
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    return PointInTime.openLeads(
        leads, outcomes, aggregated, asOf, settings.conversion(), settings.run());
  }

  static Dataset<Row> frame(List<Row> engagements) {
    return TestSession.get()
        .createDataFrame(engagements, ENGAGEMENT)
        .withColumn("asset", functions.lit(null).cast("string"));
  }

  static Dataset<Row> noOutcomes() {
    return Frames.frame(OUTCOME);
  }

  static Dataset<Row> twentyLeads() {
    List<Row> leads = new ArrayList<>();
    for (int index = 0; index < 20; index++) {
      leads.add(lead("lead-" + index, "2025-06-01T00:00:00Z", "web", Map.of()));
    }
    return Frames.frame(LEAD, leads.toArray(Row[]::new));
  }

  static Row lead(String lead, String createdAt, String source, Map<String, String> attributes) {
    return row(lead, time(createdAt), source, null, scala(attributes), time(createdAt), null, null);
  }

  static Row outcome(String lead, Instant at, boolean isConversion) {
    return row(lead, Timestamp.from(at), isConversion, true);
  }

  static Row inbound(String lead, String at, String signal, String intent, String value) {
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

  static Row outbound(String lead, String at) {
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

  /** An engagement of one of the twenty leads. */
  static Row random(Random random, Instant occurredAt, Instant knownAt) {
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

  static Timestamp time(String text) {
    return Timestamp.from(Instant.parse(text));
  }

  static scala.collection.Map<String, String> scala(Map<String, String> map) {
    return scala.jdk.javaapi.CollectionConverters.asScala(map);
  }
}
