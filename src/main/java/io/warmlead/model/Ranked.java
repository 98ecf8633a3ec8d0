package io.warmlead.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Rows in the order in which they stood among the rows of their own date, lowest first: what counts
 * on a night is who stands above whom that night. Rows of different dates are not compared by their
 * probabilities: where the horizon of the younger dates is still running, older dates have more of
 * their conversions behind them, and so has whatever grew or faded with the date. To know the date
 * alone ranks no lead.
 *
 * @param rank share of the rows of its date that have a lower probability, half of the tied ones
 *     counted, rising
 * @param row position among the judged rows
 */
// Rows by the hundred thousand: plain arrays, never compared, never handed out of the room.
@SuppressWarnings("ArrayRecordComponent")
record Ranked(double[] rank, int[] row) {

  /** Ranks; rows of equal rank are in order of lead and date. */
  static Ranked of(Judged rows) {
    double[] ranks = new double[rows.size()];
    int[] byDate = sorted(rows, Comparator.comparingLong(row -> rows.asOf()[row]));
    for (int from = 0; from < byDate.length; ) {
      int to = from;
      while (to < byDate.length && rows.asOf()[byDate[to]] == rows.asOf()[byDate[from]]) {
        to++;
      }
      rankOneDate(rows, Arrays.copyOfRange(byDate, from, to), ranks);
      from = to;
    }
    int[] order =
        sorted(
            rows,
            Comparator.<Integer>comparingDouble(row -> ranks[row])
                .thenComparingLong(row -> rows.lead()[row])
                .thenComparingLong(row -> rows.asOf()[row]));
    return new Ranked(Arrays.stream(order).mapToDouble(row -> ranks[row]).toArray(), order);
  }

  /** Stable: rows that compare as equal stay in order of probability. */
  private static int[] sorted(Judged rows, Comparator<Integer> order) {
    return IntStream.range(0, rows.size()).boxed().sorted(order).mapToInt(row -> row).toArray();
  }

  private static void rankOneDate(Judged rows, int[] rising, double[] ranks) {
    for (int from = 0; from < rising.length; ) {
      double probability = rows.probability()[rising[from]];
      int to = from;
      while (to < rising.length && rows.probability()[rising[to]] == probability) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[rising[i]] = (from + to) / 2D / rising.length;
      }
      from = to;
    }
  }
}
