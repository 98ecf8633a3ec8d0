package io.warmlead.model;

import io.warmlead.feature.Feature;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Turns the contributions of one row into its reasons. Groups are numbered in order of name. */
final class ReasonTexts implements Serializable {
  private static final String PLACE_OF_VALUE = "{}";

  private final int top;
  private final String[] groups;
  private final int[] groupOf;
  private final String[] phrases;

  ReasonTexts(List<Feature> features, int top) {
    this.top = top;
    groups = features.stream().map(Feature::group).distinct().sorted().toArray(String[]::new);
    groupOf =
        features.stream()
            .mapToInt(feature -> Arrays.binarySearch(groups, feature.group()))
            .toArray();
    phrases = features.stream().map(Feature::phrase).toArray(String[]::new);
  }

  Row[] of(double[] numbers, RowScorer.Explanation parts) {
    double[] sums = new double[groups.length];
    int[] leading = leadingFeatures(parts.contributions, sums);
    List<Row> reasons = new ArrayList<>(top + 3);
    reasons.add(RowFactory.create("base", null, parts.base, "where every lead starts"));
    for (int named = 0; named < top; named++) {
      int group = largest(sums);
      if (sums[group] == 0) {
        break;
      }
      int feature = leading[group];
      String value = readable(numbers[feature]);
      String text = said(feature, numbers[feature], value) + effect(sums[group]);
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

  /** Per group the feature with the largest contribution; fills the groups' sums on the way. */
  private int[] leadingFeatures(double[] contributions, double[] sums) {
    int[] leading = new int[groups.length];
    Arrays.fill(leading, -1);
    for (int feature = 0; feature < contributions.length; feature++) {
      int group = groupOf[feature];
      sums[group] += contributions[feature];
      int best = leading[group];
      if (best < 0 || Math.abs(contributions[feature]) > Math.abs(contributions[best])) {
        leading[group] = feature;
      }
    }
    return leading;
  }

  /** First group of the largest size; groups are in order of name, which settles ties. */
  private static int largest(double[] sums) {
    int largest = 0;
    for (int group = 1; group < sums.length; group++) {
      if (Math.abs(sums[group]) > Math.abs(sums[largest])) {
        largest = group;
      }
    }
    return largest;
  }

  /** A phrase without a place for the value states a fact, which does not hold where it is 0. */
  private String said(int feature, double number, String value) {
    String phrase = phrases[feature];
    if (phrase.contains(PLACE_OF_VALUE)) {
      return phrase.replace(PLACE_OF_VALUE, value);
    }
    return number == 0 ? "not: " + phrase : phrase;
  }

  private static String effect(double contribution) {
    if (contribution == 0) {
      return ": no effect";
    }
    return contribution > 0 ? ": raises" : ": lowers";
  }

  /** Whole numbers without decimals, others with two at most. */
  static String readable(double number) {
    if (Math.rint(number) == number && Math.abs(number) < 1e15) {
      return Long.toString((long) number);
    }
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
