package io.warmlead.temperature;

import static io.warmlead.temperature.Behaviour.number;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.TemperatureSettings;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The rules that make a lead cold, warm or hot. The first rule that holds decides:
 *
 * <ol>
 *   <li>set by hand;
 *   <li>never acted by itself, and was not referred lately: cold;
 *   <li>asked to buy lately, or has the probability of such leads: hot;
 *   <li>was referred lately, came back lately, or has the probability of such leads: warm; where no
 *       model scored, or where the settings say so, also engaged lately at the level that its
 *       signals need;
 *   <li>otherwise cold: its interest has faded, or it is engaged but unlikely to convert soon.
 * </ol>
 *
 * An unsubscribe or bounce that was not taken back ({@link OptOuts}) caps the tier. A tier that the
 * lead holds is kept over longer windows and at lower odds than it is entered with, and for some
 * days in any case.
 */
public final class TierPolicy {
  /** Reason of a lead that is hot because it asked. */
  static final String ASKED = "asked to buy";

  /** Reason of a lead that is warm because it engaged. */
  static final String ENGAGED = "engaged";

  /** Reason of a lead that is warm because it came back. */
  static final String CAME_BACK = "came back";

  private final Behaviour behaviour;
  private final TemperatureSettings settings;
  private final OptionalDouble hotProbability;
  private final OptionalDouble warmProbability;
  private final boolean isByEngagement;

  private TierPolicy(
      Behaviour behaviour,
      TemperatureSettings settings,
      boolean hasModel,
      OptionalDouble hotProbability,
      OptionalDouble warmProbability) {
    this.behaviour = behaviour;
    this.settings = settings;
    this.isByEngagement = !hasModel || settings.policy().by().equals("engagement");
    this.hotProbability = hotProbability;
    this.warmProbability = warmProbability;
  }

  /**
   * A policy.
   *
   * @param modelHot probability that the share of the leads that should be hot reaches, empty
   *     without a model
   * @param modelWarm the same for warm and hot leads
   */
  public static TierPolicy of(
      Behaviour behaviour,
      TemperatureSettings settings,
      OptionalDouble modelHot,
      OptionalDouble modelWarm) {
    return new TierPolicy(
        behaviour,
        settings,
        modelWarm.isPresent(),
        settings.hotProbability().isPresent()
            ? settings.hotProbability()
            : inTheMiddle(modelHot, settings),
        settings.warmProbability().isPresent()
            ? settings.warmProbability()
            : inTheMiddle(modelWarm, settings));
  }

  /**
   * A probability chosen for a share of the leads is made the middle, in log-odds, between entering
   * a tier and leaving it. As many leads are in the tier then as were chosen, while with a band
   * below it all that once entered would come on top.
   */
  private static OptionalDouble inTheMiddle(OptionalDouble chosen, TemperatureSettings settings) {
    return chosen.isEmpty()
        ? chosen
        : OptionalDouble.of(
            withOdds(chosen.getAsDouble(), 1 / Math.sqrt(1 - settings.hysteresis())));
  }

  /** A probability whose odds are a multiple of those of another. */
  private static double withOdds(double probability, double times) {
    double odds = times * probability / (1 - probability);
    return Double.isInfinite(odds) ? 1 : odds / (1 + odds);
  }

  /** Probability at which a lead that is warm still is; empty where probability makes none warm. */
  OptionalDouble leastToStayWarm() {
    OptionalDouble least = warmProbability.isPresent() ? warmProbability : hotProbability;
    return least.isPresent() ? OptionalDouble.of(toKeep(least.getAsDouble())) : least;
  }

  /** Days within which a request keeps a lead hot. */
  int keptHotDays() {
    return behaviour.keptHotDays();
  }

  /** Whether to have engaged is enough to be warm. */
  public boolean isByEngagement() {
    return isByEngagement;
  }

  /** Days within which engagement keeps a lead warm; 0 where it alone makes none. */
  int keptWarmDays() {
    return isByEngagement ? behaviour.keptWarmDays() : 0;
  }

  /** Days for which a tier is kept in any case. */
  int dwellDays() {
    return settings.minDwellDays();
  }

  /** Days within which a lead that came back is warm. */
  int returnDays() {
    return behaviour.returnDays();
  }

  /** Days for which a referral counts: of a new lead, or by an event. */
  int referredDays() {
    return settings.warmWindowDays();
  }

  /** Whether {@code override_tier} is given, but is no tier, so that it sets nothing. */
  public static Column isUnknownOverride() {
    return coalesce(functions.trim(col("override_tier")).notEqual(""), lit(false))
        .and(not(isTier()));
  }

  private static Column isTier() {
    return functions.lower(col("override_tier")).isin(Tier.COLD, Tier.WARM, Tier.HOT);
  }

