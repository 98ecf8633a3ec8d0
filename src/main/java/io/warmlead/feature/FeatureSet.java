package io.warmlead.feature;

import static org.apache.spark.sql.functions.bit_count;
import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.feature.Feature.Scale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * The features of a plan: sums over {@link Summaries}, one grouping for all of them, and numbers
 * made from these sums and the lead's attributes.
 */
public final class FeatureSet {
  private static final int[] WINDOWS = {1, 7, 30, 90};
  private static final int[] HALF_LIVES = {3, 14, 60};

  private final FeaturePlan plan;
  private final Map<String, Column> sums = new LinkedHashMap<>();
  private final List<Feature> features = new ArrayList<>();
  private final List<Column> values = new ArrayList<>();
  private final Map<String, PlanColumn> columns = new LinkedHashMap<>();

  private FeatureSet(FeaturePlan plan) {
    this.plan = plan;
  }

  /** All features of a plan. */
  public static FeatureSet of(FeaturePlan plan) {
    FeatureSet set = new FeatureSet(plan);
    set.frequency();
    set.recencyAndSpacing();
    set.trend();
    set.breadthAndRhythm();
    set.touches();
    set.intent();
    plan.signals().forEach(name -> set.of(PlanColumn.signal(name), () -> set.signal(name)));
    plan.families().forEach(set::family);
    plan.channels().forEach(set::channel);
    set.values();
    set.lead();
    return set;
  }

  /** Notes the numbers that the features need. */
  public static Summaries need(Summaries summaries) {
    for (int window : WINDOWS) {
      summaries.window(window);
    }
    for (int halfLife : HALF_LIVES) {
      summaries.halfLife(halfLife);
    }
    return summaries.halfLife(30);
  }

  /** Sums over {@link Summaries} of one lead and instant. */
  public List<Column> aggregates() {
    return sums.entrySet().stream().map(sum -> sum.getValue().as(sum.getKey())).toList();
  }

  /** Signals with features of their own. */
  public List<String> signals() {
    return plan.signals();
  }

  /** The features, in the order of {@link #vector}. */
  public List<Feature> features() {
    return List.copyOf(features);
  }

  /**
   * The column behind every feature that is made of one alone, by the feature's name. Totals over
   * several signals are not among them.
   */
  public Map<String, PlanColumn> columns() {
    return Collections.unmodifiableMap(columns);
  }

  /** All features as ARRAY&lt;DOUBLE&gt;, never NULL. */
  public Column vector() {
    return functions.array(values.toArray(Column[]::new));
  }

  private void frequency() {
    for (int window : WINDOWS) {
      String name = "engagements_" + window + "d";
      sums.put(name, Summaries.events(inbound(), window));
      count(name, "frequency", "engaged", within(window));
    }
    sums.put("engagements_total", Summaries.events(inbound()));
    count(
        "engagements_total",
        "frequency",
        new Phrase("engaged {times} in all", "has never engaged"));
    for (int halfLife : HALF_LIVES) {
      String name = "decayed_engagements_" + halfLife + "d";
      sums.put(name, Summaries.decayed(inbound(), halfLife));
      fixedPoint(name, "frequency", weight("engagements", halfLife));
    }
  }

