package io.warmlead.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * When a lead is cold, warm or hot.
 *
 * @param warmWindowDays engaged within so many days counts as lately
 * @param hotWindowDays a high-intent action within so many days is hot
 * @param hysteresis share by which a tier is easier to keep than to enter
 * @param minDwellDays days for which a tier is kept, whatever the probability does
 * @param hotProbability probability of a hot lead; empty: chosen by the model
 * @param warmProbability probability of a warm lead; empty: chosen by the model
 * @param levels signal to the number of events within the warm window that count as engaged
 * @param optOutCap highest tier of a lead that opted out
 * @param scale of the map from probability to temperature
 * @param pointsHalfLife days after which an engagement counts half its points; empty: as fitted
 * @param policy how many leads are hot and warm
 */
public record TemperatureSettings(
    int warmWindowDays,
    int hotWindowDays,
    double hysteresis,
    int minDwellDays,
    OptionalDouble hotProbability,
    OptionalDouble warmProbability,
    Map<String, Integer> levels,
    String optOutCap,
    double scale,
    OptionalDouble pointsHalfLife,
    Policy policy) {

  /**
   * How many leads are hot and warm.
   *
   * @param by {@code probability}: those that reach the probabilities; {@code engagement}: also
   *     warm are those that engaged lately; {@code share}: shares of the open leads with the
   *     highest probabilities; {@code capacity}: as probability, and of each owner or segment only
   *     the hottest stay hot
   * @param hotShare share that is hot, for {@code share}
   * @param warmShare share that is hot or warm, for {@code share}
   * @param capacity hot leads at most, for {@code capacity}
   * @param capacityPer {@code owner} or {@code segment}
   */
  public record Policy(
      String by, double hotShare, double warmShare, OptionalInt capacity, String capacityPer) {
    public Policy {
      Check.oneOf(
          "temperature.policy.by", by, List.of("probability", "engagement", "share", "capacity"));
      Check.between("temperature.policy.hot_share", hotShare, 0.001, 1);
      Check.between("temperature.policy.warm_share", warmShare, 0.001, 1);
      if (warmShare < hotShare) {
        throw new SettingsException(
            "temperature.policy.warm_share = "
                + warmShare
                + " lies below temperature.policy.hot_share = "
                + hotShare
                + ": it counts hot leads too.");
      }
      capacity.ifPresent(leads -> Check.atLeast("temperature.policy.capacity", leads, 1));
      Check.oneOf("temperature.policy.capacity_per", capacityPer, List.of("owner", "segment"));
      if (by.equals("capacity") && capacity.isEmpty()) {
        throw new SettingsException(
            "temperature.policy.by = capacity needs temperature.policy.capacity: how many hot leads"
                + " each "
                + capacityPer
                + " can work on.");
      }
    }
  }

  public TemperatureSettings {
    Check.atLeast("temperature.warm_window (days)", warmWindowDays, 1);
    Check.atLeast("temperature.hot_window (days)", hotWindowDays, 1);
    Check.between("temperature.hysteresis", hysteresis, 0, 0.9);
    Check.atLeast("temperature.min_dwell (days)", minDwellDays, 0);
    hotProbability.ifPresent(p -> Check.between("temperature.hot_probability", p, 0, 1));
    warmProbability.ifPresent(p -> Check.between("temperature.warm_probability", p, 0, 1));
    levels.forEach((signal, level) -> Check.atLeast("temperature.levels." + signal, level, 1));
    Check.oneOf("temperature.opt_out_cap", optOutCap, List.of("cold", "warm", "hot"));
    Check.between("temperature.scale", scale, 1e-6, 1);
    pointsHalfLife.ifPresent(
        days -> Check.between("temperature.points_half_life (days)", days, 1, 365));
    if (hotProbability.isPresent()
        && warmProbability.isPresent()
        && warmProbability.getAsDouble() > hotProbability.getAsDouble()) {
      throw new SettingsException(
          "temperature.warm_probability = "
              + warmProbability.getAsDouble()
              + " lies above temperature.hot_probability = "
              + hotProbability.getAsDouble()
              + ": a hot lead would not be warm.");
    }
    levels = Collections.unmodifiableMap(new TreeMap<>(levels));
  }
}
