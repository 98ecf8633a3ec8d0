package io.warmlead.config;

import com.typesafe.config.Config;
import java.time.Duration;

/** Durations that are whole days. */
final class Days {
  /** A hundred years. */
  private static final int MOST = 36_500;

  private Days() {}

  /**
   * Reads one, of a day at least.
   *
   * @param group what stands before the key in the settings, for messages
   */
  static int whole(Config config, String key, String group) {
    return whole(config, key, group, 1);
  }

  /** Reads one that may also be 0. */
  static int wholeOrNone(Config config, String key) {
    return whole(config, key, "", 0);
  }

  private static int whole(Config config, String key, String group, int least) {
    Duration duration = config.getDuration(key);
    String setting = group + key + " = " + config.getString(key);
    if (!duration.equals(Duration.ofDays(duration.toDays()))) {
      throw new SettingsException(setting + ": must be whole days, for example 30 days.");
    }
    if (duration.toDays() < least) {
      throw new SettingsException(
          setting + ": must be at least " + least + (least == 1 ? " day." : " days."));
    }
    if (duration.toDays() > MOST) {
      throw new SettingsException(setting + ": must be at most " + MOST + " days.");
    }
    return Math.toIntExact(duration.toDays());
  }
}
