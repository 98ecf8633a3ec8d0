package io.warmlead.feature;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which features there are. Chosen at training from what the data hold, stored with the model, and
 * used unchanged for scoring.
 *
 * @param signals signals with features of their own, most used first
 * @param families families with features of their own
 * @param channels channels with features of their own
 * @param numbers attributes that are numbers
 * @param levels attributes that are categories, with the levels that are frequent enough; others
 *     are pooled as {@code other}, absent ones are {@code missing}
 * @param hasValues whether engagements carry amounts
 * @param excludedSignals signals that no feature counts, sorted
 */
public record FeaturePlan(
    List<String> signals,
    List<String> families,
    List<String> channels,
    List<String> numbers,
    Map<String, List<String>> levels,
    boolean hasValues,
    List<String> excludedSignals) {

  public FeaturePlan {
    signals = List.copyOf(signals);
    families = List.copyOf(families);
    channels = List.copyOf(channels);
    numbers = List.copyOf(numbers);
    // Sorted, because the order of features follows from it.
    levels = Collections.unmodifiableMap(new TreeMap<>(levels));
    // Plans that were stored before signals could be excluded exclude none.
    excludedSignals =
        excludedSignals == null ? List.of() : List.copyOf(new TreeSet<>(excludedSignals));
  }

  /**
   * The same plan without some columns. Attributes have no features then; engagements of signals
   * count nowhere: not among the signals, nor in totals, families, channels, recency or amounts.
   */
  public FeaturePlan without(Set<PlanColumn> columns) {
    Map<String, List<String>> keptLevels = new TreeMap<>(levels);
    keptLevels.keySet().removeIf(name -> columns.contains(PlanColumn.attribute(name)));
    Set<String> excluded = new TreeSet<>(excludedSignals);
    columns.stream()
        .filter(column -> !column.isAttribute())
        .forEach(column -> excluded.add(column.name()));
    return new FeaturePlan(
        signals.stream().filter(name -> !excluded.contains(name)).toList(),
        families,
        channels,
        numbers.stream().filter(name -> !columns.contains(PlanColumn.attribute(name))).toList(),
        keptLevels,
        hasValues,
        List.copyOf(excluded));
  }
}