  private void recencyAndSpacing() {
    sums.put("last_inbound_age", min(when(inbound(), col("min_age"))));
    sums.put("first_inbound_age", max(when(inbound(), col("max_age"))));
    sums.put("active_day_bits", bit_or(when(inbound(), col("day_bits")).otherwise(lit(0L))));
    sums.put("active_week_bits", bit_or(when(inbound(), col("week_bits")).otherwise(lit(0L))));
    Column last = age("last_inbound_age");
    Column first = age("first_inbound_age");
    Column others = functions.greatest(filled("engagements_total").minus(1), lit(1));
    Column gap = first.minus(last).divide(others);
    add(
        "days_since_last_engagement",
        Scale.SPLINE,
        "recency",
        new Phrase("last engaged {days} ago", "has never engaged"),
        last);
    add(
        "days_since_first_engagement",
        Scale.SPLINE,
        "recency",
        new Phrase("first engaged {days} ago", "has never engaged"),
        first);
    add(
        "has_engaged",
        Scale.LINEAR,
        "recency",
        new Phrase("has engaged", "has never engaged"),
        when(filled("engagements_total").gt(0), 1D).otherwise(0D));
    add(
        "mean_gap_days",
        Scale.SPLINE,
        "spacing",
        Phrase.of("{days} between engagements on average"),
        gap);
    add(
        "silence_in_gaps",
        Scale.SPLINE,
        "spacing",
        Phrase.of("silent for {} times the usual gap"),
        last.divide(gap.plus(1)));
    add(
        "active_days_60d",
        Scale.SPLINE,
        "spacing",
        Phrase.of("active on {} of the last 60 days"),
        bits("active_day_bits"));
    add(
        "active_weeks_60w",
        Scale.SPLINE,
        "spacing",
        Phrase.of("active in {} of the last 60 weeks"),
        bits("active_week_bits"));
  }

  private void trend() {
    add(
        "trend_7d_30d",
        Scale.LINEAR,
        "trend",
        Phrase.of("activity is {trend} (7 days against 30)"),
        ratio(7, 30));
    add(
        "trend_30d_90d",
        Scale.LINEAR,
        "trend",
        Phrase.of("activity is {trend} (30 days against 90)"),
        ratio(30, 90));
  }

  private Column ratio(int recent, int longer) {
    Column recentRate =
        filled("engagements_" + recent + "d").plus(0.5).divide(lit((double) recent));
    Column longerRate =
        filled("engagements_" + longer + "d").plus(0.5).divide(lit((double) longer));
    return log(recentRate.divide(longerRate));
  }

  private void breadthAndRhythm() {
    breadth("signal", plan.signals());
    breadth("channel", plan.channels());
    breadth("family", plan.families());
    sums.put("weekend_events", Summaries.total(inbound(), "weekend_90d"));
    sums.put("business_events", Summaries.total(inbound(), "business_90d"));
    share("weekend_share_90d", "weekend_events", "{percent} of engagements at weekends");
    share(
        "business_hours_share_90d", "business_events", "{percent} of engagements in office hours");
  }

  private void breadth(String dimension, List<String> known) {
    Column bit = lit(0L);
    for (int index = 0; index < known.size(); index++) {
      bit = when(col(dimension).equalTo(known.get(index)), 1L << index).otherwise(bit);
    }
    String name = "distinct_" + dimension + "s_90d";
    sums.put(
        name + "_bits",
        bit_or(when(inbound().and(col("events_90d").gt(0)), bit).otherwise(lit(0L))));
    add(
        name,
        Scale.LOG,
        "breadth",
        Phrase.of("{} different " + plural(dimension) + " in 90 days"),
        bits(name + "_bits"));
  }

  private void share(String name, String part, String phrase) {
    Column whole = filled("engagements_90d");
    add(
        name,
        Scale.LINEAR,
        "rhythm",
        Phrase.of(phrase),
        when(whole.gt(0), filled(part).divide(whole)).otherwise(0D));
  }

  private void touches() {
    Column outbound = counted(col("direction").equalTo("outbound"));
    for (int window : new int[] {7, 30, 90}) {
      String name = "touches_" + window + "d";
      sums.put(name, Summaries.events(outbound, window));
      count(
          name,
          "our touches",
          new Phrase(
              "we reached out {times} " + within(window),
              "we have not reached out " + within(window)));
    }
    sums.put("decayed_touches_14d", Summaries.decayed(outbound, 14));
    fixedPoint("decayed_touches_14d", "our touches", weight("touches by us", 14));
    sums.put("last_touch_age", min(when(outbound, col("min_age"))));
    add(
        "days_since_last_touch",
        Scale.SPLINE,
        "our touches",
        new Phrase("we last reached out {days} ago", "we have never reached out"),
        age("last_touch_age"));
    sums.put("opt_outs_total", Summaries.events(counted(col("direction").equalTo("negative"))));
    count(
        "opt_outs_total",
        "opt-out",
        new Phrase("opted out or bounced {times}", "has never opted out"));
  }

