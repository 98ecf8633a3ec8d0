package io.warmlead.model;

import io.warmlead.feature.Feature;
import io.warmlead.feature.Phrase;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Turns the contributions of one row into its reasons. Groups are numbered in order of name. */
final class ReasonTexts implements Serializable {
  private final int top;
  private final String[] groups;
  private final boolean[] isUnnamed;
  private final int[] groupOf;
  private final Phrase[] phrases;
  private final boolean[] isIndicator;

  ReasonTexts(List<Feature> features, int top, Set<String> unnamed) {
    this.top = top;
    groups = features.stream().map(Feature::group).distinct().sorted().toArray(String[]::new);
    isUnnamed = new boolean[groups.length];
    for (int group = 0; group < groups.length; group++) {
      isUnnamed[group] = unnamed.contains(groups[group]);
    }
    groupOf =
        features.stream()
            .mapToInt(feature -> Arrays.binarySearch(groups, feature.group()))
            .toArray();
    phrases = features.stream().map(Feature::phrase).toArray(Phrase[]::new);
    isIndicator = new boolean[phrases.length];
    for (int feature = 0; feature < phrases.length; feature++) {
      isIndicator[feature] = features.get(feature).scale() == Feature.Scale.LINEAR;
    }
  }

  Row[] of(double[] numbers, RowScorer.Explanation parts) {
    double[] sums = new double[groups.length];
    for (int feature = 0; feature < parts.contributions.length; feature++) {
      sums[groupOf[feature]] += parts.contributions[feature];
    }
    int[] telling = tellingFeatures(numbers, parts.contributions, sums);
    List<Row> reasons = new ArrayList<>(top + 3);
    reasons.add(RowFactory.create("base", null, parts.base, "where every lead starts"));
    for (int named = 0; named < top; named++) {
      int group = largest(sums);
      if (group < 0) {
        break;
      }
      int feature = telling[group];
      String value = Phrase.readable(numbers[feature]);
      String text = phrases[feature].say(numbers[feature]) + effect(sums[group]);
      reasons.add(RowFactory.create(groups[group], value, sums[group], text));
      sums[group] = 0;
    }
    double rest = Arrays.stream(sums).sum();
    reasons.add(
        RowFactory.create(
            "everything_else", null, rest, "all other reasons together" + effect(rest)));
    reasons.add(
        RowFactory.create(
            "calibration",
            null,
            parts.calibration,
            "calibration to observed conversion rates" + effect(parts.calibration)));
    return reasons.toArray(Row[]::new);
  }

  /**
   * Per group the feature that its reason tells: one that points the same way as the group does, a
   * fact rather than a weight, a level that the lead has rather than one it has not, and then the
   * largest contribution.
   */
  private int[] tellingFeatures(double[] numbers, double[] contributions, double[] sums) {
    int[] telling = new int[groups.length];
    double[] best = new double[groups.length];
    Arrays.fill(best, -1);
    for (int feature = 0; feature < contributions.length; feature++) {
      int group = groupOf[feature];
      double size = Math.abs(contributions[feature]);
      boolean agrees = contributions[feature] * sums[group] > 0;
      boolean isAbsentLevel = isIndicator[feature] && phrases[feature].isAbsent(numbers[feature]);
      // Ranks above 1 for every rank gained; sizes are squeezed below 1 and keep their order.
      double rank =
          (agrees ? 4 : 0)
              + (phrases[feature].statesFact() ? 2 : 0)
              + (isAbsentLevel ? 0 : 1)
              + size / (1 + size);
      if (rank > best[group]) {
        best[group] = rank;
        telling[group] = feature;
      }
    }
    return telling;
  }

  /**
   * First group of the largest size that may be named, negative where none has any effect; groups
   * are in order of name, which settles ties.
   */
  private int largest(double[] sums) {
    int largest = -1;
    double size = 0;
    for (int group = 0; group < sums.length; group++) {
      if (!isUnnamed[group] && Math.abs(sums[group]) > size) {
        largest = group;
        size = Math.abs(sums[group]);
      }
    }
    return largest;
  }

  private static String effect(double contribution) {
    if (contribution == 0) {
      return ": no effect";
    }
    return contribution > 0 ? ": raises" : ": lowers";
  }
}
