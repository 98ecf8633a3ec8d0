package io.warmlead.feature;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
 */
public record FeaturePlan(
    List<String> signals,
    List<String> families,
    List<String> channels,
    List<String> numbers,
    Map<String, List<String>> levels,
    boolean hasValues) {

  public FeaturePlan {
    signals = List.copyOf(signals);
    families = List.copyOf(families);
    channels = List.copyOf(channels);
    numbers = List.copyOf(numbers);
    // Sorted, because the order of features follows from it.
    levels = java.util.Collections.unmodifiableMap(new TreeMap<>(levels));
  }
}
