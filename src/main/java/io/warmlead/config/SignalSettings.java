package io.warmlead.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How raw event names become signals, and what signals mean.
 *
 * @param rules from raw names to signals, first match wins
 * @param catalogue signal name to meaning
 */
public record SignalSettings(List<Rule> rules, Map<String, Meaning> catalogue) {
  /** Signal name of a rule whose events are left out. */
  public static final String IGNORE = "ignore";

  private static final List<String> STATED_DIRECTIONS = List.of("inbound", "outbound");

  public SignalSettings {
    for (Rule rule : rules) {
      if (!rule.signal().equals(IGNORE) && !catalogue.containsKey(rule.signal())) {
        throw new SettingsException(
            "signals.map names the signal "
                + rule.signal()
                + ", which signals.catalogue does not have."
                + NearestName.hint(rule.signal(), catalogue.keySet())
                + " Add it to signals.catalogue with family, direction and intent, or use one of"
                + " its names.");
      }
    }
    rules = List.copyOf(rules);
    // Sorted, so that digests of settings do not depend on the order of a hash map.
    catalogue = Collections.unmodifiableMap(new TreeMap<>(catalogue));
  }

  /**
   * One mapping rule.
   *
   * @param event exact raw name, or a regular expression between slashes
   * @param channel only events of this channel, where given
   * @param direction only events for which the source itself says {@code inbound} or {@code
   *     outbound}, where given
   * @param signal signal of the catalogue, or {@code ignore}
   */
  public record Rule(
      String event, Optional<String> channel, Optional<String> direction, String signal) {

    public Rule {
      direction.ifPresent(
          word -> Check.oneOf("signals.map, direction of " + event, word, STATED_DIRECTIONS));
      if (isPattern(event)) {
        try {
          Pattern.compile(event.substring(1, event.length() - 1));
        } catch (PatternSyntaxException e) {
          throw new SettingsException(
              "signals.map: "
                  + event
                  + " is not a regular expression: "
                  + e.getDescription()
                  + ".");
        }
      }
    }

    /** Whether {@link #event} is a regular expression. */
    public boolean isPattern() {
      return isPattern(event);
    }

    /** The regular expression without its slashes. */
    public String pattern() {
      return event.substring(1, event.length() - 1);
    }

    private static boolean isPattern(String event) {
      return event.length() > 2 && event.startsWith("/") && event.endsWith("/");
    }
  }

  /**
   * What a signal means.
   *
   * @param family content, referral, event, outreach, email, social, ad, site or product
   * @param direction inbound, outbound or negative
   * @param intent low, medium or high
   * @param points of one event in the classic additive score
   * @param dailyCap events a day that earn points
   */
  public record Meaning(
      String family, String direction, String intent, double points, int dailyCap) {
    static final List<String> FAMILIES =
        List.of(
            "content", "referral", "event", "outreach", "email", "social", "ad", "site", "product");
    static final List<String> DIRECTIONS = List.of("inbound", "outbound", "negative");
    static final List<String> INTENTS = List.of("low", "medium", "high");

    static Meaning of(
        String signal, String family, String direction, String intent, double points, int cap) {
      String key = "signals.catalogue." + signal;
      Check.oneOf(key + ".family", family, FAMILIES);
      Check.oneOf(key + ".direction", direction, DIRECTIONS);
      Check.oneOf(key + ".intent", intent, INTENTS);
      Check.between(key + ".points", points, -1000, 1000);
      Check.atLeast(key + ".daily_cap", cap, 1);
      return new Meaning(family, direction, intent, points, cap);
    }
  }
}
