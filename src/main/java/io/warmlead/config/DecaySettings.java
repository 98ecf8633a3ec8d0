package io.warmlead.config;

import java.util.List;

/**
 * How decay is measured.
 *
 * @param silenceBucketsDays upper ends of the silence buckets, days, rising
 * @param snapshotEveryDays days between the rolling snapshots of the silence table
 * @param maxSnapshots rolling snapshots at most, newest first
 * @param minGroupLeads groups with fewer leads are withheld
 * @param minGroupConversions groups with fewer conversions get no half-life
 * @param maxCurvePoints points stored per curve at most
 * @param restrictedMeanDays horizon of the mean time to conversion, days
 * @param forecastDays days ahead at which silent leads are scored; empty: not at all
 */
public record DecaySettings(
    List<Integer> silenceBucketsDays,
    int snapshotEveryDays,
    int maxSnapshots,
    int minGroupLeads,
    int minGroupConversions,
    int maxCurvePoints,
    int restrictedMeanDays,
    List<Integer> forecastDays) {

  /** Silence that probability_at_risk looks ahead. */
  public static final int AT_RISK_DAYS = 7;

  private static final int MOST_DAYS_AHEAD = 365;

  public DecaySettings {
    Check.rising("decay.silence_buckets_days", silenceBucketsDays);
    Check.atLeast("decay.snapshot_every_days", snapshotEveryDays, 1);
    Check.atLeast("decay.max_snapshots", maxSnapshots, 1);
    Check.atLeast("decay.min_group_leads", minGroupLeads, 1);
    Check.atLeast("decay.min_group_conversions", minGroupConversions, 1);
    Check.atLeast("decay.max_curve_points", maxCurvePoints, 10);
    Check.atLeast("decay.restricted_mean_days", restrictedMeanDays, 1);
    if (!forecastDays.isEmpty()) {
      Check.rising("decay.forecast_days", forecastDays);
      int last = forecastDays.get(forecastDays.size() - 1);
      if (!forecastDays.contains(AT_RISK_DAYS) || last > MOST_DAYS_AHEAD) {
        throw new SettingsException(
            "decay.forecast_days = "
                + forecastDays
                + ": must hold 7, which probability_at_risk is about, and end by 365; or be empty.");
      }
    }
    silenceBucketsDays = List.copyOf(silenceBucketsDays);
    forecastDays = List.copyOf(forecastDays);
  }
}
