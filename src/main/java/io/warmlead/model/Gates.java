package io.warmlead.model;

import io.warmlead.config.ModelSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When not to publish a model. Every gate answers with the reason in words, or with nothing. */
final class Gates {
  /** One-sided 1 %: a model of pure chance passes one time in a hundred. */
  private static final double BEYOND_NOISE = 2.326;

  private Gates() {}

  static Optional<String> minimumData(History history, ModelSettings settings) {
    long converting = history.leads().converting();
    long other = history.leads().other();
    Optional<String> few =
        tooFewConversions(converting, "converted within the horizon of a snapshot", settings);
    if (few.isPresent()) {
      return few;
    }
    if (other < settings.minNonConversions()) {
      return Optional.of(
          "Too few non-conversions: "
              + counted(other, "lead")
              + " had a snapshot that no conversion followed within the horizon, at least "
              + settings.minNonConversions()
              + " are needed (model.min_non_conversions).");
    }
    return Optional.empty();
  }

  static Optional<String> tooFewConversions(long leads, String how, ModelSettings settings) {
    return leads >= settings.minConversions()
        ? Optional.empty()
        : Optional.of(
            "Too few conversions: "
                + counted(leads, "lead")
                + " "
                + how
                + ", at least "
                + settings.minConversions()
                + " are needed (model.min_conversions).");
  }

  /** Why no cut could be made of the dates whose horizon has passed. */
  static String historyTooShort(History decided, Duration horizon) {
    List<Instant> dates = decided.dates();
    Duration covered =
        dates.isEmpty()
            ? Duration.ZERO
            : Duration.between(dates.get(0), dates.get(dates.size() - 1));
    Duration missing = horizon.minus(covered);
    if (missing.isNegative() || missing.isZero()) {
      return "Conversions are too young to test a model on later dates: of "
          + counted(decided.conversions(), "converting snapshot")
          + " too few are older than the others by the horizon of "
          + horizon.toDays()
          + " days. More history, or a shorter conversion.horizon, is needed.";
    }
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

  /**
   * Refuses scores that rank later leads no better than chance could. Validation counts as well: to
   * choose among a handful of dials cannot lift the AUC of chance beyond the noise allowed for.
   *
   * @param judged the dates after every cut
   */
  static Optional<String> evidence(Judged judged) {
    History.Leads leads = judged.leads();
    double auc = Measures.auc(judged).orElse(0.5);
    double noise =
        BEYOND_NOISE
            * Ranking.aucNoise(Math.max(1, leads.converting()), Math.max(1, leads.other()));
    return auc > 0.5 + noise
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "No evidence: on later dates the model ranks with AUC %.3f, which chance"
                    + " could reach with %d converting and %d other leads (up to %.3f).",
                auc,
                leads.converting(),
                leads.other(),
                0.5 + noise));
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
