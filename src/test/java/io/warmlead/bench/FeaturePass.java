package io.warmlead.bench;

import io.warmlead.config.Settings;
import io.warmlead.feature.FeaturePlan;
import java.time.Instant;

/**
 * What is to be computed: the features of one instant, from Parquet to Parquet.
 *
 * @param tables what is read
 * @param from where history is taken from
 * @param plan which features
 * @param asOf a midnight in the company's zone
 */
record FeaturePass(
    PlainTables tables, From from, FeaturePlan plan, Instant asOf, Settings settings) {

  FeaturePass {
    if (settings.conversion().reopensOnInbound()) {
      throw new IllegalArgumentException(
          "conversion.reopen = inbound: which leads are open then is more than features tell.");
    }
  }

  /** Where history is taken from. */
  enum From {
    /** As a night does. */
    DAILY_ACTIVITY,
    /** As if nothing had been summed up before. */
    ENGAGEMENTS;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
