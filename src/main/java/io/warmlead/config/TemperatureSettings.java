package io.warmlead.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * When a lead is cold, warm or hot.
 *
 * @param warmWindowDays engaged within so many days is warm
 * @param hotWindowDays a high-intent action within so many days is hot
 * @param hysteresis share by which a tier is easier to keep than to enter
 * @param hotProbability probability of a hot lead; empty: chosen by the model
 * @param warmProbability probability of a warm lead; empty: chosen by the model
 * @param levels signal to the number of events within the warm window that make a lead warm
 * @param optOutCap highest tier after an unsubscribe or a bounce
 * @param scale of the map from probability to temperature
 */
public record TemperatureSettings(
    int warmWindowDays,
    int hotWindowDays,
    double hysteresis,
    OptionalDouble hotProbability,
    OptionalDouble warmProbability,
    Map<String, Integer> levels,
    String optOutCap,
    double scale) {

  public TemperatureSettings {
    Check.atLeast("temperature.warm_window (days)", warmWindowDays, 1);
    Check.atLeast("temperature.hot_window (days)", hotWindowDays, 1);
    Check.between("temperature.hysteresis", hysteresis, 0, 0.9);
    hotProbability.ifPresent(p -> Check.between("temperature.hot_probability", p, 0, 1));
    warmProbability.ifPresent(p -> Check.between("temperature.warm_probability", p, 0, 1));
    levels.forEach((signal, level) -> Check.atLeast("temperature.levels." + signal, level, 1));
    Check.oneOf("temperature.opt_out_cap", optOutCap, List.of("cold", "warm", "hot"));
    Check.between("temperature.scale", scale, 1e-6, 1);
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
