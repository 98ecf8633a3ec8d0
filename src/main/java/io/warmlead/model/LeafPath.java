package io.warmlead.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A leaf and what leads to it, one condition per feature on the path.
 *
 * @param value what the leaf adds to the margin, log-odds
 * @param conditions in order of first appearance from the root
 */
record LeafPath(double value, List<Condition> conditions) {
  private static final int DEEPEST = 6;

  /**
   * A row meets the condition where {@code above < x <= upTo}.
   *
   * @param share of rows that would go this way if the feature were unknown: the product, over the
   *     feature's splits on the path, of child cover / parent cover
   */
  record Condition(int feature, double above, double upTo, double share) {
    Condition and(Condition other) {
      return new Condition(
          feature, Math.max(above, other.above), Math.min(upTo, other.upTo), share * other.share);
    }
  }

  /** The leaves of a tree, left to right. */
  static List<LeafPath> of(Tree tree) {
    List<LeafPath> leaves = new ArrayList<>();
    descend(tree, 0, 0, new LinkedHashMap<>(), leaves);
    return leaves;
  }

  private static void descend(
      Tree tree, int node, int depth, Map<Integer, Condition> path, List<LeafPath> leaves) {
    Require.that(depth <= DEEPEST, "a tree is deeper than " + DEEPEST);
    if (tree.isLeaf(node)) {
      leaves.add(new LeafPath(tree.value().get(node), List.copyOf(path.values())));
      return;
    }
    int feature = tree.feature().get(node);
    double threshold = tree.threshold().get(node);
    int left = tree.left().get(node);
    int right = tree.right().get(node);
    double cover = tree.cover().get(node);
    Condition low =
        new Condition(feature, Double.NEGATIVE_INFINITY, threshold, tree.cover().get(left) / cover);
    Condition high =
        new Condition(
            feature, threshold, Double.POSITIVE_INFINITY, tree.cover().get(right) / cover);
    descend(tree, left, depth + 1, with(path, low), leaves);
    descend(tree, right, depth + 1, with(path, high), leaves);
  }

  private static Map<Integer, Condition> with(Map<Integer, Condition> path, Condition step) {
    Map<Integer, Condition> longer = new LinkedHashMap<>(path);
    longer.merge(step.feature(), step, Condition::and);
    return longer;
  }

  /** What the leaf adds when nothing is known about the row. */
  double expectedValue() {
    double expected = value;
    for (Condition condition : conditions) {
      expected *= condition.share();
    }
    return expected;
  }

  /**
   * Shapley values of the game "this leaf's value", for every case of conditions met: cell {@code
   * met * d + i} is what condition i's feature contributes.
   */
  double[] contributions() {
    int players = conditions.size();
    double[] table = new double[(1 << players) * players];
    for (int met = 0; met < 1 << players; met++) {
      for (int player = 0; player < players; player++) {
        table[met * players + player] = shapleyValue(met, player);
      }
    }
    return table;
  }

  /** Sum over coalitions S without the player: |S|! (d-|S|-1)! / d! x (v(S + player) - v(S)). */
  private double shapleyValue(int met, int player) {
    int players = conditions.size();
    double gain = factor(met, player) - conditions.get(player).share();
    double sum = 0;
    for (int coalition = 0; coalition < 1 << players; coalition++) {
      if ((coalition >> player & 1) == 1) {
        continue;
      }
      double product = weight(Integer.bitCount(coalition), players);
      for (int other = 0; other < players; other++) {
        if (other != player) {
          product *=
              (coalition >> other & 1) == 1 ? factor(met, other) : conditions.get(other).share();
        }
      }
      sum += product;
    }
    return value * gain * sum;
  }

  private static double factor(int met, int condition) {
    return met >> condition & 1;
  }

  private static double weight(int coalition, int players) {
    return factorial(coalition) * factorial(players - coalition - 1) / factorial(players);
  }

  private static double factorial(int n) {
    return n <= 1 ? 1 : n * factorial(n - 1);
  }
}
