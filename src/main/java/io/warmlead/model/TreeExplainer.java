package io.warmlead.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Path-dependent TreeSHAP (Lundberg et al. 2018, "Consistent Individualized Feature Attribution for
 * Tree Ensembles") by leaves: the Shapley values of a forest are sums over leaves, and what a leaf
 * gives to the features on its path depends only on which of their conditions a row meets. With d
 * features on a path there are 2^d such cases, tabulated once (as in Yang 2021, "Fast TreeSHAP",
 * version 2); a row then costs one look-up per leaf: O(trees x leaves x depth) instead of the
 * depth-squared recursion, with the same values.
 *
 * <p>Danger: tables grow as 4^depth per tree, hence the limit on depth.
 */
final class TreeExplainer implements Explainer {
  private final double base;
  private final double[] leafValues;

  /** Conditions of leaf i stand at starts[i] up to, not including, starts[i + 1]. */
  private final int[] starts;

  private final int[] features;
  private final double[] above;
  private final double[] upTo;

  /** Per leaf and case: what each condition's feature contributes. */
  private final double[][] tables;

  private TreeExplainer(List<LeafPath> leaves) {
    int conditions = leaves.stream().mapToInt(leaf -> leaf.conditions().size()).sum();
    leafValues = new double[leaves.size()];
    starts = new int[leaves.size() + 1];
    features = new int[conditions];
    above = new double[conditions];
    upTo = new double[conditions];
    tables = new double[leaves.size()][];
    double expected = 0;
    int next = 0;
    for (int i = 0; i < leaves.size(); i++) {
      LeafPath leaf = leaves.get(i);
      leafValues[i] = leaf.value();
      tables[i] = leaf.contributions();
      expected += leaf.expectedValue();
      for (LeafPath.Condition condition : leaf.conditions()) {
        features[next] = condition.feature();
        above[next] = condition.above();
        upTo[next] = condition.upTo();
        next++;
      }
      starts[i + 1] = next;
    }
    base = expected;
  }

  static TreeExplainer of(List<Tree> trees) {
    List<LeafPath> leaves = new ArrayList<>();
    trees.forEach(tree -> leaves.addAll(LeafPath.of(tree)));
    return new TreeExplainer(leaves);
  }

  @Override
  public double base() {
    return base;
  }

  @Override
  public double margin(double[] row) {
    double margin = 0;
    for (int leaf = 0; leaf < leafValues.length; leaf++) {
      if (conditionsMet(leaf, row) == allMet(leaf)) {
        margin += leafValues[leaf];
      }
    }
    return margin;
  }

  @Override
  public double explain(double[] row, double[] contributions) {
    Arrays.fill(contributions, 0);
    double margin = 0;
    for (int leaf = 0; leaf < leafValues.length; leaf++) {
      int met = conditionsMet(leaf, row);
      if (met == allMet(leaf)) {
        margin += leafValues[leaf];
      }
      int from = starts[leaf];
      int count = starts[leaf + 1] - from;
      double[] table = tables[leaf];
      for (int i = 0, cell = met * count; i < count; i++, cell++) {
        contributions[features[from + i]] += table[cell];
      }
    }
    return margin;
  }

  /** Bit i is set where the row meets the leaf's i-th condition. */
  private int conditionsMet(int leaf, double[] row) {
    int met = 0;
    int from = starts[leaf];
    for (int at = from; at < starts[leaf + 1]; at++) {
      double value = row[features[at]];
      if (value > above[at] && value <= upTo[at]) {
        met |= 1 << (at - from);
      }
    }
    return met;
  }

  private int allMet(int leaf) {
    return (1 << (starts[leaf + 1] - starts[leaf])) - 1;
  }
}
