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
              // Of three letters any three others are near: they would be another's zone.
              + (value.contains("/") ? NearestName.hint(value, ZoneId.getAvailableZoneIds()) : "")
              + " Write a region, for example Europe/Berlin or Asia/Kolkata, or UTC.");
    }
  }
}
