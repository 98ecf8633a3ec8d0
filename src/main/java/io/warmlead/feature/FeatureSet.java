package io.warmlead.feature;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * The features of a plan: sums over {@link Summaries}, one grouping for all of them, and numbers
 * made from these sums and the lead's attributes.
 */
public final class FeatureSet {
  static final int[] WINDOWS = {1, 7, 30, 90};
  static final int[] HALF_LIVES = {3, 14, 60};

  private final FeatureList list;
  private final KindFeatures kinds;

  private FeatureSet(FeaturePlan plan) {
    list = new FeatureList(plan);
    kinds = new KindFeatures(list);
    new EngagementFeatures(list).add();
    kinds.add();
    new AttributeFeatures(list).add();
  }

  /** All features of a plan. */
  public static FeatureSet of(FeaturePlan plan) {
    return new FeatureSet(plan);
  }

  /** Notes what the features need. */
  public Summaries need(Summaries summaries) {
    for (int window : WINDOWS) {
      summaries.window(window);
    }
    for (int halfLife : HALF_LIVES) {
      summaries.halfLife(halfLife);
    }
    list.notes().forEach(summaries::note);
    return summaries.halfLife(30);
  }

  /** Sums over {@link Summaries} of one lead and instant. */
  public List<Column> aggregates() {
    return list.sums().entrySet().stream().map(sum -> sum.getValue().as(sum.getKey())).toList();
  }

  /** Signals with features of their own. */
  public List<String> signals() {
    return list.plan().signals();
  }

  /** The features, in the order of {@link #vector}. */
  public List<Feature> features() {
    return List.copyOf(list.features());
  }

  /**
   * The column behind every feature that is made of one alone, by the feature's name. Totals over
   * several signals are not among them.
   */
  public Map<String, PlanColumn> columns() {
    return Collections.unmodifiableMap(list.columns());
  }

  /** All features as ARRAY&lt;DOUBLE&gt;, never NULL. */
  public Column vector() {
    return functions.array(list.values().toArray(Column[]::new));
  }

  /** The channel with most inbound engagements in 90 days, NULL where there are none. */
  public Column preferredChannel() {
    return kinds.preferredChannel();
  }
}
