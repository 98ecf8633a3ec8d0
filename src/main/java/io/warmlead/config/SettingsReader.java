package io.warmlead.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.codec.digest.DigestUtils;

/** Turns one resolved tree of settings into records. */
record SettingsReader(Config all) {

  /** All settings; those of {@code lake} and {@code erase} are no part of the digest. */
  Settings settings() {
    InputReader inputs = new InputReader(all);
    SignalSettings signals = inputs.signals();
    FollowUpReader followUp = new FollowUpReader(all);
    return new Settings(
        inputs.engagements(),
        inputs.leads(),
        inputs.outcomes(),
        signals,
        conversion(),
        temperature(signals),
        followUp.handoff(signals),
        followUp.nurture(signals),
        model(),
        decay(),
        insight(),
        new QualitySettings(
            all.getDouble("quality.max_reject_share"), all.getDouble("quality.min_share_of_usual")),
        new ReportSettings(all.getString("report.language")),
        new LakeSettings(text("lake.path"), text("lake.catalog"), text("lake.schema")),
        run(),
        new EraseSettings(text("erase.key_file")),
        DigestUtils.sha256Hex(
            all.withoutPath("lake")
                .withoutPath("erase")
                .root()
                .render(ConfigRenderOptions.concise())));
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

  private TemperatureSettings temperature(SignalSettings signals) {
    Map<String, Integer> levels = new LinkedHashMap<>();
    Config given = all.getConfig("temperature.levels");
    given.root().keySet().forEach(s -> levels.put(s, given.getInt(ConfigUtil.quoteString(s))));
    levels.keySet().forEach(signal -> requireNoSlip(signal, signals));
    return new TemperatureSettings(
        days("temperature.warm_window"),
        days("temperature.hot_window"),
        all.getDouble("temperature.hysteresis"),
        Days.wholeOrNone(all, "temperature.min_dwell"),
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

  /** Signals of unmapped events have their raw names, which nobody knows here. */
  private static void requireNoSlip(String signal, SignalSettings signals) {
    NearestName.oneSlipFrom(signal, signals.catalogue().keySet())
        .ifPresent(
            meant -> {
              throw new SettingsException(
                  "temperature.levels."
                      + signal
                      + ": signals.catalogue has no such signal. Did you mean "
                      + meant
                      + "? If events have that very name, say in signals.map which signal they are.");
            });
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
          Arrays.stream(DayOfWeek.values()).map(Enum::name).toList());
      days.add(DayOfWeek.valueOf(day));
    }
    return new RunSettings(
        Zones.named(all, "run.zone"),
        all.getInt("run.business_hours.from"),
        all.getInt("run.business_hours.to"),
        days);
  }

  private Optional<String> text(String key) {
    return all.hasPath(key) ? Optional.of(all.getString(key)) : Optional.empty();
  }

  private int days(String key) {
    return Days.whole(all, key, "");
  }

  private OptionalDouble automatic(String key) {
    return all.getString(key).equals("auto")
        ? OptionalDouble.empty()
        : OptionalDouble.of(all.getDouble(key));
  }
}
