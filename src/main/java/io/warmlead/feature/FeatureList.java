package io.warmlead.feature;

import static org.apache.spark.sql.functions.bit_count;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.feature.Feature.Scale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Collects features, the sums that they need and the columns that they are made of. */
final class FeatureList {
  private static final String INBOUND = "counts_inbound";
  private static final String OUTBOUND = "counts_outbound";
  private static final String POSITION = "_position";

  private final FeaturePlan plan;
  private final Map<String, Column> sums = new LinkedHashMap<>();
  private final List<Feature> features = new ArrayList<>();
  private final List<Column> values = new ArrayList<>();
  private final Map<String, PlanColumn> columns = new LinkedHashMap<>();

  FeatureList(FeaturePlan plan) {
    this.plan = plan;
  }

  /** Columns over {@link Summaries} that the sums ask for, by name. */
  Map<String, Column> notes() {
    Map<String, Column> notes = new LinkedHashMap<>();
    Column inbound = Summaries.isTrue(counted(col("is_inbound")));
    notes.put(INBOUND, inbound);
    notes.put(OUTBOUND, Summaries.isTrue(counted(col("direction").equalTo("outbound"))));
    notes.put("signal" + POSITION, Summaries.position(col("signal"), plan.signals()));
    notes.put("family" + POSITION, inboundPosition("family", plan.families()));
    notes.put("channel" + POSITION, inboundPosition("channel", plan.channels()));
    return notes;
  }

  private Column inboundPosition(String dimension, List<String> known) {
    return when(counted(col("is_inbound")), Summaries.position(col(dimension), known))
        .otherwise(-1);
  }

  /** Whether a row is of one of the plan's signals, */
  Column isSignal(String name) {
    return col("signal" + POSITION).equalTo(plan.signals().indexOf(name));
  }

  /** inbound of one of its families, */
  Column isFamily(String name) {
    return col("family" + POSITION).equalTo(plan.families().indexOf(name));
  }

  /** inbound through one of its channels. */
  Column isChannel(String name) {
    return col("channel" + POSITION).equalTo(plan.channels().indexOf(name));
  }

  /** One bit for every signal, family or channel of the plan; none for others. */
  Column bit(String dimension) {
    Column position = col(dimension + POSITION);
    return when(position.geq(0), functions.call_function("shiftleft", lit(1L), position))
        .otherwise(0L);
  }

  FeaturePlan plan() {
    return plan;
  }

  /** Sums over {@link Summaries} of one lead and instant, by name. */
  Map<String, Column> sums() {
    return sums;
  }

  List<Feature> features() {
    return features;
  }

  /** The numbers of the features. */
  List<Column> values() {
    return values;
  }

  /** The columns that features are made of alone, by the feature's name. */
  Map<String, PlanColumn> columns() {
    return columns;
  }

  /** Notes a sum that features are made of. */
  void sum(String name, Column sum) {
    sums.put(name, sum);
  }

  void add(String name, Scale scale, String group, Phrase phrase, Column value) {
    features.add(new Feature(free(name), scale, group, phrase));
    values.add(value.cast("double"));
  }

  /** Companies name their columns as they like: what is added later gives way. */
  private String free(String name) {
    boolean isTaken = features.stream().anyMatch(feature -> feature.name().equals(name));
    return isTaken ? free(name + "_attribute") : name;
  }

  void count(String name, String group, String done, String within) {
    count(name, group, did(done, within));
  }

  void count(String name, String group, Phrase phrase) {
    add(name, Scale.LOG, group, phrase, filled(name));
  }

  void fixedPoint(String name, String group, Phrase phrase) {
    add(name, Scale.LOG, group, phrase, Summaries.number(col(name)));
  }

  /** Notes that the features which are added now are of one column. */
  void of(PlanColumn column, Runnable adding) {
    int from = features.size();
    adding.run();
    features.subList(from, features.size()).forEach(one -> columns.put(one.name(), column));
  }

  /** Engagements of the lead that may count. */
  Column inbound() {
    return col(INBOUND);
  }

  /** Touches that may count. */
  Column outbound() {
    return col(OUTBOUND);
  }

  /** A condition on engagements, for those that may count. */
  Column counted(Column condition) {
    return plan.excludedSignals().isEmpty()
        ? condition
        : condition.and(not(col("signal").isin(plan.excludedSignals().toArray())));
  }

  static Phrase did(String done, String within) {
    return new Phrase(done + " {times} " + within, "has not " + done + " " + within);
  }

  static Phrase weight(String what, int halfLife) {
    return Phrase.of("{weight} " + what + " of late (halving every " + halfLife + " days)");
  }

  static String within(int days) {
    return days == 1 ? "in the last day" : "in the last " + days + " days";
  }

  static String words(String name) {
    return name.replace('_', ' ');
  }

  static Column bits(String name) {
    return bit_count(coalesce(col(name), lit(0L)));
  }

  static Column filled(String name) {
    return coalesce(col(name), lit(0L)).cast("double");
  }

  static Column age(String name) {
    return coalesce(least(col(name), lit(Phrase.NEVER_DAYS)), lit(Phrase.NEVER_DAYS));
  }
}
