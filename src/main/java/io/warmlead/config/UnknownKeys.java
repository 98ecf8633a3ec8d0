package io.warmlead.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Map;
import java.util.Set;

/** Refuses keys that {@code reference.conf} does not have: a typing slip must not go unnoticed. */
final class UnknownKeys {
  /** Objects whose keys the operator chooses. */
  private static final Set<String> OPEN =
      Set.of(
          "inputs.engagements.options",
          "inputs.leads.options",
          "inputs.outcomes.options",
          "signals.catalogue",
          "temperature.levels",
          "nurture.windows");

  private UnknownKeys() {}

  static void check(Config chosen, Config reference) {
    check("", chosen.root(), reference.root());
  }

  private static void check(String prefix, ConfigObject chosen, ConfigObject reference) {
    for (Map.Entry<String, ConfigValue> entry : chosen.entrySet()) {
      String key = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
      ConfigValue known = reference.get(entry.getKey());
      if (known == null) {
        throw new SettingsException(
            "Unknown setting "
                + key
                + " ("
                + entry.getValue().origin().description()
                + ")."
                + NearestName.of(entry.getKey(), reference.keySet())
                    .map(n -> " Did you mean " + (prefix.isEmpty() ? n : prefix + "." + n) + "?")
                    .orElse(" Known here: " + String.join(", ", sorted(reference)) + "."));
      }
      if (OPEN.contains(key) || entry.getValue().valueType() == ConfigValueType.NULL) {
        continue;
      }
      boolean given = entry.getValue() instanceof ConfigObject;
      if (known instanceof ConfigObject object) {
        if (!given) {
          throw new SettingsException(
              key + " is a group of settings: " + String.join(", ", sorted(object)) + ".");
        }
        check(key, (ConfigObject) entry.getValue(), object);
      } else if (given) {
        throw new SettingsException(key + " is a single value, not a group of settings.");
      }
    }
  }

  private static Iterable<String> sorted(ConfigObject object) {
    return object.keySet().stream().sorted().toList();
  }
}
