package io.warmlead.config;

import com.typesafe.config.Config;
import java.time.DateTimeException;
import java.time.ZoneId;

/** Time zones by name. */
final class Zones {
  private Zones() {}

  /**
   * Reads one.
   *
   * @param key its whole path, for messages too
   */
  static ZoneId named(Config config, String key) {
    String value = config.getString(key);
    try {
      return ZoneId.of(value);
    } catch (DateTimeException e) {
      throw new SettingsException(
          key
              + " = "
              + value
              + ": is not a time zone."
              + NearestName.hint(value, ZoneId.getAvailableZoneIds())
              + " Write for example Europe/Berlin or UTC.");
    }
  }
}
