package io.warmlead.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One row of the table that says what to do next with a lead. Conditions that are not given hold.
 *
 * @param action one of {@link #ACTIONS}
 * @param tiers tier of the lead
 * @param trends trend of the lead
 * @param stages hand-off stage
 * @param signals signal of the last inbound engagement
 * @param segments segment of the lead
 * @param states states that must all hold, of {@link #STATES}
 * @param silentDaysAtLeast days since the last inbound engagement
 * @param silentDaysAtMost days since the last inbound engagement
 */
public record ActionRule(
    String action,
    List<String> tiers,
    List<String> trends,
    List<String> stages,
    List<String> signals,
    List<String> segments,
    List<String> states,
    OptionalInt silentDaysAtLeast,
    OptionalInt silentDaysAtMost) {

  /** What can be done. */
  public static final List<String> ACTIONS =
      List.of(
          "call_now",
          "answer_inquiry",
          "send_related_content",
          "invite",
          "nurture",
          "wait",
          "reintroduce",
          "leave_alone");

  /** What a lead can be in besides tier, trend and stage. */
  public static final List<String> STATES =
      List.of("opted_out", "waiting", "tired", "rewarmed", "was_warm", "within_nurture");

  public ActionRule {
    String rule = "nurture.actions (action = " + action + ")";
    Check.oneOf("nurture.actions.action", action, ACTIONS);
    optional(rule + ".tiers", tiers, List.of("cold", "warm", "hot"));
    optional(rule + ".trends", trends, List.of("heating", "cooling", "steady", "new"));
    optional(rule + ".stages", stages, List.of("none", "MQL", "SQL", "returned"));
    optional(rule + ".states", states, STATES);
    Check.named(rule + ".signals", signals);
    Check.named(rule + ".segments", segments);
    if (silentDaysAtLeast.isPresent()
        && silentDaysAtMost.isPresent()
        && silentDaysAtLeast.getAsInt() > silentDaysAtMost.getAsInt()) {
      throw new SettingsException(
          rule
              + ": silent_days_at_least = "
              + silentDaysAtLeast.getAsInt()
              + " lies above silent_days_at_most = "
              + silentDaysAtMost.getAsInt()
              + ": the rule would never hold.");
    }
    tiers = List.copyOf(tiers);
    trends = List.copyOf(trends);
    stages = List.copyOf(stages);
    signals = List.copyOf(signals);
    segments = List.copyOf(segments);
    states = List.copyOf(states);
  }

  private static void optional(String key, List<String> values, List<String> allowed) {
    Check.named(key, values);
    values.forEach(value -> Check.oneOf(key, value, allowed));
  }

  /** Whether the rule holds for every lead. */
  public boolean isUnconditional() {
    return equals(of(action));
  }

  /** A rule without conditions. */
  public static ActionRule of(String action) {
    List<String> any = List.of();
    return new ActionRule(
        action, any, any, any, any, any, any, OptionalInt.empty(), OptionalInt.empty());
  }

  /** The signal of this rule that is not among the known ones. */
  Optional<String> unknownSignal(java.util.Collection<String> known) {
    return signals.stream().filter(signal -> !known.contains(signal)).findFirst();
  }
}