  /** Digest of the rules and their numbers: it changes exactly when they change. */
  public String version() {
    // Shares stand for the probabilities that they come to on a night.
    boolean isByShare = settings.policy().by().equals("share");
    String rules =
        String.join(
            "|",
            String.valueOf(settings.warmWindowDays()),
            String.valueOf(settings.hotWindowDays()),
            String.valueOf(settings.hysteresis()),
            String.valueOf(settings.minDwellDays()),
            isByShare ? "share" : String.valueOf(hotProbability),
            isByShare ? "share" : String.valueOf(warmProbability),
            String.valueOf(new TreeMap<>(settings.levels())),
            String.valueOf(behaviour.roles()),
            settings.optOutCap(),
            String.valueOf(settings.scale()),
            String.valueOf(settings.policy()));
    return DigestUtils.sha256Hex(rules).substring(0, 12);
  }

  /**
   * Adds {@code tier, tier_reason, temperature}, and {@code has_come_back}, whatever decided the
   * tier.
   *
   * @param leads open leads with behaviour, {@code probability} (NULL without a model), {@code
   *     previous_tier} and {@code previous_tier_since} (NULL for new leads), {@code override_tier},
   *     {@code referrer_id}, {@code created_at}, {@code as_of}
   */
  public Dataset<Row> withTier(Dataset<Row> leads) {
    Column wasHot = coalesce(col("previous_tier").equalTo(Tier.HOT), lit(false));
    Column wasWarm = coalesce(col("previous_tier").isin(Tier.WARM, Tier.HOT), lit(false));
    Column byHand = when(isTier(), functions.lower(col("override_tier")));
    Column decided =
        when(byHand.isNotNull(), reason(byHand, "set by hand"))
            .when(not(hasActed()), reason(lit(Tier.COLD), "never acted by itself"))
            .when(number("asks_enter").gt(0), reason(lit(Tier.HOT), ASKED))
            .when(reaches(hotProbability, false), reason(lit(Tier.HOT), "probability"))
            .when(
                wasHot.and(number("asks_keep").gt(0).or(reaches(hotProbability, true))),
                reason(lit(Tier.HOT), "still hot"))
            .when(wasHot.and(isNewToTier()), reason(lit(Tier.HOT), "still hot"))
            .when(engages(false), reason(lit(Tier.WARM), ENGAGED))
            .when(isReferredLately(), reason(lit(Tier.WARM), "referred"))
            .when(behaviour.hasComeBack(), reason(lit(Tier.WARM), CAME_BACK))
            .when(reaches(warmProbability, false), reason(lit(Tier.WARM), "probability"))
            .when(
                wasWarm.and(isNewToTier().or(engages(true)).or(reaches(warmProbability, true))),
                reason(lit(Tier.WARM), "still warm"))
            .when(behaviour.meetsLevels(false), reason(lit(Tier.COLD), "engaged, but unlikely"))
            .otherwise(reason(lit(Tier.COLD), "faded"));
    Column isCapped =
        OptOuts.stand()
            .and(byHand.isNull())
            .and(Tier.rank(col("decided.tier")).gt(Tier.rank(lit(settings.optOutCap()))));
    return leads
        .withColumn("decided", decided)
        .withColumn("tier", when(isCapped, settings.optOutCap()).otherwise(col("decided.tier")))
        .withColumn("tier_reason", when(isCapped, "opted out").otherwise(col("decided.reason")))
        .withColumn("temperature", temperature())
        .withColumn("has_come_back", behaviour.hasComeBack())
        .drop("decided");
  }

  private Column temperature() {
    double full = Math.log1p(1 / settings.scale());
    return functions
        .log1p(col("probability").divide(lit(settings.scale())))
        .multiply(lit(100 / full));
  }

  private Column hasActed() {
    return number("inbound_total_count").gt(0).or(isReferredLately());
  }

  /** Whether a lead engaged as much as makes it warm, where to have engaged is enough. */
  private Column engages(boolean toKeep) {
    return isByEngagement ? behaviour.meetsLevels(toKeep) : lit(false);
  }

  /** Whether the lead has not held its tier for long enough to lose it. */
  private Column isNewToTier() {
    Column held = functions.datediff(behaviour.localDate(col("as_of")), col("previous_tier_since"));
    return coalesce(held.lt(settings.minDwellDays()), lit(false));
  }

  private Column isReferredLately() {
    Column isNew =
        functions
            .unix_micros(col("as_of"))
            .minus(functions.unix_micros(col("created_at")))
            .leq(lit(settings.warmWindowDays() * 86_400_000_000L));
    return number("referrals_enter").gt(0).or(col("referrer_id").isNotNull().and(isNew));
  }

  private Column reaches(OptionalDouble threshold, boolean toKeep) {
    if (threshold.isEmpty()) {
      return lit(false);
    }
    double least = toKeep ? toKeep(threshold.getAsDouble()) : threshold.getAsDouble();
    return coalesce(col("probability").geq(lit(least)), lit(false));
  }

  private double toKeep(double toEnter) {
    return withOdds(toEnter, 1 - settings.hysteresis());
  }

  private static Column reason(Column tier, String text) {
    return functions.struct(tier.as("tier"), lit(text).as("reason"));
  }
}
