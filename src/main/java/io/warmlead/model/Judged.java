package io.warmlead.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Probabilities beside what then happened, lowest first.
 *
 * @param probability of what was observed, rising
 * @param converted what happened
 * @param lead hash of the lead
 * @param segment segment of the lead
 * @param asOf date of the snapshot, microseconds
 */
// Rows by the hundred thousand: plain arrays, never compared, never handed out of the room.
@SuppressWarnings("ArrayRecordComponent")
record Judged(
    double[] probability, boolean[] converted, long[] lead, String[] segment, long[] asOf) {

  /**
   * Sorts; rows of equal probability are in order of lead, so that the order is always the same.
   */
  static Judged of(
      double[] probability, boolean[] converted, long[] lead, String[] segment, long[] asOf) {
    Judged rows = new Judged(probability, converted, lead, segment, asOf);
    Integer[] order = IntStream.range(0, probability.length).boxed().toArray(Integer[]::new);
    Arrays.sort(
        order,
        Comparator.<Integer>comparingDouble(row -> probability[row])
            .thenComparingLong(row -> lead[row])
            .thenComparing(row -> converted[row]));
    Judged sorted = empty(order.length);
    for (int i = 0; i < order.length; i++) {
      sorted.set(i, rows, order[i]);
    }
    return sorted;
  }

  /** All rows of several cuts in one. */
  static Judged together(List<Judged> parts) {
    int n = parts.stream().mapToInt(Judged::size).sum();
    Judged all = empty(n);
    int at = 0;
    for (Judged part : parts) {
      System.arraycopy(part.probability, 0, all.probability, at, part.size());
      System.arraycopy(part.converted, 0, all.converted, at, part.size());
      System.arraycopy(part.lead, 0, all.lead, at, part.size());
      System.arraycopy(part.segment, 0, all.segment, at, part.size());
      System.arraycopy(part.asOf, 0, all.asOf, at, part.size());
      at += part.size();
    }
    return of(all.probability, all.converted, all.lead, all.segment, all.asOf);
  }

  private static Judged empty(int n) {
    return new Judged(new double[n], new boolean[n], new long[n], new String[n], new long[n]);
  }

  private void set(int i, Judged rows, int from) {
    probability[i] = rows.probability[from];
    converted[i] = rows.converted[from];
    lead[i] = rows.lead[from];
    segment[i] = rows.segment[from];
    asOf[i] = rows.asOf[from];
  }

  int size() {
    return probability.length;
  }

  long conversions() {
    return IntStream.range(0, size()).filter(row -> converted[row]).count();
  }

  /** Distinct leads by outcome; a lead may have had both. */
  History.Leads leads() {
    TreeSet<Long> converting = new TreeSet<>();
    TreeSet<Long> other = new TreeSet<>();
    for (int row = 0; row < size(); row++) {
      (converted[row] ? converting : other).add(lead[row]);
    }
    return new History.Leads(converting.size(), other.size());
  }

  /** Segments, sorted. */
  List<String> segments() {
    return List.copyOf(new TreeSet<>(Arrays.asList(segment)));
  }

  /** The rows of a segment. */
  Judged within(String name) {
    return where(row -> segment[row].equals(name));
  }

  private Judged where(IntPredicate condition) {
    List<Integer> kept = new ArrayList<>();
    IntStream.range(0, size()).filter(condition).forEach(kept::add);
    Judged part = empty(kept.size());
    for (int i = 0; i < part.size(); i++) {
      part.set(i, this, kept.get(i));
    }
    return part;
  }
}
