package io.warmlead.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How warm leads are looked after.
 *
 * @param defaultWindowDays how long after its last sign of interest a lead is nurtured
 * @param windowsDays the same for single segments
 * @param fatigue when a lead has had enough of us for a while
 * @param actions what to do next: the first rule that holds decides
 */
public record NurtureSettings(
    int defaultWindowDays,
    Map<String, Integer> windowsDays,
    Fatigue fatigue,
    List<ActionRule> actions) {

  /**
   * A lead that got so many touches within so many days, and did not answer the last, is left in
   * peace.
   *
   * @param touches outbound engagements
   * @param withinDays within so many days
   * @param restDays days without a touch, from the last one on
   */
  public record Fatigue(int touches, int withinDays, int restDays) {
    public Fatigue {
      Check.atLeast("nurture.fatigue.touches", touches, 1);
      Check.atLeast("nurture.fatigue.within (days)", withinDays, 1);
      Check.atLeast("nurture.fatigue.rest (days)", restDays, 1);
    }
  }

  public NurtureSettings {
    Check.atLeast("nurture.default_window (days)", defaultWindowDays, 1);
    windowsDays.forEach(
        (segment, days) -> Check.atLeast("nurture.windows." + segment + " (days)", days, 1));
    windowsDays = Collections.unmodifiableMap(new TreeMap<>(windowsDays));
    actions = List.copyOf(actions);
    if (actions.isEmpty() || !actions.get(actions.size() - 1).isUnconditional()) {
      throw new SettingsException(
          "nurture.actions: the last rule must hold for every lead; write it without conditions,"
              + " for example { action = leave_alone }.");
    }
  }
}
