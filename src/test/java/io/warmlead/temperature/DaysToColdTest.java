package io.warmlead.temperature;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.testing.TestSession;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The day on which a silent lead goes cold, from scores at a few days ahead. */
final class DaysToColdTest {
  private static final Instant TONIGHT = Instant.parse("2026-03-10T00:00:00Z");
  private static final Settings SETTINGS = by("probability");
  private static final Behaviour BEHAVIOUR = Behaviour.of(SETTINGS, List.of(), Map.of());

  /** Warm from 0.04 on, kept down to 0.0303; requests are kept for 18 days. */
  private static final DaysToCold FORECAST =
      forecast("probability", OptionalDouble.of(0.2), OptionalDouble.of(0.04));

  /** The same; those that engaged are kept warm for 38 days. */
  private static final DaysToCold BY_ENGAGEMENT =
      forecast("engagement", OptionalDouble.of(0.2), OptionalDouble.of(0.04));

  private final List<Row> aged = new ArrayList<>();

  @Test
  void theRuleThatHoldsLongestDecides() {
    // Asked two days ago: counts while no older than 18 days, so 16 more.
    lead("asked", "hot", 500, days -> 0.001, Map.of("last_ask_micros", daysAgo(2)));
    lead(
        "asked, probability longer",
        "hot",
        500,
        days -> falling(0.2, 0.1, days),
        Map.of("last_ask_micros", daysAgo(2)));
    lead("engaged", "warm", 5, days -> falling(0.1, 0.1, days));
    lead(
        "new to its tier",
        "warm",
        500,
        days -> falling(0.0304, 0.5, days),
        Map.of("previous_tier_since", Date.valueOf("2026-03-10")));
    // Back for three days: warm for eleven more.
    lead("came back", "warm", 500, days -> 0.001, Map.of("returned_micros", daysAgo(3)));
    assertThat(daysToCold(FORECAST))
        .containsOnly(
            Map.entry("asked", 17),
            // Log-odds fall by a tenth a day from those of 0.2: they pass those of 0.0303 after
            // 20.8.
            Map.entry("asked, probability longer", 21),
            Map.entry("came back", 12),
            Map.entry("engaged", 13),
            Map.entry("new to its tier", 3));
  }

  @Test
  void theLastStrongSignalOrTheProbabilityDecidesWhereBothMakeWarm() {
    // Strong signal five days ago: counts while no older than 38 days, so 33 more.
    lead("by behaviour", "hot", 5, days -> 0.001);
    // Log-odds fall by a tenth a day from those of 0.1: they pass those of 0.0303 after 12.7 days.
    lead("by probability", "warm", 500, days -> falling(0.1, 0.1, days));
    lead("both, behaviour longer", "warm", 5, days -> falling(0.1, 0.1, days));
    lead("both, probability longer", "warm", 36, days -> falling(0.1, 0.1, days));
    lead("never", "warm", 500, days -> 0.05);
    lead("already below tomorrow", "warm", 500, days -> falling(0.0304, 0.5, days));
    assertThat(daysToCold(BY_ENGAGEMENT))
        .containsEntry("by behaviour", 34)
        .containsEntry("by probability", 13)
        .containsEntry("both, behaviour longer", 34)
        .containsEntry("both, probability longer", 13)
        .containsEntry("never", null)
        .containsEntry("already below tomorrow", 1);
  }

  @Test
  void weakSignalsCountUntilTheLastThatTheirLevelNeedsIsTooOld() {
    // Two views are needed, and keep a lead warm for 38 days.
    viewed("twice yesterday", 1, 1);
    viewed("yesterday and long ago", 1, 20);
    viewed("often, and yesterday", 1, 9, 20, 33);
    assertThat(daysToCold(BY_ENGAGEMENT))
        .containsOnly(
            Map.entry("twice yesterday", 38),
            Map.entry("yesterday and long ago", 19),
            Map.entry("often, and yesterday", 30));
  }

  @Test
  void theEventOfAReferralCountsForTheWarmWindow() {
    Map<String, Object> referred = Map.of("last_referral_micros", daysAgo(23));
    // Eight days from now it will be 31 days old. It is a strong signal as well.
    lead("by probability", "warm", 23, days -> 0.001, referred);
    assertThat(daysToCold(FORECAST)).containsOnly(Map.entry("by probability", 8));
    assertThat(daysToCold(BY_ENGAGEMENT)).containsOnly(Map.entry("by probability", 16));
  }

  @Test
  void whereEngagementMakesNoneWarmTheDayOfAStrongSignalTellsNothing() {
    // What keeps it until some day before the seventh has no day of its own.
    lead("engaged tonight", "warm", 0, days -> 0.001);
    assertThat(daysToCold(FORECAST)).containsOnly(Map.entry("engaged tonight", 7));
  }

  @Test
  void atRiskIsWhatSevenSilentDaysCost() {
    lead("falls", "warm", 500, days -> 0.1 - 0.001 * days);
    lead("rises", "warm", 500, days -> 0.1 + 0.001 * days);
    Map<String, Double> atRisk = new HashMap<>();
    FORECAST
        .of(frame())
        .collectAsList()
        .forEach(found -> atRisk.put(found.getString(0), found.getDouble(2)));
    assertThat(atRisk.get("falls")).isCloseTo(0.007, within(1e-12));
    assertThat(atRisk.get("rises")).isCloseTo(-0.007, within(1e-12));
  }

  @Test
  void whatIsForecastForEachDayIsKept() {
    lead("falls", "warm", 500, days -> 0.1 - 0.0001 * days);
    assertThat(FORECAST.of(frame()).selectExpr("inline(silent_probabilities)").collectAsList())
        .extracting(Row::mkString)
        .containsExactlyElementsOf(
            SETTINGS.decay().forecastDays().stream()
                .map(days -> days + String.valueOf(0.1 - 0.0001 * days))
                .toList());
  }

