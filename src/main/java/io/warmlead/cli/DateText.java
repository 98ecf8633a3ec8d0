package io.warmlead.cli;

import io.warmlead.config.SettingsException;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Dates as people type them. */
final class DateText {
  private DateText() {}

  /**
   * Reads the date of an option.
   *
   * @throws SettingsException when it is none
   */
  static LocalDate parse(String option, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new SettingsException(option + " " + text + ": is not a date like 2026-03-01.");
    }
  }
}