  private void intent() {
    for (String intent : List.of("high", "medium")) {
      String name = intent + "_intent_30d";
      sums.put(name, Summaries.events(inbound().and(col("intent").equalTo(intent)), 30));
      count(name, "intent", "showed " + intent + " intent", within(30));
    }
    sums.put(
        "last_high_intent_age",
        min(when(inbound().and(col("intent").equalTo("high")), col("min_age"))));
    add(
        "days_since_high_intent",
        Scale.SPLINE,
        "intent",
        new Phrase("showed high intent {days} ago", "has never showed high intent"),
        age("last_high_intent_age"));
  }

  private void signal(String signal) {
    Column is = col("signal").equalTo(signal);
    String done = SignalWords.done(signal);
    // Raw event names may hold anything; the names of sums must not.
    String key = "signal_" + plan.signals().indexOf(signal);
    for (int window : new int[] {7, 90}) {
      String sum = "events_" + window + "d__" + key;
      sums.put(sum, Summaries.events(is, window));
      add(
          "events_" + window + "d__" + signal,
          Scale.LOG,
          signal,
          did(done, within(window)),
          filled(sum));
    }
    sums.put("decayed__" + key, Summaries.decayed(is, 14));
    add(
        "decayed_14d__" + signal,
        Scale.LOG,
        signal,
        weight("times " + done, 14),
        Summaries.number(col("decayed__" + key)));
    sums.put("age__" + key, min(when(is, col("min_age"))));
    add(
        "days_since__" + signal,
        Scale.LOG,
        signal,
        new Phrase(done + " {days} ago", "has never " + done),
        age("age__" + key));
  }

  private void family(String family) {
    Column is = col("family").equalTo(family).and(inbound());
    String group = family + " family";
    for (int window : new int[] {7, 90}) {
      String name = "events_" + window + "d__family_" + family;
      sums.put(name, Summaries.events(is, window));
      count(name, group, "engaged with " + family, within(window));
    }
    String decayed = "decayed_30d__family_" + family;
    sums.put(decayed, Summaries.decayed(is, 30));
    fixedPoint(decayed, group, weight("engagements with " + family, 30));
  }

  private void channel(String channel) {
    Column is = col("channel").equalTo(channel).and(inbound());
    String group = "channel " + channel;
    sums.put(channelSum(channel), Summaries.events(is, 90));
    add(
        "events_90d__channel_" + channel,
        Scale.LOG,
        group,
        did("engaged through " + channel, within(90)),
        filled(channelSum(channel)));
    String decayed = "decayed__" + channelKey(channel);
    sums.put(decayed, Summaries.decayed(is, 14));
    add(
        "decayed_14d__channel_" + channel,
        Scale.LOG,
        group,
        weight("engagements through " + channel, 14),
        Summaries.number(col(decayed)));
  }

  private String channelKey(String channel) {
    return "channel_" + plan.channels().indexOf(channel);
  }

  private String channelSum(String channel) {
    return "total_90d__" + channelKey(channel);
  }

  /** The channel with most inbound engagements in 90 days, NULL where there are none. */
  public Column preferredChannel() {
    Column best = lit(null).cast("string");
    Column most = lit(0D);
    for (String channel : plan.channels()) {
      Column here = filled(channelSum(channel));
      best = when(here.gt(most), lit(channel)).otherwise(best);
      most = functions.greatest(most, here);
    }
    return best;
  }

