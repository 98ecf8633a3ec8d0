package io.warmlead.model;

import io.warmlead.config.ModelSettings;
import io.warmlead.feature.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is learned side by side: linear models by penalty, then boosted trees by number.
 *
 * @param penalties of the linear models, none where the family is not wanted
 * @param trees numbers of trees, rising, none where the family is not wanted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the room
record Members(double[] penalties, int[] trees) {

  /** Every dial of the families that the settings want. */
  static Members all(ModelSettings settings) {
    return new Members(
        settings.families().contains(LinearPredictor.FAMILY)
            ? LogisticFamily.PENALTIES
            : new double[0],
        settings.families().contains(TreePredictor.FAMILY) ? BoostingFamily.TREES : new int[0]);
  }

  /** Learns them all, in order. */
  List<Predictor> learn(Dataset<Row> rows, List<Feature> features, long seed) {
    List<Predictor> learned = new ArrayList<>();
    if (penalties.length > 0) {
      learned.addAll(LogisticFamily.fit(rows, features, penalties));
    }
    if (trees.length > 0) {
      learned.addAll(BoostingFamily.fit(rows, seed, trees));
    }
    return learned;
  }

  /** Each member alone, in order. */
  List<Contender> alone() {
    return IntStream.range(0, penalties.length + trees.length)
        .mapToObj(
            member ->
                new Contender(
                    member < penalties.length ? LinearPredictor.FAMILY : TreePredictor.FAMILY,
                    member))
        .toList();
  }

  /** The dials in words. */
  String dials() {
    String linear =
        Arrays.stream(penalties)
            .mapToObj(penalty -> "penalty = " + penalty)
            .collect(Collectors.joining(", "));
    String boosted =
        Arrays.stream(trees)
            .mapToObj(count -> "trees = " + count)
            .collect(Collectors.joining(", "));
    return linear + (linear.isEmpty() || boosted.isEmpty() ? "" : ", ") + boosted;
  }
}
