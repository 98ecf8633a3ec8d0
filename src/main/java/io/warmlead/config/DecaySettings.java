package io.warmlead.config;

import java.util.List;

/**
 * How decay is measured.
 *
 * @param silenceBucketsDays upper ends of the silence buckets, days, rising
 * @param snapshotEveryDays days between the rolling snapshots of the silence table
 * @param minGroupLeads groups with fewer leads are withheld
 * @param minGroupConversions groups with fewer conversions get no half-life
 * @param maxCurvePoints points stored per curve at most
 */
public record DecaySettings(
    List<Integer> silenceBucketsDays,
    int snapshotEveryDays,
    int minGroupLeads,
    int minGroupConversions,
    int maxCurvePoints) {

  public DecaySettings {
    Check.rising("decay.silence_buckets_days", silenceBucketsDays);
    Check.atLeast("decay.snapshot_every_days", snapshotEveryDays, 1);
    Check.atLeast("decay.min_group_leads", minGroupLeads, 1);
    Check.atLeast("decay.min_group_conversions", minGroupConversions, 1);
    Check.atLeast("decay.max_curve_points", maxCurvePoints, 10);
    silenceBucketsDays = List.copyOf(silenceBucketsDays);
  }
}
