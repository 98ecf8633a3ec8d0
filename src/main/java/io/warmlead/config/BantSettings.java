package io.warmlead.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What tells of budget, authority, need and timing where the lead's attributes do not.
 *
 * @param signals by part, the signals that tell of it; every part is there, in that order
 */
public record BantSettings(Map<String, List<String>> signals) {
  /** The parts by which BANT is named. */
  public static final List<String> PARTS = List.of("budget", "authority", "need", "timing");

  public BantSettings {
    Map<String, List<String>> ordered = new LinkedHashMap<>();
    for (String part : PARTS) {
      List<String> names = signals.getOrDefault(part, List.of());
      Check.named("handoff.bant_signals." + part, names);
      ordered.put(part, List.copyOf(names));
    }
    signals = Collections.unmodifiableMap(ordered);
  }
}
