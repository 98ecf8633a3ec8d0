package io.warmlead.temperature;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.DecaySettings;
import io.warmlead.config.RunSettings;
import io.warmlead.feature.PointInTime;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * When a warm lead goes cold if it stays silent. Leads are scored anew at a few days ahead, with
 * nothing new known of them; between the last of these days at which a lead is warm and the first
 * at which it is cold, the day is the last of those on which a rule that keeps it ceases to hold:
 * its last request, return, referral or strong signal leaves the window, or the last weak signal
 * that its level needs, it is no longer new to its tier, or its log-odds, taken as a straight line
 * in between, fall below what a warm lead needs. That a hot lead is new to warm when it gets there
 * is not foreseen.
 */
public final class DaysToCold {
  private static final double SCARCELY_LOWER = 0.9;

  private final TierPolicy policy;
  private final List<Integer> days;
  private final RunSettings run;

  /**
   * A forecast.
   *
   * @param days days ahead at which leads are scored, rising, with {@link
   *     DecaySettings#AT_RISK_DAYS} among them
   */
  public DaysToCold(TierPolicy policy, List<Integer> days, RunSettings run) {
    this.policy = policy;
    this.days = List.copyOf(days);
    this.run = run;
  }

  /**
   * Days ahead up to which a lead must be scored. When nothing that it did counts any more, only
   * its probability can keep it warm; and since silence hardly ever raises a probability, not one
   * that is too low already. A tenth is left for the exceptions.
   *
   * @return column over leads with {@code probability}
   */
  public Column reach() {
    int last = days.get(days.size() - 1);
    int rules =
        IntStream.of(
                policy.keptWarmDays(),
                policy.keptHotDays(),
                policy.referredDays(),
                policy.dwellDays())
            .max()
            .getAsInt();
    int near = days.stream().filter(ahead -> ahead >= rules).findFirst().orElse(last);
    OptionalDouble least = policy.leastToStayWarm();
    return least.isEmpty()
        ? lit(near)
        : when(col("probability").geq(lit(SCARCELY_LOWER * least.getAsDouble())), last)
            .otherwise(near);
  }

  /** The leads that can go cold. */
  public static Dataset<Row> warm(Dataset<Row> leads) {
    return leads.where(col("tier").notEqual(Tier.COLD));
  }

  /**
   * One row per lead: {@code lead_id, days_to_cold, probability_at_risk, silent_probabilities}; the
   * last has the days up to the lead's reach, rising, and is NULL without a model.
   *
   * @param aged leads at the days ahead ({@code days_ahead}), warm or hot tonight ({@code
   *     previous_tier}, {@code previous_tier_since}), up to their {@link #reach}, with behaviour
   *     and {@code probability} as they are then, and {@code probability_tonight}, {@code tonight}
   *     (TIMESTAMP), {@code returned_micros}, since when a lead that came back is back, and {@code
   *     level_age} of {@link Behaviour#levelAges}, NULL where engagement makes none warm
   */
  public Dataset<Row> of(Dataset<Row> aged) {
    Column[] sums =
        days.stream()
            .map(ahead -> max(when(isAhead(ahead), col("probability"))).as(probability(ahead)))
            .toArray(Column[]::new);
    return policy
        .withTier(aged)
        .groupBy("lead_id")
        .agg(
            min(when(col("tier").equalTo(Tier.COLD), col("days_ahead"))).as("cold_by"),
            plus(
                sums,
                max("probability_tonight").as(probability(0)),
                max(strongDay()).as("strong_day"),
                max(levelDay()).as("level_day"),
                max(askDay()).as("ask_day"),
                max(returnDay()).as("return_day"),
                max(referredDay()).as("referred_day"),
                max(referralDay()).as("referral_day"),
                max(dwellDay()).as("dwell_day")))
        .withColumn("warm_at", warmAt())
        .select(
            col("lead_id"),
            day().cast("int").as("days_to_cold"),
            col(probability(0))
                .minus(col(probability(DecaySettings.AT_RISK_DAYS)))
                .as("probability_at_risk"),
            when(size(atDays()).gt(0), atDays()).as("silent_probabilities"));
  }

