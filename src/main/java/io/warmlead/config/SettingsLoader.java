package io.warmlead.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Reads {@code reference.conf}, overlays and single keys into {@link Settings}. */
public final class SettingsLoader {
  private SettingsLoader() {}

  /**
   * Loads settings.
   *
   * @param files HOCON overlays, later wins; paths or Hadoop URIs
   * @param assignments {@code key=value}, stronger than files
   * @throws SettingsException naming key, value and what to write instead
   */
  public static Settings load(List<String> files, List<String> assignments) {
    Config reference = ConfigFactory.parseResources(SettingsLoader.class, "/reference.conf");
    Config chosen = ConfigFactory.empty();
    for (String assignment : assignments) {
      chosen = assignment(assignment).withFallback(chosen);
    }
    Config overlays = ConfigFactory.empty();
    for (String file : files) {
      overlays = parse(file).withFallback(overlays);
    }
    chosen = chosen.withFallback(overlays);
    try {
      chosen = chosen.resolve();
      UnknownKeys.check(chosen, reference);
      return new Reading(chosen.withFallback(reference).resolve()).settings();
    } catch (ConfigException e) {
      throw new SettingsException("Settings cannot be read: " + e.getMessage());
    }
  }

  private static Config parse(String file) {
    Path path = new Path(file);
    try (FSDataInputStream in = path.getFileSystem(new Configuration()).open(path);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return ConfigFactory.parseReader(
          reader, ConfigParseOptions.defaults().setOriginDescription(file));
    } catch (java.io.FileNotFoundException e) {
      throw new SettingsException("--conf " + file + ": there is no such file.");
    } catch (IOException e) {
      throw new SettingsException("--conf " + file + " cannot be read: " + e.getMessage());
    } catch (UncheckedIOException | ConfigException e) {
      throw new SettingsException("--conf " + file + " is not valid HOCON: " + e.getMessage());
    }
  }

