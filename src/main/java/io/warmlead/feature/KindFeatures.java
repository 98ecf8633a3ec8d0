package io.warmlead.feature;

import static io.warmlead.feature.FeatureList.age;
import static io.warmlead.feature.FeatureList.did;
import static io.warmlead.feature.FeatureList.filled;
import static io.warmlead.feature.FeatureList.weight;
import static io.warmlead.feature.FeatureList.within;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.feature.Feature.Scale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Features of single signals, families and channels, and of amounts. */
final class KindFeatures {
  private final FeatureList list;
  private final KindGroups groups;

  KindFeatures(FeatureList list) {
    this.list = list;
    this.groups = new KindGroups(list.plan());
  }

  void add() {
    list.plan().signals().forEach(name -> list.of(PlanColumn.signal(name), () -> signal(name)));
    list.plan().families().forEach(this::family);
    list.plan().channels().forEach(this::channel);
    amounts();
  }

  private void signal(String signal) {
    Column is = list.isSignal(signal);
    String done = SignalWords.done(signal);
    // Raw event names may hold anything; the names of sums must not.
    String key = "signal_" + list.plan().signals().indexOf(signal);
    for (int window : new int[] {7, 90}) {
      String sum = "events_" + window + "d__" + key;
      list.sum(sum, Summaries.events(is, window));
      list.add(
          "events_" + window + "d__" + signal,
          Scale.LOG,
          signal,
          did(done, within(window)),
          filled(sum));
    }
    list.sum("decayed__" + key, Summaries.decayed(is, 14));
    list.add(
        "decayed_14d__" + signal,
        Scale.LOG,
        signal,
        weight("times " + done, 14),
        Summaries.number(col("decayed__" + key)));
    list.sum("age__" + key, min(when(is, col("min_age"))));
    list.add(
        "days_since__" + signal,
        Scale.LOG,
        signal,
        new Phrase(done + " {days} ago", "has never " + done),
        age("age__" + key));
  }

  private void family(String family) {
    Column is = list.isFamily(family);
    String group = groups.family(family);
    for (int window : new int[] {7, 90}) {
      String name = "events_" + window + "d__family_" + family;
      list.sum(name, Summaries.events(is, window));
      list.count(name, group, "engaged " + SignalWords.where(family), within(window));
    }
    String decayed = "decayed_30d__family_" + family;
    list.sum(decayed, Summaries.decayed(is, 30));
    list.fixedPoint(decayed, group, weight("engagements " + SignalWords.where(family), 30));
  }

  private void channel(String channel) {
    Column is = list.isChannel(channel);
    String group = groups.channel(channel);
    list.sum(channelSum(channel), Summaries.events(is, 90));
    list.add(
        "events_90d__channel_" + channel,
        Scale.LOG,
        group,
        did("engaged through " + channel, within(90)),
        filled(channelSum(channel)));
    String decayed = "decayed__" + channelKey(channel);
    list.sum(decayed, Summaries.decayed(is, 14));
    list.add(
        "decayed_14d__channel_" + channel,
        Scale.LOG,
        group,
        weight("engagements through " + channel, 14),
        Summaries.number(col(decayed)));
  }

  private String channelKey(String channel) {
    return "channel_" + list.plan().channels().indexOf(channel);
  }

  private String channelSum(String channel) {
    return "total_90d__" + channelKey(channel);
  }

  /** The known channel with most inbound engagements in 90 days, NULL where there are none. */
  Column preferredChannel() {
    Column best = lit(null).cast("string");
    Column most = lit(0D);
    for (String channel : list.plan().channels()) {
      if (channel.equals("unknown")) {
        continue;
      }
      Column here = filled(channelSum(channel));
      best = when(here.gt(most), lit(channel)).otherwise(best);
      most = functions.greatest(most, here);
    }
    return best;
  }

  private void amounts() {
    if (!list.plan().hasValues()) {
      return;
    }
    list.sum("value_total", sum(when(list.counted(lit(true)), col("value_total"))).cast("double"));
    list.sum("value_90d", sum(when(list.counted(lit(true)), col("value_90d"))).cast("double"));
    list.add(
        "value_total",
        Scale.LOG,
        "value",
        new Phrase("spent {} in all", "has spent nothing"),
        filled("value_total"));
    list.add(
        "value_90d",
        Scale.LOG,
        "value",
        new Phrase("spent {} in the last 90 days", "has spent nothing in the last 90 days"),
        filled("value_90d"));
  }
}
