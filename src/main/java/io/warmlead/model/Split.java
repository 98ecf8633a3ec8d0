package io.warmlead.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Snapshot dates cut by time: learn on the oldest, choose and calibrate on later ones, test on the
 * newest. Between parts lies a gap of one horizon: every label of an earlier part was decided
 * before the first snapshot of the later part, as it will be in production.
 *
 * @param train oldest dates, rising
 * @param validation empty where history is too short for three parts; the test dates then serve for
 *     choosing and calibrating too
 * @param test newest dates
 */
public record Split(List<Instant> train, List<Instant> validation, List<Instant> test) {
  private static final double LATER_SHARE = 0.2;

  /** Three parts only where this share of the dates is left to learn from. */
  private static final double LEAST_TRAIN_SHARE = 1 / 3.0;

  public Split {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /**
   * Cuts the dates; empty where not even one date is older than another by a horizon.
   *
   * @param dates distinct, rising
   */
  static Optional<Split> of(List<Instant> dates, Duration horizon) {
    List<Instant> test = newest(dates);
    List<Instant> known = decidedBefore(test, dates, horizon);
    List<Instant> validation = newest(known);
    List<Instant> train = decidedBefore(validation, known, horizon);
    if (!train.isEmpty() && train.size() >= LEAST_TRAIN_SHARE * dates.size()) {
      return Optional.of(new Split(train, validation, test));
    }
    if (known.isEmpty() && !dates.isEmpty()) {
      test = dates.subList(dates.size() - 1, dates.size());
      known = decidedBefore(test, dates, horizon);
    }
    return known.isEmpty() ? Optional.empty() : Optional.of(new Split(known, List.of(), test));
  }

  /** How much longer history must be before {@link #of} can cut it. */
  static Duration missing(List<Instant> dates, Duration horizon) {
    Duration covered =
        dates.isEmpty()
            ? Duration.ZERO
            : Duration.between(dates.get(0), dates.get(dates.size() - 1));
    Duration missing = horizon.minus(covered);
    return missing.isNegative() ? Duration.ZERO : missing;
  }

  boolean hasValidation() {
    return !validation.isEmpty();
  }

  /** Dates by which families and their dials are chosen. */
  List<Instant> tuning() {
    return hasValidation() ? validation : test;
  }

  /** Every date later than training, rising. */
  List<Instant> heldOut() {
    List<Instant> dates = new ArrayList<>(validation);
    dates.addAll(test);
    return dates;
  }

  private static List<Instant> newest(List<Instant> dates) {
    int count = (int) Math.max(1, Math.round(LATER_SHARE * dates.size()));
    return dates.subList(Math.max(0, dates.size() - count), dates.size());
  }

  private static List<Instant> decidedBefore(
      List<Instant> later, List<Instant> dates, Duration horizon) {
    return later.isEmpty()
        ? List.of()
        : dates.stream().filter(date -> !date.plus(horizon).isAfter(later.get(0))).toList();
  }
}
