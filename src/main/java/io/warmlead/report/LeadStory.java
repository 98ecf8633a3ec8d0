package io.warmlead.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * All that is told of one lead; every list is short, whatever the lead has done, and in the order
 * of time.
 *
 * @param leadId the lead
 * @param lead its attributes as they stand; empty where only its engagements are known so far
 * @param outcomes the newest of what became of it
 * @param engagements how many are stored, all told
 * @param timeline the newest of them, equal ones of a day as one
 * @param scores the newest published scores
 * @param newest more of the newest of these; empty where the lead was never scored
 * @param change what the newest score owes its change to; empty for a first score, and without a
 *     model
 * @param moves the newest changes of the tier
 * @param newestNight date of the newest published night of all leads
 * @param place where the tables are
 */
public record LeadStory(
    String leadId,
    Optional<Attributes> lead,
    List<Outcome> outcomes,
    long engagements,
    List<Touch> timeline,
    List<Score> scores,
    Optional<Newest> newest,
    Optional<Change> change,
    List<Move> moves,
    Optional<LocalDate> newestNight,
    String place) {

  public LeadStory {
    outcomes = List.copyOf(outcomes);
    timeline = List.copyOf(timeline);
    scores = List.copyOf(scores);
    moves = List.copyOf(moves);
  }

  /** Who the lead is. */
  public record Attributes(
      Instant createdAt,
      Optional<String> segment,
      Optional<String> source,
      Optional<String> owner,
      Optional<String> accountId,
      Optional<String> country) {}

  /** What became of the lead. */
  public record Outcome(String outcome, Instant occurredAt, boolean isConversion, boolean closes) {}

  /**
   * Equal engagements of one day.
   *
   * @param direction inbound, outbound, negative or unknown
   * @param times how many
   * @param lastAt when the last of them happened
   * @param knownAt when the last of them was known: scores as of then or earlier know less
   */
  public record Touch(
      String signal,
      String channel,
      String direction,
      Optional<String> asset,
      long times,
      Instant lastAt,
      Instant knownAt) {}

  /**
   * One night's score.
   *
   * @param probability 0 to 1; empty where behaviour rules alone scored, as is temperature
   */
  public record Score(
      LocalDate scoreDate,
      Optional<Double> probability,
      Optional<Double> temperature,
      String tier,
      String trend) {}

  /**
   * The rest of the newest score.
   *
   * @param horizonDays the probability is one of a conversion within so many days
   * @param reasons on the log-odds scale, as stored: base first, all the others after it
   * @param probabilityAtRisk what 7 more silent days would cost, 0 to 1
   */
  public record Newest(
      Instant scoredAsOf,
      String tierReason,
      LocalDate tierSince,
      boolean isRewarmed,
      Optional<String> handoffStage,
      String funnelStage,
      Optional<String> modelVersion,
      Optional<Double> horizonDays,
      List<Reason> reasons,
      Optional<Integer> daysToCold,
      Optional<Double> probabilityAtRisk,
      Optional<String> nextAction,
      Optional<String> nextActionAsset,
      Optional<String> nextStepAsset,
      Optional<String> preferredChannel,
      Optional<LocalDate> suppressUntil,
      Optional<LocalDate> nurtureUntil) {

    public Newest {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * One part of a score.
   *
   * @param value of the feature; empty for parts that are no feature
   */
  public record Reason(String feature, Optional<String> value, double contribution, String text) {}

  /** The parts of a change of probability; they add up to delta. */
  public record Change(
      LocalDate previousScoreDate,
      double delta,
      double byCorrections,
      double byDecay,
      double byAttributes,
      double byNewEvents,
      double byModel) {}

  /** A change of the tier. */
  public record Move(
      LocalDate scoreDate,
      String kind,
      Optional<String> fromTier,
      Optional<String> toTier,
      Optional<String> triggerSignal,
      Optional<Instant> triggerAt,
      Optional<Integer> dwellDays) {}

  /** The newest score, where there is one. */
  Optional<Score> score() {
    return scores.isEmpty() ? Optional.empty() : Optional.of(scores.get(scores.size() - 1));
  }

  /** The outcome that closed the lead, where it is scored no more. */
  Optional<Outcome> closedBy() {
    return outcomes.isEmpty()
            || !outcomes.get(outcomes.size() - 1).closes()
            || isScoredInNewestNight()
        ? Optional.empty()
        : Optional.of(outcomes.get(outcomes.size() - 1));
  }

  /** Whether the newest published night knows the lead as open. */
  boolean isScoredInNewestNight() {
    return score().isPresent() && score().map(Score::scoreDate).equals(newestNight);
  }
}
