package io.warmlead.temperature;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.HandoffSettings;
import io.warmlead.config.RunSettings;
import io.warmlead.config.Settings;
import io.warmlead.config.SignalSettings;
import io.warmlead.config.TemperatureSettings;
import io.warmlead.feature.PointInTime;
import io.warmlead.feature.Summaries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What the tier rules need to know of a lead's behaviour: sums over {@link Summaries}, made in the
 * same grouping as the features.
 *
 * <p>"Last signal" is kept as one number, microseconds x 1024 + position of the signal in a sorted
 * dictionary, because texts in a grouping cost a sort; of two signals at one instant the later name
 * wins.
 */
public final class Behaviour {
  private static final int CODE_BITS = 10;
  private static final long CODES = 1L << CODE_BITS;
  private static final int INTENT_HALF_LIFE_DAYS = 14;

  private static final String ASKS = "asks";
  private static final String TOUCHES = "touches";
  private static final String STRONG = "is_strong";
  private static final String CODE = "last_code";

  /** Stands for all signals that no half-life is given for. */
  public static final String EVERY_SIGNAL = "all";

  private final TemperatureSettings settings;
  private final HandoffSettings handoff;
  private final RunSettings run;
  private final SignalSettings signals;
  private final int fatigueDays;
  private final List<String> dictionary;
  private final EngagementPoints points;
  private final EngagementLevels levels;

  private Behaviour(Settings settings, List<String> dictionary, Map<String, Double> halfLives) {
    this.settings = settings.temperature();
    this.handoff = settings.handoff();
    this.run = settings.run();
    this.signals = settings.signals();
    this.fatigueDays = settings.nurture().fatigue().withinDays();
    this.dictionary = dictionary;
    this.points = new EngagementPoints(signals, halfLives);
    this.levels =
        new EngagementLevels(
            this.settings.levels(),
            this.settings.warmWindowDays(),
            kept(this.settings.warmWindowDays()));
  }

  /**
   * Behaviour under the settings.
   *
   * @param observed signals of the data, beside those of the catalogue
   * @param halfLives days after which an engagement counts half its points, by signal; {@link
   *     #EVERY_SIGNAL} stands for those that are not named, and 30 days where it is not named
   *     either
   */
  public static Behaviour of(
      Settings settings, List<String> observed, Map<String, Double> halfLives) {
    SortedSet<String> known = new TreeSet<>(settings.signals().catalogue().keySet());
    known.addAll(observed);
    return new Behaviour(settings, known.stream().limit(CODES - 1).toList(), halfLives);
  }

  /** Notes the numbers that the rules need. */
  public Summaries need(Summaries summaries) {
    Column inbound = col("is_inbound");
    Column isLate = col("day_age").leq(settings.hotWindowDays());
    return summaries
        .window(settings.hotWindowDays())
        .window(kept(settings.hotWindowDays()))
        .window(settings.warmWindowDays())
        .window(kept(settings.warmWindowDays()))
        .window(fatigueDays)
        .window(7)
        .window(30)
        .window(90)
        .halfLife(INTENT_HALF_LIFE_DAYS)
        .note(ASKS, Summaries.isTrue(inbound.and(col("intent").equalTo("high"))))
        .note(TOUCHES, Summaries.isTrue(col("direction").equalTo("outbound")))
        .note(STRONG, Summaries.isTrue(inbound.and(functions.not(levels.isWeak()))))
        .note(CODE, code())
        .further(points.units().as("points_units"))
        .further(min(when(isLate, functions.unix_micros(col("first_at")))).as("late_micros"))
        .further(
            max(when(functions.not(isLate), functions.unix_micros(col("last_at"))))
                .as("earlier_micros"));
  }