  private static Config assignment(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new SettingsException("--set " + assignment + ": write it as key=value.");
    }
    String key = assignment.substring(0, equals).trim();
    String value = assignment.substring(equals + 1).trim();
    try {
      // Lists and objects are HOCON; anything else is taken as it stands, so that paths with
      // colons, stars or dollar signs need no quotes.
      if (value.startsWith("[") || value.startsWith("{") || value.startsWith("\"")) {
        return ConfigFactory.parseString(
            key + " = " + value, ConfigParseOptions.defaults().setOriginDescription("--set"));
      }
      return ConfigFactory.parseMap(
          Collections.singletonMap(key, value.equals("null") ? null : value), "--set");
    } catch (ConfigException e) {
      throw new SettingsException("--set " + key + "=…: " + e.getMessage());
    }
  }

  /** Turns one resolved tree into records. */
  private record Reading(Config all) {

    Settings settings() {
      SignalSettings signals = signals();
      FollowUpReader followUp = new FollowUpReader(all);
      return new Settings(
          input(
              "engagements",
              List.of("lead_id", "occurred_at", "event"),
              List.of("event_id", "received_at", "channel", "direction", "asset", "value", "cost")),
          input(
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
                  "valid_from")),
          input("outcomes", List.of("lead_id", "outcome", "occurred_at"), List.of("value")),
          signals,
          conversion(),
          temperature(),
          followUp.handoff(signals),
          followUp.nurture(signals),
          model(),
          decay(),
          insight(),
          new LakeSettings(text("lake.path"), text("lake.catalog"), text("lake.schema")),
          run(),
          new EraseSettings(text("erase.key_file")),
          DigestUtils.sha256Hex(
              all.withoutPath("lake")
                  .withoutPath("erase")
                  .root()
                  .render(ConfigRenderOptions.concise())));
    }

    private InputSettings input(String name, List<String> required, List<String> optional) {
      Config input = all.getConfig("inputs." + name);
      return new InputSettings(
          name,
          paths(input),
          input.getString("format"),
          strings(input.getObject("options")),
          zone("inputs." + name + ".zone"),
          text("inputs." + name + ".where"),
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

    private SignalSettings signals() {
      return new SignalSettings(
          group("signals.map", this::rules), group("signals.catalogue", this::catalogue));
    }

    private List<SignalSettings.Rule> rules() {
      List<SignalSettings.Rule> rules = new ArrayList<>();
      for (Config rule : all.getConfigList("signals.map")) {
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
        Config meaning =
            all.getConfig("signals.catalogue").getConfig(ConfigUtil.quoteString(signal));
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

    private ConversionSettings conversion() {
      String reopen = all.getString("conversion.reopen");
      Check.oneOf("conversion.reopen", reopen, List.of("never", "inbound"));
      return new ConversionSettings(
          all.getStringList("conversion.outcomes"),
          all.getStringList("conversion.lost"),
          all.getBoolean("conversion.closes_lead"),
          reopen.equals("inbound"),
          days("conversion.horizon"));
    }

    private TemperatureSettings temperature() {
      Map<String, Integer> levels = new LinkedHashMap<>();
      Config given = all.getConfig("temperature.levels");
      given.root().keySet().forEach(s -> levels.put(s, given.getInt(ConfigUtil.quoteString(s))));
      return new TemperatureSettings(
          days("temperature.warm_window"),
          days("temperature.hot_window"),
          all.getDouble("temperature.hysteresis"),
          automatic("temperature.hot_probability"),
          automatic("temperature.warm_probability"),
          levels,
          all.getString("temperature.opt_out_cap"),
          all.getDouble("temperature.scale"),
          all.getString("temperature.points_half_life").equals("auto")
              ? OptionalDouble.empty()
              : OptionalDouble.of(days("temperature.points_half_life")),
          new TemperatureSettings.Policy(
              all.getString("temperature.policy.by"),
              all.getDouble("temperature.policy.hot_share"),
              all.getDouble("temperature.policy.warm_share"),
              all.hasPath("temperature.policy.capacity")
                  ? OptionalInt.of(all.getInt("temperature.policy.capacity"))
                  : OptionalInt.empty(),
              all.getString("temperature.policy.capacity_per")));
    }

    private ModelSettings model() {
      return new ModelSettings(
          all.getInt("model.snapshot_every_days"),
          all.getInt("model.max_snapshots"),
          all.getInt("model.max_rows"),
          all.getInt("model.min_conversions"),
          all.getInt("model.min_non_conversions"),
          all.getStringList("model.families"),
          all.getInt("model.reasons"),
          all.getInt("model.retrain_after_days"),
          all.getLong("model.seed"),
          all.getStringList("model.protected_attributes"),
          all.getStringList("model.allow_columns"));
    }

    private DecaySettings decay() {
      return new DecaySettings(
          all.getIntList("decay.silence_buckets_days"),
          all.getInt("decay.snapshot_every_days"),
          all.getInt("decay.max_snapshots"),
          all.getInt("decay.min_group_leads"),
          all.getInt("decay.min_group_conversions"),
          all.getInt("decay.max_curve_points"),
          all.getInt("decay.restricted_mean_days"),
          all.getIntList("decay.forecast_days"));
    }

    private InsightSettings insight() {
      return new InsightSettings(days("insight.history"), days("insight.entry_window"));
    }

    private RunSettings run() {
      List<DayOfWeek> days = new ArrayList<>();
      for (String day : all.getStringList("run.business_hours.days")) {
        Check.oneOf(
            "run.business_hours.days",
            day,
            java.util.Arrays.stream(DayOfWeek.values()).map(Enum::name).toList());
        days.add(DayOfWeek.valueOf(day));
      }
      return new RunSettings(
          zone("run.zone"),
          all.getInt("run.business_hours.from"),
          all.getInt("run.business_hours.to"),
          days);
    }

    private Optional<String> text(String key) {
      return all.hasPath(key) ? Optional.of(all.getString(key)) : Optional.empty();
    }

    private ZoneId zone(String key) {
      String value = all.getString(key);
      try {
        return ZoneId.of(value);
      } catch (DateTimeException e) {
        throw new SettingsException(
            key
                + " = "
                + value
                + ": is not a time zone."
                + NearestName.hint(value, ZoneId.getAvailableZoneIds())
                + " Write for example Europe/Berlin or UTC.");
      }
    }

    private int days(String key) {
      return Days.whole(all, key, "");
    }

    private OptionalDouble automatic(String key) {
      return all.getString(key).equals("auto")
          ? OptionalDouble.empty()
          : OptionalDouble.of(all.getDouble(key));
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
  }
}
