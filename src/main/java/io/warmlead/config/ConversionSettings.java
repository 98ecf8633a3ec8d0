package io.warmlead.config;

import java.util.List;

/**
 * What a conversion is.
 *
 * @param outcomes outcome names that are conversions
 * @param lost outcome names that close a lead without one
 * @param closesLead whether a conversion closes the lead; false for repeat purchase
 * @param reopensOnInbound whether a closed lead opens again when it acts by itself
 * @param horizonDays a score is the probability of a conversion within so many days
 */
public record ConversionSettings(
    List<String> outcomes,
    List<String> lost,
    boolean closesLead,
    boolean reopensOnInbound,
    int horizonDays) {

  public ConversionSettings {
    Check.atLeast("conversion.horizon (days)", horizonDays, 1);
    outcomes = List.copyOf(outcomes);
    lost = List.copyOf(lost);
    for (String name : lost) {
      if (outcomes.contains(name)) {
        throw new SettingsException(
            "conversion.lost and conversion.outcomes both name " + name + ": choose one.");
      }
    }
  }
}
