package io.warmlead.model;

import java.util.Arrays;
import java.util.List;

/**
 * One way to score: some of the members that every cut learns, averaged.
 *
 * @param family name as settings and tables write it
 * @param members positions among the members
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the room
record Contender(String family, int... members) {

  /** Mean margin of every row. */
  double[] margins(Predictions rows) {
    return Arrays.stream(rows.margins())
        .mapToDouble(
            margins -> Arrays.stream(members).mapToDouble(m -> margins[m]).average().orElseThrow())
        .toArray();
  }

  /** The same of what was learned. */
  Predictor of(List<Predictor> learned) {
    List<Predictor> chosen = Arrays.stream(members).mapToObj(learned::get).toList();
    return chosen.size() == 1 ? chosen.get(0) : new AveragePredictor(chosen);
  }
}
