package io.warmlead.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads what happens to leads after they are scored: {@code handoff} and {@code nurture}. */
record FollowUpReader(Config all) {
  private static final List<String> RULE_KEYS =
      List.of(
          "action",
          "tiers",
          "trends",
          "stages",
          "signals",
          "segments",
          "states",
          "silent_days_at_least",
          "silent_days_at_most");

  HandoffSettings handoff(SignalSettings signals) {
    HandoffSettings handoff =
        new HandoffSettings(
            criteria(all.getConfig("handoff.mql")),
            criteria(all.getConfig("handoff.sql")),
            all.getStringList("handoff.accepted"),
            all.getStringList("handoff.rejected"),
            bant());
    SortedSet<String> known = known(signals);
    handoff.mql().signals().forEach(name -> requireKnown("handoff.mql.signals", name, known));
    handoff.sql().signals().forEach(name -> requireKnown("handoff.sql.signals", name, known));
    handoff
        .bant()
        .signals()
        .forEach(
            (part, names) ->
                names.forEach(name -> requireKnown("handoff.bant_signals." + part, name, known)));
    return handoff;
  }

  private BantSettings bant() {
    Map<String, List<String>> signals = new LinkedHashMap<>();
    BantSettings.PARTS.forEach(
        part -> signals.put(part, all.getStringList("handoff.bant_signals." + part)));
    return new BantSettings(signals);
  }

  NurtureSettings nurture(SignalSettings signals) {
    Map<String, Integer> windows = new LinkedHashMap<>();
    Config given = all.getConfig("nurture.windows");
    for (String segment : given.root().keySet()) {
      windows.put(segment, Days.whole(given, ConfigUtil.quoteString(segment), "nurture.windows."));
    }
    List<ActionRule> rules = new ArrayList<>();
    for (Config rule : all.getConfigList("nurture.actions")) {
      rules.add(rule(rule));
    }
    SortedSet<String> known = known(signals);
    for (ActionRule rule : rules) {
      rule.unknownSignal(known)
          .ifPresent(
              name ->
                  requireKnown(
                      "nurture.actions (action = " + rule.action() + ").signals", name, known));
    }
    return new NurtureSettings(
        Days.whole(all, "nurture.default_window", ""),
        windows,
        new NurtureSettings.Fatigue(
            all.getInt("nurture.fatigue.touches"),
            Days.whole(all, "nurture.fatigue.within", ""),
            Days.whole(all, "nurture.fatigue.rest", "")),
        rules);
  }

  private static HandoffSettings.Criteria criteria(Config criteria) {
    return new HandoffSettings.Criteria(
        criteria.getStringList("tiers"),
        number(criteria, "min_probability"),
        number(criteria, "min_points"),
        criteria.getInt("min_bant"),
        criteria.getStringList("signals"),
        criteria.getStringList("segments"));
  }

  private static ActionRule rule(Config rule) {
    Check.keys("nurture.actions: a rule", rule.root().keySet(), RULE_KEYS);
    if (!rule.hasPath("action")) {
      throw new SettingsException("nurture.actions: a rule has no action. " + rule.root());
    }
    return new ActionRule(
        rule.getString("action"),
        list(rule, "tiers"),
        list(rule, "trends"),
        list(rule, "stages"),
        list(rule, "signals"),
        list(rule, "segments"),
        list(rule, "states"),
        whole(rule, "silent_days_at_least"),
        whole(rule, "silent_days_at_most"));
  }

  private static SortedSet<String> known(SignalSettings signals) {
    SortedSet<String> known = new TreeSet<>(signals.catalogue().keySet());
    signals.rules().forEach(rule -> known.add(rule.signal()));
    return known;
  }

  private static void requireKnown(String key, String signal, SortedSet<String> known) {
    if (!known.contains(signal)) {
      throw new SettingsException(
          key
              + " names the signal "
              + signal
              + ", which is neither in signals.catalogue nor given by signals.map."
              + NearestName.hint(signal, known));
    }
  }

  private static List<String> list(Config config, String key) {
    return config.hasPath(key) ? config.getStringList(key) : List.of();
  }

  private static OptionalInt whole(Config config, String key) {
    return Optional.of(key)
        .filter(config::hasPath)
        .map(path -> OptionalInt.of(config.getInt(path)))
        .orElseGet(OptionalInt::empty);
  }

  private static OptionalDouble number(Config config, String key) {
    return config.hasPath(key) ? OptionalDouble.of(config.getDouble(key)) : OptionalDouble.empty();
  }
}
