package io.warmlead.pipeline;

import io.warmlead.config.Settings;
import io.warmlead.config.SignalSettings;
import io.warmlead.config.UserFailure;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.model.TrainingRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a model still means what it says under today's settings. What it reads would otherwise be
 * missing on every new lead, without anybody noticing.
 */
final class ModelFit {
  private ModelFit() {}

  /**
   * Checks.
   *
   * @throws UserFailure if it does not fit; says why
   */
  static void require(ModelStore.StoredModel stored, Settings settings) {
    Optional<String> misfit = misfit(stored, settings);
    if (misfit.isPresent()) {
      throw UserFailure.input(
          "Model "
              + misfit.get()
              + ". Train again with `warmlead train`, or set it back; nothing was changed.");
    }
  }

  /**
   * Why a model does not fit, beginning with its version: the horizon is another, or the settings
   * no longer let in what it reads. Empty where it fits.
   */
  static Optional<String> misfit(ModelStore.StoredModel stored, Settings settings) {
    String version = stored.model().version();
    TrainingRecord training = stored.model().training();
    Duration horizon = Duration.ofDays(settings.conversion().horizonDays());
    if (!training.horizon().equals(horizon)) {
      return Optional.of(
          version
              + " foresees conversions within "
              + training.horizon().toDays()
              + " days, and conversion.horizon is now "
              + horizon.toDays()
              + " days");
    }
    FeaturePlan plan = stored.plan();
    List<String> excluded =
        Stream.concat(plan.numbers().stream(), plan.levels().keySet().stream())
            .filter(settings.leads().exclude()::contains)
            .sorted()
            .toList();
    if (!excluded.isEmpty()) {
      return Optional.of(
          version
              + " reads "
              + String.join(", ", excluded)
              + ", which inputs.leads.exclude now leaves out");
    }
    List<String> unmade =
        plan.signals().stream().filter(signal -> !isMade(signal, settings.signals())).toList();
    if (!unmade.isEmpty()) {
      return Optional.of(
          version
              + " counts the signal "
              + String.join(", ", unmade)
              + ", which signals.map now gives another name or ignores");
    }
    return Optional.empty();
  }

  /**
   * A rule makes it, or events of its name that no rule renames. Events come to a signal of the
   * catalogue in any spelling, which a rule for one of them leaves alone.
   */
  private static boolean isMade(String signal, SignalSettings signals) {
    return signals.catalogue().containsKey(signal)
        || signals.rules().stream().anyMatch(rule -> rule.signal().equals(signal))
        || signals.rules().stream()
            .filter(rule -> rule.channel().isEmpty() && rule.direction().isEmpty())
            .noneMatch(
                rule ->
                    rule.isPattern()
                        ? Pattern.compile(rule.pattern()).matcher(signal).find()
                        : rule.event().equals(signal));
  }
}
