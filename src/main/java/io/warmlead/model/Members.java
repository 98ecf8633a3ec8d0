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

  /**
   * Every dial of the families that the settings want. Without many leads to learn from trees are
   * left out, unless they are all that is wanted.
   *
   * @param converting leads among those to learn from that converted
   */
  static Members worthTrying(ModelSettings settings, long converting) {
    List<String> wanted = settings.families();
    return new Members(
        wanted.contains(LinearPredictor.FAMILY) ? LogisticFamily.PENALTIES : new double[0],
        wanted.contains(TreePredictor.FAMILY) && !areTreesLeftOut(settings, converting)
            ? BoostingFamily.TREES
            : new int[0]);
  }

  /** What was wanted and is not worth trying, in words. */
  static List<String> leftOut(ModelSettings settings, long converting) {
    return areTreesLeftOut(settings, converting)
        ? List.of(
            "Boosted trees were not tried: "
                + converting
                + " leads to learn from had converted at the first cut, and it takes "
                + BoostingFamily.FEWEST_CONVERTING
                + ".")
        : List.of();
  }

  private static boolean areTreesLeftOut(ModelSettings settings, long converting) {
    return converting < BoostingFamily.FEWEST_CONVERTING
        && settings.families().containsAll(List.of(LinearPredictor.FAMILY, TreePredictor.FAMILY));
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
