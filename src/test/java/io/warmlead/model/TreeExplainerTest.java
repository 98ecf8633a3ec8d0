package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeExplainerTest {
  private static final int FEATURES = 5;

  @Test
  void contributionsAreTheShapleyValuesOfPathDependentExpectations() {
    RandomTrees trees = new RandomTrees(1, FEATURES);
    Random random = new Random(2);
    for (int trial = 0; trial < 200; trial++) {
      Tree tree = trees.tree(1 + trial % 5);
      double[] row = row(random);
      double[] contributions = new double[FEATURES];
      TreeExplainer explainer = TreeExplainer.of(List.of(tree));
      double margin = explainer.explain(row, contributions);
      assertThat(explainer.base()).isCloseTo(expectation(tree, 0, row, 0), within(1e-12));
      assertThat(margin).isCloseTo(expectation(tree, 0, row, ~0), within(1e-12));
      for (int feature = 0; feature < FEATURES; feature++) {
        assertThat(contributions[feature]).isCloseTo(bruteForce(tree, row, feature), within(1e-12));
      }
    }
  }

  @Test
  void contributionsOfAForestAddUpToItsMargin() {
    Explainer explainer = TreeExplainer.of(new RandomTrees(3, FEATURES).forest(80, 4).trees());
    Random random = new Random(4);
    for (int trial = 0; trial < 500; trial++) {
      double[] row = row(random);
      double[] contributions = new double[FEATURES];
      double margin = explainer.explain(row, contributions);
      double sum = explainer.base();
      for (double contribution : contributions) {
        sum += contribution;
      }
      assertThat(sum).isCloseTo(margin, within(1e-10));
      assertThat(explainer.margin(row)).isEqualTo(margin);
    }
  }

  @Test
  void treesTooDeepForTheTablesAreRefused() {
    int nodes = 15;
    List<Integer> feature = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    List<Integer> right = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      boolean isInner = node % 2 == 0 && node < nodes - 1;
      feature.add(isInner ? 0 : -1);
      left.add(isInner ? node + 1 : 0);
      right.add(isInner ? node + 2 : 0);
    }
    List<Double> numbers = Collections.nCopies(nodes, 1.0);
    Tree chain = new Tree(feature, numbers, left, right, numbers, numbers);
    assertThatThrownBy(() -> TreeExplainer.of(List.of(chain)))
        .hasMessageContaining("deeper than 6");
  }

  private static double[] row(Random random) {
    return random.doubles(FEATURES, -1, 6).map(Math::rint).toArray();
  }

  /** Definition: weighted mean gain over all coalitions of the other features. */
  private static double bruteForce(Tree tree, double[] row, int feature) {
    double sum = 0;
    for (int known = 0; known < 1 << FEATURES; known++) {
      if ((known >> feature & 1) == 0) {
        int size = Integer.bitCount(known);
        double weight = factorial(size) * factorial(FEATURES - size - 1) / factorial(FEATURES);
        sum +=
            weight
                * (expectation(tree, 0, row, known | 1 << feature)
                    - expectation(tree, 0, row, known));
      }
    }
    return sum;
  }

  /** Lundberg et al. 2018, algorithm 1: unknown features send a row both ways, by cover. */
  private static double expectation(Tree tree, int node, double[] row, int known) {
    if (tree.isLeaf(node)) {
      return tree.value().get(node);
    }
    int left = tree.left().get(node);
    int right = tree.right().get(node);
    int feature = tree.feature().get(node);
    if ((known >> feature & 1) == 1) {
      int child = row[feature] <= tree.threshold().get(node) ? left : right;
      return expectation(tree, child, row, known);
    }
    double cover = tree.cover().get(node);
    return tree.cover().get(left) / cover * expectation(tree, left, row, known)
        + tree.cover().get(right) / cover * expectation(tree, right, row, known);
  }

  private static double factorial(int n) {
    return n <= 1 ? 1 : n * factorial(n - 1);
  }
}
