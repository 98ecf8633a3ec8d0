package io.warmlead.feature;

import static io.warmlead.feature.FeatureList.age;
import static io.warmlead.feature.FeatureList.bits;
import static io.warmlead.feature.FeatureList.filled;
import static io.warmlead.feature.FeatureList.weight;
import static io.warmlead.feature.FeatureList.within;
import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.warmlead.feature.Feature.Scale;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Features of all engagements of a lead together. */
final class EngagementFeatures {
  private final FeatureList list;

  EngagementFeatures(FeatureList list) {
    this.list = list;
  }

  void add() {
    frequency();
    recencyAndSpacing();
    trend();
    breadthAndRhythm();
    touches();
    intent();
  }

  private void frequency() {
    for (int window : FeatureSet.WINDOWS) {
      String name = "engagements_" + window + "d";
      list.sum(name, Summaries.events(list.inbound(), window));
      list.count(name, "frequency", "engaged", within(window));
    }
    list.sum("engagements_total", Summaries.events(list.inbound()));
    list.count(
        "engagements_total",
        "frequency",
        new Phrase("engaged {times} in all", "has never engaged"));
    for (int halfLife : FeatureSet.HALF_LIVES) {
      String name = "decayed_engagements_" + halfLife + "d";
      list.sum(name, Summaries.decayed(list.inbound(), halfLife));
      list.fixedPoint(name, "frequency", weight("engagements", halfLife));
    }
  }

  private void recencyAndSpacing() {
    list.sum("last_inbound_age", min(when(list.inbound(), col("min_age"))));
    list.sum("first_inbound_age", max(when(list.inbound(), col("max_age"))));
    list.sum("active_day_bits", bit_or(when(list.inbound(), col("day_bits")).otherwise(lit(0L))));
    list.sum("active_week_bits", bit_or(when(list.inbound(), col("week_bits")).otherwise(lit(0L))));
    Column last = age("last_inbound_age");
    Column first = age("first_inbound_age");
    Column others = functions.greatest(filled("engagements_total").minus(1), lit(1));
    Column gap = first.minus(last).divide(others);
    list.add(
        "days_since_last_engagement",
        Scale.SPLINE,
        "recency",
        new Phrase("last engaged {days} ago", "has never engaged"),
        last);
    list.add(
        "days_since_first_engagement",
        Scale.SPLINE,
        "recency",
        new Phrase("first engaged {days} ago", "has never engaged"),
        first);
    list.add(
        "has_engaged",
        Scale.LINEAR,
        "recency",
        new Phrase("has engaged", "has never engaged"),
        when(filled("engagements_total").gt(0), 1D).otherwise(0D));
    list.add(
        "mean_gap_days",
        Scale.SPLINE,
        "spacing",
        Phrase.of("{days} between engagements on average"),
        gap);
    list.add(
        "silence_in_gaps",
        Scale.SPLINE,
        "spacing",
        Phrase.of("silent for {} times the usual gap"),
        last.divide(gap.plus(1)));
    list.add(
        "active_days_60d",
        Scale.SPLINE,
        "spacing",
        Phrase.of("active on {} of the last 60 days"),
        bits("active_day_bits"));
    list.add(
        "active_weeks_60w",
        Scale.SPLINE,
        "spacing",
        Phrase.of("active in {} of the last 60 weeks"),
        bits("active_week_bits"));
  }

  private void trend() {
    list.add(
        "trend_7d_30d",
        Scale.LINEAR,
        "trend",
        Phrase.of("activity is {trend} (7 days against 30)"),
        ratio(7, 30));
    list.add(
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
    breadth("signal");
    breadth("channel");
    breadth("family");
    list.sum("weekend_events", Summaries.total(list.inbound(), "weekend_90d"));
    list.sum("business_events", Summaries.total(list.inbound(), "business_90d"));
    share("weekend_share_90d", "weekend_events", "{percent} of engagements at weekends");
    share(
        "business_hours_share_90d", "business_events", "{percent} of engagements in office hours");
  }

  private void breadth(String dimension) {
    String name = "distinct_" + dimension + "s_90d";
    list.sum(
        name + "_bits",
        bit_or(
            when(list.inbound().and(col("events_90d").gt(0)), list.bit(dimension))
                .otherwise(lit(0L))));
    list.add(
        name,
        Scale.LOG,
        "breadth",
        Phrase.of("{} different " + plural(dimension) + " in 90 days"),
        bits(name + "_bits"));
  }

  private void share(String name, String part, String phrase) {
    Column whole = filled("engagements_90d");
    list.add(
        name,
        Scale.LINEAR,
        "rhythm",
        Phrase.of(phrase),
        when(whole.gt(0), filled(part).divide(whole)).otherwise(0D));
  }

  private void touches() {
    Column outbound = list.outbound();
    for (int window : new int[] {7, 30, 90}) {
      String name = "touches_" + window + "d";
      list.sum(name, Summaries.events(outbound, window));
      list.count(
          name,
          "our touches",
          new Phrase(
              "we reached out {times} " + within(window),
              "we have not reached out " + within(window)));
    }
    list.sum("decayed_touches_14d", Summaries.decayed(outbound, 14));
    list.fixedPoint("decayed_touches_14d", "our touches", weight("touches by us", 14));
    list.sum("last_touch_age", min(when(outbound, col("min_age"))));
    list.add(
        "days_since_last_touch",
        Scale.SPLINE,
        "our touches",
        new Phrase("we last reached out {days} ago", "we have never reached out"),
        age("last_touch_age"));
    list.sum(
        "opt_outs_total", Summaries.events(list.counted(col("direction").equalTo("negative"))));
    list.count(
        "opt_outs_total",
        "opt-out",
        new Phrase("opted out or bounced {times}", "has never opted out"));
  }

  private void intent() {
    for (String intent : List.of("high", "medium")) {
      String name = intent + "_intent_30d";
      list.sum(name, Summaries.events(list.inbound().and(col("intent").equalTo(intent)), 30));
      list.count(name, "intent", "showed " + intent + " intent", within(30));
    }
    list.sum(
        "last_high_intent_age",
        min(when(list.inbound().and(col("intent").equalTo("high")), col("min_age"))));
    list.add(
        "days_since_high_intent",
        Scale.SPLINE,
        "intent",
        new Phrase("showed high intent {days} ago", "has never showed high intent"),
        age("last_high_intent_age"));
  }

  private static String plural(String noun) {
    return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
  }
}
