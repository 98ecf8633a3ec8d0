package io.warmlead.temperature;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.testing.Frames;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Every rule that makes a lead cold, warm or hot. */
final class TierPolicyTest {
  private static final Settings SETTINGS = with();

  /** Weak signals in order of their names: email_open (three of them), page_view (two). */
  private static final Behaviour BEHAVIOUR = Behaviour.of(SETTINGS, List.of(), Map.of());

  private static final long NEWER = 2_000;
  private static final long OLDER = 1_000;
  private static final long DAY = 86_400_000_000L;

  private record Case(String lead, Map<String, Object> values, String tier, String reason) {
    Case with(String column, Object value) {
      Map<String, Object> all = new HashMap<>(values);
      all.put(column, value);
      return new Case(lead, all, tier, reason);
    }
  }

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
    cases.add(
        acted(
            "engaged",
            Map.of("strong_enter", 1L, "probability", 0.1),
            "cold",
            "engaged, but unlikely"));
    cases.add(decided("referral", Map.of("referrals_enter", 1L), "warm", "referred"));
    cases.add(
        decided(
            "referred when new",
            Map.of(
                "referrer_id", "friend", "created_at", LeadsWithSums.time("2026-03-01T00:00:00Z")),
            "warm",
            "referred"));
    cases.add(
        decided(
            "referred long ago", Map.of("referrer_id", "friend"), "cold", "never acted by itself"));
    // Hysteresis of a quarter of the odds: 0.4 is kept down to 0.333, 0.2 down to 0.158.
    cases.add(
        acted(
            "keeps hot", Map.of("previous_tier", "hot", "probability", 0.34), "hot", "still hot"));
    cases.add(
        acted(
            "loses hot",
            Map.of("previous_tier", "hot", "probability", 0.33),
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
            Map.of("previous_tier", "warm", "probability", 0.159),
            "warm",
            "still warm"));
    cases.add(
        acted(
            "engaged a while ago",
            Map.of("previous_tier", "warm", "strong_keep", 1L, "probability", 0.1),
            "cold",
            "faded"));
    cases.add(
        acted(
            "back after a silence",
            Map.of("probability", 0.1, "late_micros", 40 * DAY, "earlier_micros", 10 * DAY),
            "warm",
            "came back"));
    cases.add(
        acted(
            "back too soon",
            Map.of("probability", 0.1, "late_micros", 40 * DAY - 1, "earlier_micros", 10 * DAY),
            "cold",
            "faded"));
    cases.add(
        acted(
            "there for the first time",
            Map.of("probability", 0.1, "late_micros", 40 * DAY),
            "cold",
            "faded"));
    // Three days of dwelling: whoever became warm on the eighth stays so on the tenth.
    cases.add(
        acted(
            "hot since two days",
            Map.of("previous_tier", "hot", "previous_tier_since", march(8), "probability", 0.01),
            "hot",
            "still hot"));
    cases.add(
        acted(
            "hot since three days",
            Map.of("previous_tier", "hot", "previous_tier_since", march(7), "probability", 0.01),
            "cold",
            "faded"));
    cases.add(
        acted(
            "warm since two days",
            Map.of("previous_tier", "warm", "previous_tier_since", march(8), "probability", 0.01),
            "warm",
            "still warm"));
    cases.add(
        acted(
            "warm since three days",
            Map.of("previous_tier", "warm", "previous_tier_since", march(7), "probability", 0.01),
            "cold",
            "faded"));
    cases.add(
        acted(
            "cold since a day",
            Map.of("previous_tier", "cold", "previous_tier_since", march(9), "probability", 0.5),
            "hot",
            "probability"));
    cases.add(
        acted(
            "opted out of a new tier",
            Map.of(
                "previous_tier",
                "hot",
                "previous_tier_since",
                march(9),
                "last_refusal_micros",
                NEWER,
                "last_asked_for_us_micros",
                OLDER),
            "cold",
            "opted out"));
    cases.add(
        acted(
            "was never warm", Map.of("previous_tier", "cold", "strong_keep", 1L), "cold", "faded"));
    cases.add(
        acted(
            "opted out",
            Map.of(
                "asks_enter", 1L, "last_refusal_micros", NEWER, "last_asked_for_us_micros", OLDER),
            "cold",
            "opted out"));
    cases.add(
        acted(
            "opted out at the instant of another engagement",
            Map.of(
                "asks_enter", 1L, "last_refusal_micros", NEWER, "last_asked_for_us_micros", NEWER),
            "cold",
            "opted out"));
    cases.add(
        acted(
            "viewed a page after opting out",
            Map.of("asks_enter", 1L, "last_refusal_micros", OLDER, "last_inbound_micros", NEWER),
            "cold",
            "opted out"));
    cases.add(
        acted(
            "bounced",
            Map.of("asks_enter", 1L, "last_bounce_micros", NEWER, "last_known_act_micros", OLDER),
            "cold",
            "opted out"));
    cases.add(
        acted(
            "acted after a bounce",
            Map.of("asks_enter", 1L, "last_bounce_micros", OLDER, "last_known_act_micros", NEWER),
            "hot",
            "asked to buy"));
    cases.add(
        acted(
            "came back after opting out",
            Map.of(
                "asks_enter", 1L, "last_refusal_micros", OLDER, "last_asked_for_us_micros", NEWER),
            "hot",
            "asked to buy"));
    cases.add(
        acted(
            "by hand",
            Map.of("override_tier", "Hot", "last_refusal_micros", NEWER, "probability", 0.01),
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

    assertDecisions(policy(), cases);
  }

  /**
   * A quarter of the odds lies between entering and leaving, with what was chosen in the middle.
   */
  @Test
  void aThresholdChosenForAShareIsTheMiddleOfItsBand() {
    assertDecisions(
        TierPolicy.of(
            BEHAVIOUR, SETTINGS.temperature(), OptionalDouble.of(0.4), OptionalDouble.of(0.2)),
        List.of(
            acted("enters hot", Map.of("probability", 0.436), "hot", "probability"),
            acted("not yet hot", Map.of("probability", 0.434), "warm", "probability"),
            acted(
                "keeps hot",
                Map.of("previous_tier", "hot", "probability", 0.367),
                "hot",
                "still hot"),
            acted(
                "loses hot",
                Map.of("previous_tier", "hot", "probability", 0.365),
                "warm",
                "probability"),
            acted("enters warm", Map.of("probability", 0.225), "warm", "probability"),
            acted("not yet warm", Map.of("probability", 0.223), "cold", "faded")));
  }

  @Test
  void whoHasComeBackIsKnownWhateverDecidedTheTier() {
    Map<String, Object> back = Map.of("late_micros", 40 * DAY, "earlier_micros", 10 * DAY);
    List<Case> cases =
        List.of(
            acted("by that alone", back, "", ""),
            acted("and asked", back, "", "").with("asks_enter", 1L),
            acted("and is likely", back, "", "").with("probability", 0.5),
            acted("asked only", Map.of("asks_enter", 1L), "", ""));
    assertThat(
            policy()
                .withTier(leads(cases))
                .where("has_come_back")
                .select("lead_id", "tier_reason")
                .collectAsList())
        .containsExactlyInAnyOrder(
            row("by that alone", "came back"),
            row("and asked", "asked to buy"),
            row("and is likely", "probability"));
  }

  @Test
  void engagementIsEnoughWhereTheSettingsSaySoOrNothingElseIsKnown() {
    List<Case> cases =
        List.of(
            acted("engaged", Map.of("strong_enter", 1L), "warm", "engaged"),
            acted("one page", Map.of("weak_enter_1", 1L), "cold", "faded"),
            acted("two pages", Map.of("weak_enter_1", 2L), "warm", "engaged"),
            acted("two opens", Map.of("weak_enter_0", 2L), "cold", "faded"),
            acted("three opens", Map.of("weak_enter_0", 3L), "warm", "engaged"),
            acted(
                "engaged a while ago",
                Map.of("previous_tier", "warm", "strong_keep", 1L),
                "warm",
                "still warm"),
            acted(
                "was never warm",
                Map.of("previous_tier", "cold", "strong_keep", 1L),
                "cold",
                "faded"));
    OptionalDouble unknown = OptionalDouble.empty();
    assertDecisions(TierPolicy.of(BEHAVIOUR, SETTINGS.temperature(), unknown, unknown), cases);
    List<Case> unlikely = cases.stream().map(one -> one.with("probability", 0.1)).toList();
    assertDecisions(policy("policy.by=engagement"), unlikely);
    assertDecisions(
        policy("policy.by=engagement"),
        List.of(acted("likely", Map.of("probability", 0.2), "warm", "probability")));
  }

  /** Hot from 0.4 on, warm from 0.2. */
  private static TierPolicy policy(String... further) {
    List<String> settings = new ArrayList<>(List.of(further));
    settings.add("hot_probability=0.4");
    settings.add("warm_probability=0.2");
    return TierPolicy.of(
        BEHAVIOUR,
        with(settings.toArray(String[]::new)).temperature(),
        OptionalDouble.of(0.9),
        OptionalDouble.of(0.9));
  }

  private static void assertDecisions(TierPolicy policy, List<Case> cases) {
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
  void whatIsNoTierSetsNothing() {
    Dataset<Row> given =
        Frames.frame(
            "override_tier STRING",
            row("Hot"),
            row("cold"),
            row("tepid"),
            row(" "),
            row((Object) null));
    assertThat(given.where(TierPolicy.isUnknownOverride()).collectAsList())
        .containsExactly(row("tepid"));
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
    OptionalDouble hot = OptionalDouble.of(0.4);
    OptionalDouble warm = OptionalDouble.of(0.2);
    String version = TierPolicy.of(BEHAVIOUR, SETTINGS.temperature(), hot, warm).version();
    assertThat(TierPolicy.of(BEHAVIOUR, SETTINGS.temperature(), hot, warm).version())
        .isEqualTo(version);
    for (String changed :
        List.of("hysteresis=0.5", "min_dwell=4 days", "policy.by=engagement", "hot_window=1 day")) {
      Settings other = with(changed);
      assertThat(TierPolicy.of(BEHAVIOUR, other.temperature(), hot, warm).version())
          .as(changed)
          .isNotEqualTo(version);
    }
    assertThat(TierPolicy.of(BEHAVIOUR, SETTINGS.temperature(), hot, hot).version())
        .isNotEqualTo(version);
    assertThat(versionWith("signals.catalogue.pricing_view.intent=high", hot, warm))
        .as("another signal is a request")
        .isNotEqualTo(version);
    assertThat(versionWith("signals.catalogue.call.direction=inbound", hot, warm))
        .as("another signal is engagement")
        .isNotEqualTo(version);
    assertThat(versionWith("signals.catalogue.pricing_view.points=9", hot, warm))
        .as("points make no tier")
        .isEqualTo(version);
  }

  private static String versionWith(String setting, OptionalDouble hot, OptionalDouble warm) {
    Settings signals = SettingsLoader.load(List.of(), List.of(setting));
    return TierPolicy.of(
            Behaviour.of(signals, List.of(), Map.of()), SETTINGS.temperature(), hot, warm)
        .version();
  }

  /** Settings of the tiers, the last of those that are given twice. */
  private static Settings with(String... further) {
    return SettingsLoader.load(
        List.of(),
        Stream.concat(Stream.of("hysteresis=0.25", "min_dwell=3 days"), Arrays.stream(further))
            .map(setting -> "temperature." + setting)
            .toList());
  }

  private static Date march(int day) {
    return Date.valueOf(LocalDate.of(2026, 3, day));
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

  private static Dataset<Row> leads(List<Case> cases) {
    Map<String, Map<String, Object>> values = new LinkedHashMap<>();
    cases.forEach(one -> values.put(one.lead(), one.values()));
    return LeadsWithSums.of(BEHAVIOUR, values);
  }
}