  @Test
  void withoutAModelNoProbabilityIsForecast() {
    lead("by behaviour", "warm", 5, days -> 0.1);
    Row found =
        forecast("probability", OptionalDouble.empty(), OptionalDouble.empty())
            .of(
                frame()
                    .withColumn("probability", lit(null).cast("double"))
                    .withColumn("probability_tonight", lit(null).cast("double")))
            .head();
    assertThat(found.<Integer>getAs("days_to_cold")).isEqualTo(34);
    assertThat(found.isNullAt(found.fieldIndex("silent_probabilities"))).isTrue();
  }

  @Test
  void aLeadSetWarmByHandStaysSo() {
    lead("by hand", "warm", 500, days -> 0.001, Map.of("override_tier", "warm"));
    assertThat(FORECAST.of(frame()).head().isNullAt(1)).isTrue();
  }

  private static DaysToCold forecast(String by, OptionalDouble hot, OptionalDouble warm) {
    Settings settings = by(by);
    return new DaysToCold(
        TierPolicy.of(BEHAVIOUR, settings.temperature(), hot, warm),
        settings.decay().forecastDays(),
        settings.run());
  }

  private static Settings by(String policy) {
    return SettingsLoader.load(
        List.of(),
        List.of(
            "temperature.policy.by=" + policy,
            "temperature.hot_probability=0.2",
            "temperature.warm_probability=0.04",
            "temperature.hysteresis=0.25",
            "temperature.min_dwell=3 days"));
  }

  private Map<String, Integer> daysToCold(DaysToCold forecast) {
    Map<String, Integer> days = new HashMap<>();
    for (Row found : forecast.of(frame()).collectAsList()) {
      days.put(found.getString(0), found.isNullAt(1) ? null : found.getInt(1));
    }
    return days;
  }

  private static long daysAgo(int days) {
    return (TONIGHT.getEpochSecond() - days * 86_400L) * 1_000_000L;
  }

  private static double falling(double from, double perDay, int days) {
    double logOdds = Math.log(from / (1 - from)) - perDay * days;
    return 1 / (1 + Math.exp(-logOdds));
  }

  private void lead(String id, String tier, int strongAge, IntToDoubleFunction probability) {
    lead(id, tier, strongAge, probability, Map.of());
  }

  private void viewed(String id, int... ages) {
    lead(
        id,
        "warm",
        500,
        days -> 0.001,
        Map.of("level_age", ages[1]),
        days -> {
          long kept =
              Arrays.stream(ages).filter(age -> age + days <= BEHAVIOUR.keptWarmDays()).count();
          return Map.of("weak_keep_1", kept);
        });
  }

  private void lead(
      String id,
      String tier,
      int strongAge,
      IntToDoubleFunction probability,
      Map<String, Object> further) {
    lead(id, tier, strongAge, probability, further, days -> Map.of());
  }

  private void lead(
      String id,
      String tier,
      int strongAge,
      IntToDoubleFunction probability,
      Map<String, Object> further,
      IntFunction<Map<String, Object>> ahead) {
    IntUnaryOperator keeps = days -> strongAge + days <= BEHAVIOUR.keptWarmDays() ? 1 : 0;
    long askAge = age(further, "last_ask_micros");
    long referralAge = age(further, "last_referral_micros");
    for (int days : SETTINGS.decay().forecastDays()) {
      Map<String, Object> values = new HashMap<>(further);
      values.putAll(ahead.apply(days));
      values.put("lead_id", id);
      values.put("days_ahead", days);
      values.put("previous_tier", tier);
      values.put("probability", probability.applyAsDouble(days));
      values.put("probability_tonight", probability.applyAsDouble(0));
      values.put("tonight", Timestamp.from(TONIGHT));
      values.put("as_of", Timestamp.from(TONIGHT.plusSeconds(days * 86_400L)));
      values.put("created_at", Timestamp.from(Instant.parse("2024-01-01T00:00:00Z")));
      values.put("inbound_total_count", 1L);
      if (further.get("returned_micros") instanceof Long returned) {
        boolean isLate = days <= BEHAVIOUR.returnDays() - 3;
        values.put("late_micros", isLate ? returned : null);
        values.put("earlier_micros", daysAgo(60));
      }
      values.put("strong_keep", (long) keeps.applyAsInt(days));
      values.put("asks_keep", askAge + days <= BEHAVIOUR.keptHotDays() ? 1L : 0L);
      values.put("referrals_enter", referralAge + days <= 30 ? 1L : 0L);
      values.put("last_strong_micros", daysAgo(strongAge));
      aged.add(RowFactory.create(Arrays.stream(schema().fieldNames()).map(values::get).toArray()));
    }
  }

  private static long age(Map<String, Object> further, String micros) {
    return further.get(micros) instanceof Long at ? (daysAgo(0) - at) / 86_400_000_000L : 1_000;
  }

  private Dataset<Row> frame() {
    return TestSession.get().createDataFrame(aged, schema());
  }

  private static StructType schema() {
    return StructType.fromDDL(
        "lead_id STRING, days_ahead INT, previous_tier STRING, previous_tier_since DATE,"
            + " returned_micros BIGINT, level_age INT,"
            + " probability DOUBLE,"
            + " probability_tonight DOUBLE, tonight TIMESTAMP, as_of TIMESTAMP,"
            + " created_at TIMESTAMP, referrer_id STRING, override_tier STRING, "
            + String.join(", ", BEHAVIOUR.names().stream().map(name -> name + " BIGINT").toList()));
  }
}
