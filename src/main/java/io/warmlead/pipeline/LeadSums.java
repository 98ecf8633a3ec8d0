package io.warmlead.pipeline;

import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.Fingerprint;
import io.warmlead.feature.PointInTime;
import io.warmlead.feature.Summaries;
import io.warmlead.temperature.Behaviour;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The sums of a lead's history from which features and the numbers of behaviour are made. */
final class LeadSums {
  private final Summaries summaries;
  private final List<Column> sums;

  private LeadSums(FeatureSet features) {
    this.summaries = features.need(new Summaries());
    this.sums = new ArrayList<>(features.aggregates());
  }

  /** Those of features. */
  static LeadSums of(FeatureSet features) {
    return new LeadSums(features);
  }

  /** Those of behaviour as well. */
  LeadSums and(Behaviour behaviour) {
    behaviour.need(summaries);
    sums.addAll(behaviour.aggregates());
    return this;
  }

  /** Those of the {@link Fingerprint} as well, which looks back to the date of a scoring. */
  LeadSums andFingerprint(Optional<LocalDate> dateBefore) {
    Fingerprint.need(summaries, dateBefore);
    sums.addAll(Fingerprint.sums());
    return this;
  }

  /** Days of the longest window that the sums look back. */
  int longestWindow() {
    return summaries.longestWindow();
  }

  /**
   * One row per lead and instant.
   *
   * @param activity {@link PointInTime#activity}
   */
  Dataset<Row> over(Dataset<Row> activity) {
    return summaries
        .of(activity)
        .groupBy("lead_id", "as_of")
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
  }
}
