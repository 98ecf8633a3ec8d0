package io.warmlead.decay;

import static io.warmlead.decay.DecayFrames.assertMatches;
import static io.warmlead.decay.DecayFrames.frame;
import static io.warmlead.decay.DecayFrames.row;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.DecayHalfLives;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class TouchEffectsTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant AS_OF = BEGIN.plus(Duration.ofDays(PlantedTouches.DAYS));
  private static final List<String> SIGNALS = List.of("quick", "slow", "idle");
  private static final String HALF_LIVES =
      "dimension STRING, value STRING, shape STRING, shape_exponent DOUBLE, half_life_days DOUBLE,"
          + " ci_low DOUBLE, ci_high DOUBLE, never_converts_share DOUBLE, n BIGINT,"
          + " conversions BIGINT, method STRING";

  private static final TouchedLeads PLANTED =
      PlantedTouches.of(1_500, new double[] {1.5, 12, 5}, new double[] {60, 25, 0}, 3);

  @Test
  void tellsHowFastEachSignalFades() {
    Map<String, TouchEffect> bySignal = effects(history(1), 20);

    assertThat(bySignal).containsOnlyKeys("all", "idle", "quick", "slow");
    assertThat(bySignal.get("quick"))
        .satisfies(effect -> assertThat(effect.lowDays()).isLessThan(1.5))
        .satisfies(effect -> assertThat(effect.highDays()).isGreaterThan(1.5));
    assertThat(bySignal.get("slow"))
        .satisfies(effect -> assertThat(effect.lowDays()).isBetween(4D, 12D))
        .satisfies(effect -> assertThat(effect.highDays()).isGreaterThan(12));
    assertThat(bySignal.get("idle").method()).startsWith("withheld: no effect on conversion");
    assertThat(bySignal.get("all").conversions()).isGreaterThan(100);
    assertThat(effects(history(1), 10_000).values())
        .allSatisfy(
            effect -> assertThat(effect.method()).matches("withheld: \\d+ conversions .*needed"));
  }

  @Test
  void doesNotDependOnTheOrderOfRows() {
    assertThat(effects(history(7), 20)).isEqualTo(effects(history(1), 20));
  }

  @Test
  void fitsNoMoreSignalsThanAFitCanHold() {
    TouchEffects.History all = history(1);
    Column[] other = {lit("signal "), pmod(xxhash64(col("lead_id")), lit(40))};
    TouchEffects.History manySignals =
        new TouchEffects.History(
            all.leads(),
            all.outcomes(),
            all.activity().withColumn("signal", concat(other)),
            BEGIN,
            AS_OF);

    Map<String, TouchEffect> bySignal = effects(manySignals, 1);

    assertThat(bySignal).hasSize(41);
    assertThat(bySignal.values())
        .filteredOn(effect -> effect.method().startsWith("withheld: the 25 that most conversions"))
        .hasSizeBetween(10, 15);
  }

  @Test
  void nobodyConvertedIsNoEffect() {
    TouchEffects.History all = history(1);

    assertThat(
            TouchEffects.of(
                new TouchEffects.History(
                    all.leads(), all.outcomes().limit(0), all.activity(), BEGIN, AS_OF),
                20))
        .isEmpty();
  }

  @Test
  void takesThePlaceOfTheTimeToConversionInRowsOfTouches() {
    Dataset<Row> halfLives =
        frame(
            HALF_LIVES,
            row("overall", "all", "weibull", .8, 50D, 40D, 60D, .7, 900L, 90L, "by times"),
            row("signal", "demo", "power", .5, 90D, 80D, 99D, .6, 300L, 40L, "by times"),
            row("signal", "all", "power", .5, 90D, 80D, 99D, .6, 9L, 4L, "a signal of that name"),
            row("signal", "page", "none", null, null, null, null, null, 20L, 4L, "withheld: few"));
    List<TouchEffect> effects =
        List.of(
            new TouchEffect("signal", "demo", 8D, 6D, null, 70, 30, "by effect"),
            new TouchEffect("signal", "all", 5D, 4D, 7D, 99, 33, "one for all"));

    Dataset<Row> rows = EffectHalfLives.in(halfLives, effects).orderBy("dimension", "n");

    assertMatches(rows, DecayHalfLives.TABLE);
    assertThat(rows.collectAsList())
        .containsExactly(
            row("overall", "all", "weibull", .8, 50D, 40D, 60D, .7, 900L, 90L, "by times"),
            row(
                "signal",
                "page",
                "none",
                null,
                null,
                null,
                null,
                null,
                20L,
                4L,
                "withheld: no such touch among the leads looked at"),
            row("signal", "all", "exponential", 1D, 5D, 4D, 7D, null, 99L, 33L, "one for all"),
            row(
                "signal",
                "demo",
                "exponential",
                1D,
                8D,
                6D,
                null,
                .6,
                300L,
                40L,
                "by effect; share that never converts: by times"));
  }

  private static Map<String, TouchEffect> effects(TouchEffects.History history, int least) {
    return TouchEffects.of(history, least).stream()
        .filter(effect -> effect.dimension().equals("signal"))
        .collect(Collectors.toMap(TouchEffect::value, Function.identity()));
  }

  private static TouchEffects.History history(int partitions) {
    Dataset<Row> leads =
        frame(
            "lead_id STRING, created_at TIMESTAMP",
            PLANTED.others().stream()
                .map(lead -> row(lead.leadId(), at(lead.fromMicros())))
                .toArray(Row[]::new));
    Dataset<Row> outcomes =
        frame(
            "lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN",
            PLANTED.conversions().stream()
                .map(lead -> row(lead.leadId(), at(lead.micros()), true, true))
                .toArray(Row[]::new));
    Dataset<Row> activity =
        frame(
            "lead_id STRING, day DATE, signal STRING, channel STRING, first_at TIMESTAMP,"
                + " last_at TIMESTAMP",
            PLANTED.touches().entrySet().stream()
                .flatMap(
                    lead ->
                        lead.getValue().stream()
                            .map(
                                touch ->
                                    row(
                                        lead.getKey(),
                                        day(touch.day()),
                                        SIGNALS.get(touch.kind()),
                                        "web",
                                        at(touch.firstMicros()),
                                        at(touch.lastMicros()))))
                .toArray(Row[]::new));
    return new TouchEffects.History(
        leads.repartition(partitions),
        outcomes.repartition(partitions),
        activity.repartition(partitions),
        BEGIN,
        AS_OF);
  }

  private static Timestamp at(long micros) {
    return Timestamp.from(BEGIN.plus(micros, ChronoUnit.MICROS));
  }

  private static Date day(int day) {
    return Date.valueOf(BEGIN.plus(Duration.ofDays(day)).atZone(ZoneOffset.UTC).toLocalDate());
  }
}
