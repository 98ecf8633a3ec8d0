package io.warmlead.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One way to score: some of the members that every cut learns, averaged.
 *
 * @param family name as settings and tables write it
 * @param offsets of segments, log-odds
 * @param members positions among the members
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the room
record Contender(String family, Map<String, Double> offsets, int... members) {

  Contender(String family, int... members) {
    this(family, Map.of(), members);
  }

  /** The same with offsets for some segments. */
  Contender with(Map<String, Double> others) {
    return new Contender(family, others, members);
  }

  /** Mean margin of every row. */
  double[] margins(Predictions rows) {
    double[] all = new double[rows.size()];
    for (int row = 0; row < all.length; row++) {
      double sum = 0;
      for (int member : members) {
        sum += rows.margins()[row][member];
      }
      all[row] = sum / members.length + offsets.getOrDefault(rows.segment()[row], 0D);
    }
    return all;
  }

  /** The same of what was learned. */
  Predictor of(List<Predictor> learned) {
    List<Predictor> chosen = Arrays.stream(members).mapToObj(learned::get).toList();
    Predictor everyone = chosen.size() == 1 ? chosen.get(0) : new AveragePredictor(chosen);
    return offsets.isEmpty()
        ? everyone
        : new SegmentPredictor(
            everyone,
            offsets.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        entry -> SegmentOffsets.feature(entry.getKey()), Map.Entry::getValue)));
  }
}
