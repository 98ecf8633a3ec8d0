package io.warmlead.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what comes in and what it means: {@code inputs} and {@code signals}. */
record InputReader(Config all) {
  private static final List<String> RULE_KEYS = List.of("event", "channel", "direction", "signal");
  private static final List<String> MEANING_KEYS =
      List.of("family", "direction", "intent", "points", "daily_cap");

  InputSettings engagements() {
    return input(
        "engagements",
        List.of("lead_id", "occurred_at", "event"),
        List.of("event_id", "received_at", "channel", "direction", "asset", "value", "cost"));
  }

  InputSettings leads() {
    return input(
        "leads",
        List.of("lead_id", "created_at"),
        List.of(
            "source",
            "segment",
            "country",
            "language",
            "account_id",
            "referrer_id",
            "owner",
            "budget",
            "authority",
            "need",
            "timeline",
            "override_tier",
            "valid_from"));
  }

  InputSettings outcomes() {
    return input(
        "outcomes", List.of("lead_id", "outcome", "occurred_at"), List.of("value", "outcome_id"));
  }

  private InputSettings input(String name, List<String> required, List<String> optional) {
    Config input = all.getConfig("inputs." + name);
    return new InputSettings(
        name,
        paths(input),
        input.getString("format"),
        strings(input.getObject("options")),
        Zones.named(all, "inputs." + name + ".zone"),
        input.getString("decimal"),
        optional(input, "where"),
        strings(input.getObject("columns")),
        required,
        optional,
        input.hasPath("exclude") ? input.getStringList("exclude") : List.of(),
        input.hasPath("duplicates") && keepsDuplicates(input.getString("duplicates")));
  }

  private static boolean keepsDuplicates(String value) {
    Check.oneOf("inputs.engagements.duplicates", value, List.of("drop", "keep"));
    return value.equals("keep");
  }

  private static List<String> paths(Config input) {
    if (!input.hasPath("path")) {
      return List.of();
    }
    ConfigValue path = input.getValue("path");
    return path instanceof ConfigList
        ? input.getStringList("path")
        : List.of(input.getString("path"));
  }

  private static Map<String, String> strings(ConfigObject object) {
    Map<String, String> strings = new LinkedHashMap<>();
    object.forEach(
        (key, value) -> {
          if (value.valueType() != ConfigValueType.NULL) {
            strings.put(key, String.valueOf(value.unwrapped()));
          }
        });
    return strings;
  }

  SignalSettings signals() {
    return new SignalSettings(
        group("signals.map", this::rules), group("signals.catalogue", this::catalogue));
  }

  private List<SignalSettings.Rule> rules() {
    List<SignalSettings.Rule> rules = new ArrayList<>();
    for (Config rule : all.getConfigList("signals.map")) {
      Check.keys("signals.map: a rule", rule.root().keySet(), RULE_KEYS);
      rules.add(
          new SignalSettings.Rule(
              rule.getString("event"),
              optional(rule, "channel"),
              optional(rule, "direction"),
              rule.getString("signal")));
    }
    return rules;
  }

  private static Optional<String> optional(Config group, String key) {
    return group.hasPath(key) ? Optional.of(group.getString(key)) : Optional.empty();
  }

  private Map<String, SignalSettings.Meaning> catalogue() {
    Map<String, SignalSettings.Meaning> catalogue = new LinkedHashMap<>();
    for (String signal : all.getObject("signals.catalogue").keySet()) {
      Config meaning = all.getConfig("signals.catalogue").getConfig(ConfigUtil.quoteString(signal));
      Check.keys("signals.catalogue." + signal, meaning.root().keySet(), MEANING_KEYS);
      catalogue.put(
          signal,
          SignalSettings.Meaning.of(
              signal,
              meaning.getString("family"),
              meaning.getString("direction"),
              meaning.getString("intent"),
              meaning.hasPath("points") ? meaning.getDouble("points") : 0,
              meaning.hasPath("daily_cap") ? meaning.getInt("daily_cap") : 1));
    }
    return catalogue;
  }

  /** Names the group where a failure names only what is inside it. */
  private static <T> T group(String key, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ConfigException e) {
      throw new SettingsException(key + " cannot be read: " + e.getMessage());
    }
  }
}
