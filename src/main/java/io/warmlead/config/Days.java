package io.warmlead.config;

import com.typesafe.config.Config;
import java.time.Duration;

/** Durations that are whole days. */
final class Days {
  /** A hundred years. */
  private static final int MOST = 36_500;

  private Days() {}

  /**
   * Reads one.
   *
   * @param group what stands before the key in the settings, for messages
   */
  static int whole(Config config, String key, String group) {
    Duration duration = config.getDuration(key);
    String setting = group + key + " = " + config.getString(key);
    if (!duration.equals(Duration.ofDays(duration.toDays()))) {
      throw new SettingsException(setting + ": must be whole days, for example 30 days.");
    }
    if (duration.isNegative() || duration.isZero()) {
      throw new SettingsException(setting + ": must be at least 1 day.");
    }
    if (duration.toDays() > MOST) {
      throw new SettingsException(setting + ": must be at most " + MOST + " days.");
    }
    return Math.toIntExact(duration.toDays());
  }
}