  /** Sums over {@link Summaries} of one lead and instant. */
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
    Column asks = col(ASKS);
    Column outbound = col(TOUCHES);
    sums.put("last_inbound_code", max(when(inbound, col(CODE))));
    sums.put("last_inbound_micros", max(when(inbound, col("last_micros"))));
    sums.putAll(OptOuts.sums(asks, col(STRONG)));
    sums.put("last_ask_code", max(when(asks, col(CODE))));
    sums.put("last_ask_micros", max(when(asks, col("last_micros"))));
    sums.put("last_touch_micros", max(when(outbound, col("last_micros"))));
    sums.put("touches_of_late", Summaries.events(outbound, fatigueDays));
    sums.put("asks_enter", Summaries.events(asks, settings.hotWindowDays()));
    sums.put("asks_keep", Summaries.events(asks, kept(settings.hotWindowDays())));
    Column strong = col(STRONG);
    sums.put("last_strong_code", max(when(strong, col(CODE))));
    sums.put("last_strong_micros", max(when(strong, col("last_micros"))));
    sums.put("strong_total", Summaries.events(strong));
    sums.put("strong_enter", Summaries.events(strong, settings.warmWindowDays()));
    sums.put("strong_keep", Summaries.events(strong, kept(settings.warmWindowDays())));
    sums.put("late_micros", min(when(strong, col("late_micros"))));
    sums.put("earlier_micros", max(when(strong, col("earlier_micros"))));
    sums.putAll(levels.sums());
    Column referral = col("family").equalTo("referral");
    sums.put("last_referral_micros", max(when(referral, col("last_micros"))));
    sums.put("referrals_enter", Summaries.events(referral, settings.warmWindowDays()));
    sums.put("inbound_total_count", Summaries.events(inbound));
    sums.put("inbound_7d", Summaries.events(inbound, 7));
    sums.put("inbound_30d", Summaries.events(inbound, 30));
    sums.put("inbound_90d", Summaries.events(inbound, 90));
    sums.put("all_90d", Summaries.events(lit(true), 90));
    sums.put("meetings_30d", Summaries.events(col("signal").isin("meeting", "call"), 30));
    handoff
        .bant()
        .signals()
        .forEach(
            (part, names) -> {
              if (!names.isEmpty()) {
                Column tells = col("signal").isin(names.toArray());
                sums.put(bantCode(part), max(when(tells, col(CODE))));
              }
            });
    wanted("mql_signals", handoff.mql().signals(), sums);
    wanted("sql_signals", handoff.sql().signals(), sums);
    sums.put("points_units", sum("points_units"));
    sums.put(
        "intent_units",
        sum(
            when(inbound, col("decayed_" + INTENT_HALF_LIFE_DAYS + "d").multiply(intentWeight()))
                .otherwise(0L)));
    return sums;
  }

  private static String bantCode(String part) {
    return "bant_" + part + "_code";
  }

  /**
   * The last signal that tells of something.
   *
   * @param isOfLate whether it came within the warm window
   */
  record LastSignal(Column signal, Column at, Column isOfLate) {}

  /** What tells of a part of BANT; empty where the settings name no signal that does. */
  Optional<LastSignal> lastBantSignal(String part) {
    if (handoff.bant().signals().get(part).isEmpty()) {
      return Optional.empty();
    }
    Column at = instantOf(bantCode(part));
    Column isOfLate = PointInTime.days(at, col("as_of")).leq(lit(settings.warmWindowDays()));
    return Optional.of(new LastSignal(signalOf(bantCode(part)), at, isOfLate));
  }

  private void wanted(String name, List<String> wanted, Map<String, Column> sums) {
    if (!wanted.isEmpty()) {
      Column is = col("signal").isin(wanted.toArray());
      sums.put(name, Summaries.events(is, settings.warmWindowDays()));
    }
  }

  /**
   * Whether the levels at which a lead counts as engaged are met, to enter a tier or to keep it.
   */
  Column meetsLevels(boolean toKeep) {
    return number(toKeep ? "strong_keep" : "strong_enter").gt(0).or(levels.areMet(toKeep));
  }

  /**
   * How old the engagement is without which a lead would no longer meet a level of weak signals:
   * {@code lead_id, level_age} (whole days), one row per lead that meets one.
   *
   * @param activity {@link PointInTime#activity} of one instant
   */
  public Dataset<Row> levelAges(Dataset<Row> activity) {
    return levels.ages(activity);
  }

  /**
   * Whether the first strong engagement within the hot window came a warm window or longer after
   * the last one before it.
   */
  Column hasComeBack() {
    Column silence = col("late_micros").minus(col("earlier_micros"));
    return coalesce(silence.geq(lit(settings.warmWindowDays() * 86_400_000_000L)), lit(false));
  }

  /** Adds {@code last_inbound_at} and {@code last_inbound_signal}. */
  public Dataset<Row> withLastInbound(Dataset<Row> leads) {
    return leads
        .withColumn("last_inbound_at", instantOf("last_inbound_code"))
        .withColumn("last_inbound_signal", signalOf("last_inbound_code"));
  }

  /**
   * What of their own doing can have made leads warmer: {@code lead_id, last_ask_at,
   * last_ask_signal, last_strong_at, last_strong_signal}.
   *
   * @param leads leads with behaviour
   */
  public Dataset<Row> lastActs(Dataset<Row> leads) {
    return leads.select(
        col("lead_id"),
        instantOf("last_ask_code").as("last_ask_at"),
        signalOf("last_ask_code").as("last_ask_signal"),
        instantOf("last_strong_code").as("last_strong_at"),
        signalOf("last_strong_code").as("last_strong_signal"));
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
    return Summaries.number(col(name));
  }

  /** What the rules take signals for: {@link SignalRoles}. */
  SortedMap<String, String> roles() {
    return SignalRoles.of(signals);
  }

  /** Days within which engagement keeps a lead warm. */
  int keptWarmDays() {
    return kept(settings.warmWindowDays());
  }

  /** Days within which a request keeps a lead hot. */
  int keptHotDays() {
    return kept(settings.hotWindowDays());
  }

  /** Days within which a lead that came back is warm. */
  int returnDays() {
    return settings.hotWindowDays();
  }

  /** The date of an instant where the company is. */
  Column localDate(Column instant) {
    return DailyActivities.localTime(instant, run).cast("date");
  }

  private int kept(int days) {
    return (int) Math.ceil(days * (1 + settings.hysteresis()));
  }

  private Column code() {
    Column position = functions.pmod(Summaries.position(col("signal"), dictionary), lit(CODES));
    return col("last_micros").multiply(lit(CODES)).plus(position);
  }

  private static Column intentWeight() {
    return when(col("intent").equalTo("high"), 8L)
        .when(col("intent").equalTo("medium"), 3L)
        .otherwise(1L);
  }
}