  private void values() {
    if (!plan.hasValues()) {
      return;
    }
    sums.put("value_total", sum(when(counted(lit(true)), col("value_total"))).cast("double"));
    sums.put("value_90d", sum(when(counted(lit(true)), col("value_90d"))).cast("double"));
    add(
        "value_total",
        Scale.LOG,
        "value",
        new Phrase("spent {} in all", "has spent nothing"),
        filled("value_total"));
    add(
        "value_90d",
        Scale.LOG,
        "value",
        new Phrase("spent {} in the last 90 days", "has spent nothing in the last 90 days"),
        filled("value_90d"));
  }

  private void lead() {
    add(
        "tenure_days",
        Scale.SPLINE,
        "tenure",
        Phrase.of("known for {days}"),
        PointInTime.days(col("created_at"), col("as_of")));
    add(
        "is_referred",
        Scale.LINEAR,
        "referral",
        new Phrase("was referred", "was not referred"),
        when(col("referrer_id").isNotNull(), 1D).otherwise(0D));
    for (String name : plan.numbers()) {
      of(PlanColumn.attribute(name), () -> number(name));
    }
    plan.levels()
        .forEach((name, known) -> of(PlanColumn.attribute(name), () -> category(name, known)));
  }

  private void number(String name) {
    Column number = LeadAttributes.number(name);
    add(name, Scale.SPLINE, name, Phrase.of(words(name) + " is {}"), coalesce(number, lit(0D)));
    add(
        name + "_is_missing",
        Scale.LINEAR,
        name,
        new Phrase(words(name) + " is missing", words(name) + " is given"),
        when(number.isNull(), 1D).otherwise(0D));
  }

  private void category(String name, List<String> known) {
    Column level = LeadAttributes.level(name, known);
    List<String> levels = new ArrayList<>(known);
    levels.removeAll(List.of(LeadAttributes.OTHER, LeadAttributes.MISSING));
    levels.add(LeadAttributes.OTHER);
    levels.add(LeadAttributes.MISSING);
    for (String one : levels) {
      add(
          name + "=" + one,
          Scale.LINEAR,
          name,
          new Phrase(words(name) + " is " + one, words(name) + " is not " + one),
          when(level.equalTo(one), 1D).otherwise(0D));
    }
  }

  /** Notes that the features which are added now are of one column. */
  private void of(PlanColumn column, Runnable adding) {
    int from = features.size();
    adding.run();
    features.subList(from, features.size()).forEach(one -> columns.put(one.name(), column));
  }

  private void count(String name, String group, String done, String within) {
    count(name, group, did(done, within));
  }

  private void count(String name, String group, Phrase phrase) {
    add(name, Scale.LOG, group, phrase, filled(name));
  }

  private static Phrase did(String done, String within) {
    return new Phrase(done + " {times} " + within, "has not " + done + " " + within);
  }

  private static Phrase weight(String what, int halfLife) {
    return Phrase.of("{weight} " + what + " of late (halving every " + halfLife + " days)");
  }

  private static String within(int days) {
    return days == 1 ? "in the last day" : "in the last " + days + " days";
  }

  private static String words(String name) {
    return name.replace('_', ' ');
  }

  private static String plural(String noun) {
    return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
  }

  private void fixedPoint(String name, String group, Phrase phrase) {
    add(name, Scale.LOG, group, phrase, Summaries.number(col(name)));
  }

  private void add(String name, Scale scale, String group, Phrase phrase, Column value) {
    features.add(new Feature(name, scale, group, phrase));
    values.add(value.cast("double"));
  }

  private Column inbound() {
    return counted(col("is_inbound"));
  }

  /** A condition on engagements, for those that may count. */
  private Column counted(Column condition) {
    return plan.excludedSignals().isEmpty()
        ? condition
        : condition.and(not(col("signal").isin(plan.excludedSignals().toArray())));
  }

  private static Column bits(String name) {
    return bit_count(coalesce(col(name), lit(0L)));
  }

  private static Column filled(String name) {
    return coalesce(col(name), lit(0L)).cast("double");
  }

  private static Column age(String name) {
    return coalesce(least(col(name), lit(Phrase.NEVER_DAYS)), lit(Phrase.NEVER_DAYS));
  }
}
