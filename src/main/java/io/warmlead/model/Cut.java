package io.warmlead.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One rehearsal of the past: a model is learned from what was decided before an instant, exactly as
 * it would have been then, and judged on the dates from that instant on. Between the two lies a gap
 * of one horizon, because younger outcomes were not known.
 *
 * @param train dates whose horizon had passed at the cut, rising
 * @param test dates from the cut on, up to the next cut, rising
 */
record Cut(List<Instant> train, List<Instant> test) {
  /** Blocks that the later dates are divided into. */
  static final int MOST = 3;

  /** Share of the dates that are judged rather than only learned from. */
  private static final double LATER_SHARE = 0.4;

  Cut {
    Require.that(!train.isEmpty() && !test.isEmpty(), "a cut has no dates before or after it");
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /** The instant at which the model would have been learned. */
  Instant at() {
    return test.get(0);
  }

  /**
   * The cuts of a history, oldest first: the newest 40 % of the dates whose horizon has passed, in
   * up to three blocks. Where the outcomes are too young for that, the dates whose horizon is still
   * running are judged too, by what is known of them so far. Empty where even that is too little.
   *
   * @param fewest conversions and non-conversions that must stand before a cut, and after all
   */
  static List<Cut> of(History history, Duration horizon, Instant asOf, long fewest) {
    List<Instant> decided = history.decidedBy(asOf, horizon).dates();
    int later = (int) Math.max(1, Math.round(LATER_SHARE * decided.size()));
    List<Instant> judged = decided.subList(Math.max(0, decided.size() - later), decided.size());
    List<Cut> cuts = cuts(history, decided, judged, horizon, fewest);
    if (isEnough(history, cuts, fewest)) {
      return cuts;
    }
    List<Instant> all = history.dates();
    int younger = all.size() - decided.size();
    judged = all.subList(Math.max(0, all.size() - younger - later), all.size());
    cuts = cuts(history, decided, judged, horizon, fewest);
    return isEnough(history, cuts, fewest) ? cuts : List.of();
  }

  /**
   * One more cut where the dates that the others judge end: the younger dates, from an instant on,
   * judged by what is known of them so far. Empty where there are none, or too little to learn from
   * before them.
   */
  static Optional<Cut> younger(
      List<Cut> cuts, History history, Duration horizon, Instant from, long fewest) {
    List<Instant> judged = cuts.get(cuts.size() - 1).test();
    Instant newest = judged.get(judged.size() - 1);
    List<Instant> test =
        history.dates().stream()
            .filter(date -> date.isAfter(newest) && !date.isBefore(from))
            .toList();
    if (test.isEmpty()) {
      return Optional.empty();
    }
    List<Instant> train =
        history.dates().stream().filter(date -> !date.plus(horizon).isAfter(test.get(0))).toList();
    return history.within(train).hasBoth(fewest)
        ? Optional.of(new Cut(train, test))
        : Optional.empty();
  }

  private static List<Cut> cuts(
      History history, List<Instant> decided, List<Instant> judged, Duration horizon, long fewest) {
    List<Cut> cuts = new ArrayList<>();
    int blocks = Math.min(MOST, judged.size());
    for (int block = 0; block < blocks; block++) {
      List<Instant> test =
          judged.subList(block * judged.size() / blocks, (block + 1) * judged.size() / blocks);
      List<Instant> train =
          decided.stream().filter(date -> !date.plus(horizon).isAfter(test.get(0))).toList();
      if (history.within(train).hasBoth(fewest)) {
        cuts.add(new Cut(train, test));
      }
    }
    return cuts;
  }

  private static boolean isEnough(History history, List<Cut> cuts, long fewest) {
    return history
        .within(cuts.stream().flatMap(cut -> cut.test().stream()).toList())
        .hasBoth(fewest);
  }
}
