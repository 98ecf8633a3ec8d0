package io.warmlead.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a model comes from.
 *
 * @param trainedAsOf nothing at or after this instant was known
 * @param windowFrom first snapshot learned from
 * @param windowTo last snapshot learned from
 * @param horizon how long after a snapshot a conversion counts
 * @param snapshots rows learned from
 * @param convertingLeads leads among them that converted within a horizon
 * @param otherLeads leads among them with a snapshot that no conversion followed
 * @param tuning what was chosen by validation, for example {@code trees = 60}
 * @param arrivals share of the conversions within the horizon that come within 1, 2, … days
 * @param notes what a reader of the model card must know, in words
 */
public record TrainingRecord(
    Instant trainedAsOf,
    Instant windowFrom,
    Instant windowTo,
    Duration horizon,
    long snapshots,
    long convertingLeads,
    long otherLeads,
    String tuning,
    List<Double> arrivals,
    List<String> notes) {

  public TrainingRecord {
    Objects.requireNonNull(trainedAsOf, "trainedAsOf");
    Objects.requireNonNull(tuning, "tuning");
    Require.that(!windowFrom.isAfter(windowTo), "the training window ends before it begins");
    Require.that(
        !horizon.isNegative() && !horizon.isZero(), "the horizon must be positive: " + horizon);
    Require.that(
        snapshots > 0 && convertingLeads > 0 && otherLeads > 0,
        "a model was trained on no rows, or on one outcome only");
    Require.that(
        !arrivals.isEmpty() && arrivals.stream().allMatch(share -> share >= 0 && share <= 1),
        "arrivals must be shares from 0 to 1, one per day of the horizon");
    arrivals = List.copyOf(arrivals);
    notes = List.copyOf(notes);
  }

  /** Share of the conversions within the horizon that come within some days, linear in between. */
  double shareWithin(double days) {
    if (days <= 0) {
      return 0;
    }
    if (days >= arrivals.size()) {
      return 1;
    }
    int whole = (int) days;
    double before = whole == 0 ? 0 : arrivals.get(whole - 1);
    return before + (days - whole) * (arrivals.get(whole) - before);
  }

  /** The same record with further notes. */
  TrainingRecord withNotes(List<String> further) {
    return new TrainingRecord(
        trainedAsOf,
        windowFrom,
        windowTo,
        horizon,
        snapshots,
        convertingLeads,
        otherLeads,
        tuning,
        arrivals,
        Stream.concat(notes.stream(), further.stream()).toList());
  }
}