  /** What was forecast, and for when. */
  private Column atDays() {
    Column[] forecasts =
        days.stream()
            .map(
                ahead ->
                    struct(lit(ahead).as("days_ahead"), col(probability(ahead)).as("probability")))
            .toArray(Column[]::new);
    return filter(array(forecasts), forecast -> forecast.getField("probability").isNotNull());
  }

  private static Column[] plus(Column[] columns, Column... further) {
    return Stream.concat(Arrays.stream(columns), Arrays.stream(further)).toArray(Column[]::new);
  }

  private static Column isAhead(int days) {
    return col("days_ahead").equalTo(days);
  }

  private static String probability(int days) {
    return "probability_" + days;
  }

  /** The last day before cold_by at which the lead was scored. */
  private Column warmAt() {
    Column before = lit(0);
    for (int index = 1; index < days.size(); index++) {
      before = when(col("cold_by").equalTo(days.get(index)), days.get(index - 1)).otherwise(before);
    }
    return before;
  }

  private Column day() {
    Column latest =
        greatest(
            within(col("strong_day")),
            within(col("level_day")),
            within(col("ask_day")),
            within(col("return_day")),
            within(col("referred_day")),
            within(col("referral_day")),
            within(col("dwell_day")),
            within(crossing()));
    return when(
        col("cold_by").isNotNull(),
        greatest(col("warm_at").plus(1), least(coalesce(latest, col("cold_by")), col("cold_by"))));
  }

  private static Column within(Column day) {
    return when(day.gt(col("warm_at")).and(day.leq(col("cold_by"))), day);
  }

  /** First day on which the last strong signal no longer counts. */
  private Column strongDay() {
    return policy.isByEngagement()
        ? firstDayWithout("last_strong_micros", policy.keptWarmDays())
        : lit(null).cast("int");
  }

  /** First day on which weak signals no longer reach their level. */
  private Column levelDay() {
    return lit(policy.keptWarmDays() + 1).minus(col("level_age"));
  }

  /** First day on which the last request no longer counts. */
  private Column askDay() {
    return firstDayWithout("last_ask_micros", policy.keptHotDays());
  }

  /** First day on which the last event of a referral no longer counts. */
  private Column referralDay() {
    return firstDayWithout("last_referral_micros", policy.referredDays());
  }

  /** First day on which a lead that came back has been back for too long. */
  private Column returnDay() {
    return firstDayWithout("returned_micros", policy.returnDays());
  }

  private Column firstDayWithout(String micros, int keptDays) {
    return lit(keptDays + 1).minus(age(localDate(functions.timestamp_micros(col(micros)))));
  }

  /** First day on which the lead is no longer new to its tier. */
  private Column dwellDay() {
    // Who never acted is warm for its referral alone.
    return when(
        Behaviour.number("inbound_total_count").gt(0),
        lit(policy.dwellDays()).minus(age(col("previous_tier_since"))));
  }

  private Column age(Column date) {
    return functions.datediff(localDate(col("tonight")), date);
  }

  private Column localDate(Column instant) {
    return DailyActivities.localTime(instant, run).cast("date");
  }

  /** First day on which the lead is no longer new enough to count as referred. */
  private Column referredDay() {
    Column age = PointInTime.days(col("created_at"), col("tonight"));
    return when(
        col("referrer_id").isNotNull(),
        functions.floor(lit((double) policy.referredDays()).minus(age)).plus(1));
  }

  /** Day on which the line between two log-odds falls below what a warm lead needs. */
  private Column crossing() {
    OptionalDouble least = policy.leastToStayWarm();
    if (least.isEmpty()) {
      return lit(null).cast("double");
    }
    Column threshold = logOdds(lit(least.getAsDouble()));
    Column from = logOdds(at("warm_at"));
    Column to = logOdds(at("cold_by"));
    Column share = from.minus(threshold).divide(from.minus(to));
    Column width = col("cold_by").minus(col("warm_at"));
    return when(
        from.geq(threshold).and(to.lt(threshold)),
        ceil(col("warm_at").plus(share.multiply(width))));
  }

  private Column at(String day) {
    Column probability = col(probability(0));
    for (int ahead : days) {
      probability = when(col(day).equalTo(ahead), col(probability(ahead))).otherwise(probability);
    }
    return probability;
  }

  private static Column logOdds(Column probability) {
    return log(probability.divide(lit(1D).minus(probability)));
  }
}
