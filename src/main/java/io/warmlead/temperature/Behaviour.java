package io.warmlead.temperature;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.SignalSettings;
import io.warmlead.config.TemperatureSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What the tier rules need to know of a lead's behaviour: sums over {@code PointInTime.activity},
 * made in the same grouping as the features.
 *
 * <p>"Last signal" is kept as one number, microseconds x 1024 + position of the signal in a sorted
 * dictionary, because texts in a grouping cost a sort; of two signals at one instant the later name
 * wins.
 */
public final class Behaviour {
  private static final int CODE_BITS = 10;
  private static final long CODES = 1L << CODE_BITS;
  private static final double UNIT = 1L << 30;

  private final SignalSettings signals;
  private final TemperatureSettings settings;
  private final List<String> dictionary;

  private Behaviour(SignalSettings signals, TemperatureSettings settings, List<String> dictionary) {
    this.signals = signals;
    this.settings = settings;
    this.dictionary = dictionary;
  }

  /**
   * Behaviour under the settings.
   *
   * @param observed signals of the data, beside those of the catalogue
   */
  public static Behaviour of(
      SignalSettings signals, TemperatureSettings settings, List<String> observed) {
    SortedSet<String> known = new TreeSet<>(signals.catalogue().keySet());
    known.addAll(observed);
    return new Behaviour(signals, settings, known.stream().limit(CODES - 1).toList());
  }

  /** Sums over the activity of one lead and instant. */
  public List<Column> aggregates() {
    return sums().entrySet().stream().map(sum -> sum.getValue().as(sum.getKey())).toList();
  }

  /** Names of the sums. */
  public List<String> names() {
    return List.copyOf(sums().keySet());
  }

  private Map<String, Column> sums() {
    Map<String, Column> sums = new LinkedHashMap<>();
    Column inbound = col("is_inbound");
    Column asks = inbound.and(col("intent").equalTo("high"));
    sums.put("last_inbound_code", max(when(inbound, code())));
    sums.put("last_ask_code", max(when(asks, code())));
    sums.put("last_inbound_micros", max(when(inbound, functions.unix_micros(col("last_at")))));
    sums.put(
        "last_opt_out_micros",
        max(when(col("direction").equalTo("negative"), functions.unix_micros(col("last_at")))));
    sums.put("asks_enter", count(asks.and(within(settings.hotWindowDays()))));
    sums.put("asks_keep", count(asks.and(within(kept(settings.hotWindowDays())))));
    Column strong = inbound.and(functions.not(col("signal").isin(weak().toArray())));
    sums.put("strong_total", count(strong));
    sums.put("strong_enter", count(strong.and(within(settings.warmWindowDays()))));
    sums.put("strong_keep", count(strong.and(within(kept(settings.warmWindowDays())))));
    for (int index = 0; index < weak().size(); index++) {
      Column is = inbound.and(col("signal").equalTo(weak().get(index)));
      sums.put("weak_enter_" + index, count(is.and(within(settings.warmWindowDays()))));
      sums.put("weak_keep_" + index, count(is.and(within(kept(settings.warmWindowDays())))));
    }
    sums.put(
        "referrals_enter",
        count(col("family").equalTo("referral").and(within(settings.warmWindowDays()))));
    sums.put("inbound_total_count", count(inbound));
    sums.put("inbound_7d", count(inbound.and(within(7))));
    sums.put("inbound_30d", count(inbound.and(within(30))));
    sums.put("inbound_90d", count(inbound.and(within(90))));
    sums.put("all_90d", count(within(90)));
    sums.put("meetings_30d", count(col("signal").isin("meeting", "call").and(within(30))));
    sums.put("points_units", fixedPoint(points(), 30));
    sums.put("intent_units", fixedPoint(when(inbound, intentWeight()).otherwise(0D), 14));
    return sums;
  }

  /** Whether the levels that make a lead warm are met, to enter the tier or to keep it. */
  Column meetsLevels(boolean toKeep) {
    String suffix = toKeep ? "keep" : "enter";
    Column met = number("strong_" + suffix).gt(0);
    for (int index = 0; index < weak().size(); index++) {
      int level = settings.levels().get(weak().get(index));
      met = met.or(number("weak_" + suffix + "_" + index).geq(level));
    }
    return met;
  }

  /** Adds {@code last_inbound_at} and {@code last_inbound_signal}. */
  public Dataset<Row> withLastInbound(Dataset<Row> leads) {
    return leads
        .withColumn("last_inbound_at", instantOf("last_inbound_code"))
        .withColumn("last_inbound_signal", signalOf("last_inbound_code"));
  }

  /** Name of the signal behind a code, NULL for a NULL code. */
  Column signalOf(String codeColumn) {
    Column[] names = dictionary.stream().map(functions::lit).toArray(Column[]::new);
    return functions.try_element_at(
        functions.array(names), functions.pmod(col(codeColumn), lit(CODES)).plus(1).cast("int"));
  }

  /** Instant behind a code, NULL for a NULL code. */
  static Column instantOf(String codeColumn) {
    return functions.timestamp_micros(functions.shiftright(col(codeColumn), CODE_BITS));
  }

  /** A count, 0 for a lead without activity. */
  static Column number(String name) {
    return coalesce(col(name), lit(0L));
  }

  /** A fixed-point sum as a number. */
  static Column fraction(String name) {
    return number(name).divide(lit(UNIT));
  }

  private List<String> weak() {
    return settings.levels().keySet().stream().sorted().toList();
  }

  private int kept(int days) {
    return (int) Math.ceil(days * (1 + settings.hysteresis()));
  }

  private Column code() {
    Column position = lit(CODES - 1);
    for (int index = 0; index < dictionary.size(); index++) {
      position =
          when(col("signal").equalTo(dictionary.get(index)), (long) index).otherwise(position);
    }
    return functions.unix_micros(col("last_at")).multiply(lit(CODES)).plus(position);
  }

  private Column points() {
    Column points = lit(0D);
    for (String signal : signals.catalogue().keySet().stream().sorted().toList()) {
      SignalSettings.Meaning meaning = signals.catalogue().get(signal);
      if (meaning.points() != 0) {
        points =
            when(
                    col("signal").equalTo(signal),
                    functions
                        .least(col("events"), lit((long) meaning.dailyCap()))
                        .multiply(lit(meaning.points())))
                .otherwise(points);
      }
    }
    return points;
  }

  private static Column intentWeight() {
    return col("events")
        .multiply(
            when(col("intent").equalTo("high"), 8D)
                .when(col("intent").equalTo("medium"), 3D)
                .otherwise(1D));
  }

  /** Sum of {@code amount * 2^(-age / halfLife)} in units of 2^-30, whatever the order of rows. */
  private static Column fixedPoint(Column amount, double halfLife) {
    Column weight = functions.exp(col("age_days").multiply(lit(-Math.log(2) / halfLife)));
    return sum(functions.rint(amount.multiply(weight).multiply(lit(UNIT))).cast("bigint"));
  }

  private static Column count(Column condition) {
    return sum(when(condition, col("events")).otherwise(0L));
  }

  private static Column within(int days) {
    return col("day_age").leq(days);
  }
}
