package io.warmlead.config;

import java.util.List;

/**
 * What reports and exports look like.
 *
 * @param language of the names of tiers, two letters as in ISO 639-1
 */
public record ReportSettings(String language) {
  /** Those that have names of all tiers. */
  public static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "uk", "pl");

  public ReportSettings {
    Check.oneOf("report.language", language, LANGUAGES);
  }
}
