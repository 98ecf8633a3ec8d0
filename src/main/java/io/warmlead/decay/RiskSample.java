package io.warmlead.decay;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Leads that converted, each with leads that could have at the same instant, and what the touches
 * of each add up to at every half-life of {@link FadingGrid}; flat, since a fit goes through it
 * some thousand times.
 */
final class RiskSample {
  private final int kinds;
  private final int[] setStarts;
  private final int[] leadStarts;
  private final int[] kindOf;
  private final float[] sums;
  private final float[] slopes;

  private RiskSample(
      int kinds, int[] setStarts, int[] leadStarts, int[] kindOf, float[] sums, float[] slopes) {
    this.kinds = kinds;
    this.setStarts = setStarts;
    this.leadStarts = leadStarts;
    this.kindOf = kindOf;
    this.sums = sums;
    this.slopes = slopes;
  }

  /**
   * A lead at an instant.
   *
   * @param ages of its touches before the instant, days, by kind of touch
   */
  record Lead(Map<Integer, List<Double>> ages) {}

  /**
   * Gathers risk sets.
   *
   * @param kinds how many kinds of touches there are, numbered from 0
   * @param sets each with the lead that converted as its first
   */
  static RiskSample of(int kinds, List<List<Lead>> sets) {
    int leads = sets.stream().mapToInt(List::size).sum();
    int entries = sets.stream().flatMap(List::stream).mapToInt(lead -> lead.ages().size()).sum();
    int[] setStarts = new int[sets.size() + 1];
    int[] leadStarts = new int[leads + 1];
    int[] kindOf = new int[entries];
    float[] sums = new float[entries * FadingGrid.POINTS];
    float[] slopes = new float[entries * FadingGrid.POINTS];
    int lead = 0;
    int entry = 0;
    for (int set = 0; set < sets.size(); set++) {
      for (Lead each : sets.get(set)) {
        SortedMap<Integer, List<Double>> inOrder = new TreeMap<>(each.ages());
        for (Map.Entry<Integer, List<Double>> touches : inOrder.entrySet()) {
          kindOf[entry] = touches.getKey();
          int from = entry * FadingGrid.POINTS;
          touches.getValue().stream()
              .sorted()
              .forEach(age -> FadingGrid.add(age, sums, slopes, from));
          entry++;
        }
        leadStarts[++lead] = entry;
      }
      setStarts[set + 1] = lead;
    }
    return new RiskSample(kinds, setStarts, leadStarts, kindOf, sums, slopes);
  }

  int kinds() {
    return kinds;
  }

  int sets() {
    return setStarts.length - 1;
  }

  /** First lead of a set, the one that converted; of the set after the last: the end. */
  int firstLead(int set) {
    return setStarts[set];
  }

  /** First entry of a lead; of the lead after the last: the end. */
  int firstEntry(int lead) {
    return leadStarts[lead];
  }

  int kind(int entry) {
    return kindOf[entry];
  }

  double sum(int entry, FadingGrid.Place place) {
    return place.sum(sums, slopes, entry * FadingGrid.POINTS);
  }

  double slope(int entry, FadingGrid.Place place) {
    return place.slope(sums, slopes, entry * FadingGrid.POINTS);
  }
}
