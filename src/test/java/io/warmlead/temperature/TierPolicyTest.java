package io.warmlead.temperature;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Every rule that makes a lead cold, warm or hot, and every kind of move between tiers. */
final class TierPolicyTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T00:00:00Z");
  private static final LocalDate DATE = LocalDate.parse("2026-03-10");
  private static final Settings SETTINGS = SettingsLoader.load(List.of(), List.of());

  /** Weak signals in order of their names: email_open (three of them), page_view (two). */
  private static final Behaviour BEHAVIOUR = Behaviour.of(SETTINGS, List.of(), Map.of());

  private static final long NEWER = 2_000;
  private static final long OLDER = 1_000;

  private record Case(String lead, Map<String, Object> values, String tier, String reason) {}

  @Test
  void theFirstRuleThatHoldsDecides() {
    List<Case> cases = new ArrayList<>();
    cases.add(decided("nothing", Map.of(), "cold", "never acted by itself"));
    cases.add(
        decided("touched only", Map.of("probability", 0.99), "cold", "never acted by itself"));
    cases.add(acted("asked", Map.of("asks_enter", 1L), "hot", "asked to buy"));
    cases.add(acted("likely", Map.of("probability", 0.5), "hot", "probability"));
    cases.add(acted("rather likely", Map.of("probability", 0.2), "warm", "probability"));
    cases.add(acted("unlikely", Map.of("probability", 0.1), "cold", "faded"));
    cases.add(acted("engaged", Map.of("strong_enter", 1L), "warm", "engaged"));
    cases.add(acted("one page", Map.of("weak_enter_1", 1L), "cold", "faded"));
    cases.add(acted("two pages", Map.of("weak_enter_1", 2L), "warm", "engaged"));
    cases.add(acted("two opens", Map.of("weak_enter_0", 2L), "cold", "faded"));
    cases.add(acted("three opens", Map.of("weak_enter_0", 3L), "warm", "engaged"));
    cases.add(decided("referral", Map.of("referrals_enter", 1L), "warm", "referred"));
    cases.add(
        decided(
            "referred when new",
            Map.of("referrer_id", "friend", "created_at", time("2026-03-01T00:00:00Z")),
            "warm",
            "referred"));
    cases.add(
        decided(
            "referred long ago", Map.of("referrer_id", "friend"), "cold", "never acted by itself"));
    // Hysteresis of a quarter: 0.4 is kept down to 0.3, 0.2 down to 0.15.
    cases.add(
        acted(
            "keeps hot", Map.of("previous_tier", "hot", "probability", 0.31), "hot", "still hot"));
    cases.add(
        acted(
            "loses hot",
            Map.of("previous_tier", "hot", "probability", 0.29),
            "warm",
            "probability"));
    cases.add(
        acted(
            "asked a while ago",
            Map.of("previous_tier", "hot", "asks_keep", 1L),
            "hot",
            "still hot"));
    cases.add(
        acted(
            "keeps warm",
            Map.of("previous_tier", "warm", "probability", 0.16),
            "warm",
            "still warm"));
    cases.add(
        acted(
            "engaged a while ago",
            Map.of("previous_tier", "warm", "strong_keep", 1L),
            "warm",
            "still warm"));
    cases.add(
        acted(
            "was never warm", Map.of("previous_tier", "cold", "strong_keep", 1L), "cold", "faded"));
    cases.add(
        acted(
            "opted out",
            Map.of("asks_enter", 1L, "last_opt_out_micros", NEWER, "last_inbound_micros", OLDER),
            "cold",
            "opted out"));
    cases.add(
        acted(
            "came back after opting out",
            Map.of("asks_enter", 1L, "last_opt_out_micros", OLDER, "last_inbound_micros", NEWER),
            "hot",
            "asked to buy"));
    cases.add(
        acted(
            "by hand",
            Map.of("override_tier", "Hot", "last_opt_out_micros", NEWER, "probability", 0.01),
            "hot",
            "set by hand"));
    cases.add(
        acted(
            "by hand down",
            Map.of("override_tier", "cold", "asks_enter", 1L),
            "cold",
            "set by hand"));
    cases.add(
        acted(
            "no such tier",
            Map.of("override_tier", "tepid", "asks_enter", 1L),
            "hot",
            "asked to buy"));

    TierPolicy policy =
        TierPolicy.of(
            BEHAVIOUR, SETTINGS.temperature(), OptionalDouble.of(0.4), OptionalDouble.of(0.2));
    Map<String, String> found = new LinkedHashMap<>();
    policy
        .withTier(leads(cases))
        .select("lead_id", "tier", "tier_reason")
        .collectAsList()
        .forEach(row -> found.put(row.getString(0), row.getString(1) + ", " + row.getString(2)));
    Map<String, String> expected = new LinkedHashMap<>();
    cases.forEach(one -> expected.put(one.lead(), one.tier() + ", " + one.reason()));
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void temperatureIsAFixedRisingMapOfProbability() {
    List<Case> cases =
        List.of(
            decided("a", Map.of("probability", 1e-6), "cold", ""),
            decided("b", Map.of("probability", 0.1), "cold", ""),
            decided("c", Map.of("probability", 0.999999), "cold", ""),
            decided("d", Map.of(), "cold", ""));
    TierPolicy policy =
        TierPolicy.of(
            BEHAVIOUR, SETTINGS.temperature(), OptionalDouble.empty(), OptionalDouble.empty());
    List<Row> rows =
        policy.withTier(leads(cases)).orderBy("lead_id").select("temperature").collectAsList();
    assertThat(rows.get(0).getDouble(0)).isCloseTo(0, within(0.1));
    assertThat(rows.get(1).getDouble(0))
        .isCloseTo(100 * Math.log(101) / Math.log(1_001), within(1e-9));
    assertThat(rows.get(2).getDouble(0)).isCloseTo(100, within(0.001));
    assertThat(rows.get(3).isNullAt(0)).isTrue();
  }

  @Test
  void theVersionOfThePolicyChangesWithItsNumbersOnly() {
    Settings other = SettingsLoader.load(List.of(), List.of("temperature.hysteresis=0.5"));
    OptionalDouble hot = OptionalDouble.of(0.4);
    OptionalDouble warm = OptionalDouble.of(0.2);
    String version = TierPolicy.of(BEHAVIOUR, SETTINGS.temperature(), hot, warm).version();
    assertThat(TierPolicy.of(BEHAVIOUR, SETTINGS.temperature(), hot, warm).version())
        .isEqualTo(version);
    assertThat(TierPolicy.of(BEHAVIOUR, other.temperature(), hot, warm).version())
        .isNotEqualTo(version);
    assertThat(TierPolicy.of(BEHAVIOUR, SETTINGS.temperature(), hot, hot).version())
        .isNotEqualTo(version);
  }

  @Test
  void everyMoveHasItsKindAndItsTrigger() {
    Timestamp old = time("2026-03-01T00:00:00Z");
    Timestamp recent = time("2026-03-09T00:00:00Z");
    Date since = Date.valueOf("2026-03-05");
    String schema =
        "lead_id STRING, segment STRING, tier STRING, tier_reason STRING, previous_tier STRING,"
            + " previous_tier_since DATE, is_rewarmed BOOLEAN, last_inbound_at TIMESTAMP,"
            + " last_inbound_signal STRING, previous_inbound_at TIMESTAMP, model_version STRING,"
            + " previous_model_version STRING, policy_version STRING,"
            + " previous_policy_version STRING";
    Dataset<Row> leads =
        Frames.frame(
            schema,
            row(
                "new",
                "s",
                "warm",
                "engaged",
                null,
                null,
                false,
                recent,
                "page_view",
                null,
                "1",
                null,
                "p",
                null),
            row(
                "heated",
                "s",
                "hot",
                "asked to buy",
                "warm",
                since,
                false,
                recent,
                "demo_request",
                old,
                "1",
                "1",
                "p",
                "p"),
            row(
                "cooled",
                "s",
                "cold",
                "faded",
                "warm",
                since,
                false,
                old,
                "page_view",
                old,
                "1",
                "1",
                "p",
                "p"),
            row(
                "rewarmed",
                "s",
                "warm",
                "engaged",
                "cold",
                since,
                true,
                recent,
                "email_reply",
                old,
                "1",
                "1",
                "p",
                "p"),
            row(
                "stayed",
                "s",
                "warm",
                "engaged",
                "warm",
                since,
                true,
                recent,
                "page_view",
                old,
                "1",
                "1",
                "p",
                "p"),
            row(
                "by model",
                "s",
                "warm",
                "probability",
                "cold",
                since,
                false,
                old,
                "page_view",
                old,
                "2",
                "1",
                "p",
                "p"),
            row(
                "by policy",
                "s",
                "cold",
                "faded",
                "warm",
                since,
                false,
                old,
                "page_view",
                old,
                "1",
                "1",
                "q",
                "p"),
            row(
                "by hand",
                "s",
                "hot",
                "set by hand",
                "cold",
                since,
                false,
                old,
                "page_view",
                old,
                "1",
                "1",
                "p",
                "p"),
            row(
                "opted out",
                "s",
                "cold",
                "opted out",
                "hot",
                since,
                false,
                old,
                "page_view",
                old,
                "1",
                "1",
                "p",
                "p"));
    Dataset<Row> before =
        Frames.frame(
            "lead_id STRING, segment STRING, tier STRING, tier_since DATE",
            row("heated", "s", "warm", since),
            row("closed", "s", "hot", since));
    Dataset<Row> outcomes =
        Frames.frame(
            "lead_id STRING, outcome STRING, occurred_at TIMESTAMP, closes BOOLEAN",
            row("closed", "won", recent, true),
            row("closed", "asked", recent, false));
    Map<String, String> found = new HashMap<>();
    Moves.transitions(leads, before, outcomes, DATE, AS_OF)
        .collectAsList()
        .forEach(
            move ->
                found.put(
                    move.getAs("lead_id"),
                    move.getAs("from_tier")
                        + " to "
                        + move.getAs("to_tier")
                        + ", "
                        + move.getAs("kind")
                        + " by "
                        + move.getAs("trigger_signal")
                        + " after "
                        + move.getAs("dwell_days")));
    assertThat(found)
        .containsOnly(
            Map.entry("new", "null to warm, new by page_view after null"),
            Map.entry("heated", "warm to hot, heated by demo_request after 5"),
            Map.entry("cooled", "warm to cold, cooled by silence after 5"),
            Map.entry("rewarmed", "cold to warm, rewarmed by email_reply after 5"),
            Map.entry("by model", "cold to warm, heated by model after 5"),
            Map.entry("by policy", "warm to cold, policy by policy after 5"),
            Map.entry("by hand", "cold to hot, heated by set by hand after 5"),
            Map.entry("opted out", "hot to cold, cooled by opt_out after 5"),
            Map.entry("closed", "hot to null, closed by won after 5"));
  }

  @Test
  void historyKeepsSinceWhenAndWhetherALeadCameBack() {
    Date since = Date.valueOf("2026-03-01");
    Dataset<Row> leads =
        Frames.frame(
            "lead_id STRING, tier STRING, probability DOUBLE, previous_tier STRING,"
                + " previous_tier_since DATE, previous_has_been_warm BOOLEAN,"
                + " previous_is_rewarmed BOOLEAN, previous_probability DOUBLE,"
                + " strong_total BIGINT, inbound_7d BIGINT, inbound_30d BIGINT",
            row("back", "warm", 0.3, "cold", since, true, false, 0.1, 0L, 1L, 1L),
            row("cold", "cold", 0.1, "cold", since, false, false, 0.3, 0L, 0L, 0L),
            row("first", "warm", 0.3, null, null, null, null, null, 1L, 1L, 1L),
            row("stays back", "hot", 0.3, "warm", since, true, true, 0.3, 0L, 1L, 1L),
            row("steady", "warm", null, "warm", since, true, false, null, 0L, 1L, 4L));
    List<String> found =
        Moves.withHistory(leads, DATE)
            .orderBy("lead_id")
            .select("lead_id", "tier_since", "has_been_warm", "is_rewarmed", "trend")
            .collectAsList()
            .stream()
            .map(row -> row.mkString(" "))
            .toList();
    assertThat(found)
        .containsExactly(
            "back 2026-03-10 true true heating",
            "cold 2026-03-01 false false cooling",
            "first 2026-03-10 true false new",
            "stays back 2026-03-10 true true steady",
            "steady 2026-03-01 true false steady");
  }

  @Test
  void percentileIsTheShareWithALowerOrEqualProbability() {
    Dataset<Row> leads =
        Frames.frame(
            "lead_id STRING, probability DOUBLE",
            row("a", 0.1),
            row("b", 0.2),
            row("c", 0.2),
            row("d", 0.4),
            row("e", null));
    Frames.assertSameRows(
        Frames.frame(
            "lead_id STRING, percentile DOUBLE",
            row("a", 25D),
            row("b", 75D),
            row("c", 75D),
            row("d", 100D),
            row("e", null)),
        Percentiles.withPercentile(leads).select("lead_id", "percentile"),
        "lead_id");
  }

  @Test
  void frameworksSayWhatIsMissingAndHowFarALeadIs() {
    long inbound = (AS_OF.getEpochSecond() - 30 * 86_400L) * 1_000_000L;
    List<Case> cases =
        List.of(
            new Case(
                "known",
                Map.of(
                    "budget",
                    "yes",
                    "authority",
                    "yes",
                    "need",
                    "yes",
                    "timeline",
                    "soon",
                    "tier",
                    "hot",
                    "temperature",
                    50D,
                    "meetings_30d",
                    1L,
                    "inbound_90d",
                    3L,
                    "all_90d",
                    4L,
                    "last_inbound_micros",
                    inbound),
                "",
                ""),
            new Case("unknown", Map.of("need", "yes", "tier", "cold"), "", ""));
    List<Row> rows =
        Frameworks.withFrameworks(leads(cases), BEHAVIOUR)
            .orderBy("lead_id")
            .select(
                "bant_score",
                "bant_missing",
                "inbound_share",
                "funnel_stage",
                "readiness",
                "intent_score")
            .collectAsList();
    Row known = rows.get(0);
    assertThat(known.getInt(0)).isEqualTo(4);
    assertThat(known.getList(1)).isEmpty();
    assertThat(known.getDouble(2)).isEqualTo(0.75);
    assertThat(known.getString(3)).isEqualTo("sales engagement");
    assertThat(known.getDouble(4)).as("halved in thirty days").isEqualTo(25);
    Row unknown = rows.get(1);
    assertThat(unknown.getInt(0)).isEqualTo(1);
    assertThat(unknown.<String>getList(1)).containsExactly("budget", "authority", "timing");
    assertThat(unknown.isNullAt(2)).isTrue();
    assertThat(unknown.getString(3)).isEqualTo("identified");
    assertThat(unknown.getDouble(5)).isZero();
  }

  private static Case decided(String lead, Map<String, Object> values, String tier, String reason) {
    return new Case(lead, values, tier, reason);
  }

  /** A lead that has acted by itself at least once. */
  private static Case acted(String lead, Map<String, Object> values, String tier, String reason) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("inbound_total_count", 1L);
    return new Case(lead, all, tier, reason);
  }

  private static Timestamp time(String text) {
    return Timestamp.from(Instant.parse(text));
  }

  /** Leads with all sums of behaviour NULL but those given. */
  private static Dataset<Row> leads(List<Case> cases) {
    StructType schema =
        StructType.fromDDL(
            "lead_id STRING, probability DOUBLE, temperature DOUBLE, tier STRING,"
                + " previous_tier STRING, override_tier STRING, referrer_id STRING,"
                + " budget STRING, authority STRING, need STRING, timeline STRING,"
                + " created_at TIMESTAMP, as_of TIMESTAMP, "
                + String.join(
                    ", ", BEHAVIOUR.names().stream().map(name -> name + " BIGINT").toList()));
    List<Row> rows = new ArrayList<>();
    for (Case one : cases) {
      Map<String, Object> values = new HashMap<>(one.values());
      values.put("lead_id", one.lead());
      values.put("as_of", Timestamp.from(AS_OF));
      values.putIfAbsent("created_at", time("2025-01-01T00:00:00Z"));
      rows.add(
          RowFactory.create(
              java.util.Arrays.stream(schema.fieldNames()).map(values::get).toArray()));
    }
    return TestSession.get().createDataFrame(rows, schema);
  }
}
