package io.warmlead.model;

import io.warmlead.config.ModelSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** When not to publish a model. Every gate answers with the reason in words, or with nothing. */
final class Gates {
  /** Below this a part of the split says nothing about ranking or calibration. */
  private static final long FEWEST_OF_EACH_OUTCOME = 5;

  /** One-sided 1 %: a model of pure chance passes one time in a hundred. */
  private static final double BEYOND_NOISE = 2.326;

  private Gates() {}

  static Optional<String> minimumData(History history, ModelSettings settings) {
    long converting = history.leads().converting();
    long other = history.leads().other();
    if (converting < settings.minConversions()) {
      return Optional.of(
          "Too few conversions: "
              + counted(converting, "lead")
              + " converted within the horizon of a snapshot, at least "
              + settings.minConversions()
              + " are needed (model.min_conversions).");
    }
    if (other < settings.minNonConversions()) {
      return Optional.of(
          "Too few leads that did not convert: "
              + counted(other, "lead")
              + ", at least "
              + settings.minNonConversions()
              + " are needed (model.min_non_conversions).");
    }
    return Optional.empty();
  }

  static String historyTooShort(List<Instant> dates, Duration horizon) {
    Duration missing = Split.missing(dates, horizon);
    long days = Math.max(1, (missing.toSeconds() + 86_399) / 86_400);
    return "History is too short to test a model on later dates: "
        + counted(dates.size(), "snapshot date")
        + ", and none is older than the newest by the horizon of "
        + horizon.toDays()
        + " days. "
        + counted(days, "more day")
        + (days == 1 ? " is" : " are")
        + " needed.";
  }

  /** Each part must hold both outcomes, or nothing can be learned from it or measured on it. */
  static Optional<String> bothOutcomes(History history, Split split) {
    Map<String, List<Instant>> parts =
        Map.of("training", split.train(), "validation", split.tuning(), "test", split.test());
    for (String part : List.of("training", "validation", "test")) {
      History within = history.within(parts.get(part));
      long conversions = within.conversions();
      long others = within.rows() - conversions;
      if (Math.min(conversions, others) < FEWEST_OF_EACH_OUTCOME) {
        return Optional.of(
            "Too few of one outcome among the "
                + part
                + " dates ("
                + counted(parts.get(part).size(), "snapshot date")
                + "): "
                + conversions
                + " converting and "
                + others
                + " other snapshots, at least "
                + FEWEST_OF_EACH_OUTCOME
                + " of each are needed.");
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses scores that rank later leads no better than chance could.
   *
   * @param leads of the held-out dates: how much independent evidence there is
   */
  static Optional<String> evidence(double auc, History.Leads leads) {
    double noise = BEYOND_NOISE * Ranking.aucNoise(leads.converting(), Math.max(1, leads.other()));
    return auc > 0.5 + noise
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "No evidence: on later dates the best candidate ranks with AUC %.3f, which chance"
                    + " could reach with %d converting and %d other leads (up to %.3f).",
                auc,
                leads.converting(),
                leads.other(),
                0.5 + noise));
  }

  static String slopeNotPositive() {
    return "No evidence: on later dates leads with higher scores did not convert more often, so no"
        + " probability can be told from them.";
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
