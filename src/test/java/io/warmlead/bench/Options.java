package io.warmlead.bench;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Options of a benchmark, each a name and a value.
 *
 * @param values by name, with the dashes
 */
record Options(Map<String, String> values) {
  static Options of(String... arguments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int index = 0; index + 1 < arguments.length; index += 2) {
      values.put(arguments[index], arguments[index + 1]);
    }
    return new Options(values);
  }

  String text(String name) {
    if (!values.containsKey(name)) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return values.get(name);
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  /** Settings of {@code --conf} with the lake of {@code --lake}. */
  Settings settings() {
    return SettingsLoader.load(
        List.of(text("--conf")), List.of("lake.path=\"" + text("--lake") + "\""));
  }
}
