package io.warmlead.model;

import java.util.List;

/**
 * One regression tree, its nodes in pre-order: node 0 is the root and children stand after their
 * parent. A row goes left where its feature is at most the threshold.
 *
 * @param feature index of the feature a node asks about, -1 for a leaf
 * @param threshold what it is compared with, 0 for a leaf
 * @param left index of the left child, 0 for a leaf
 * @param right index of the right child, 0 for a leaf
 * @param value what a leaf adds to the margin, log-odds; 0 for an inner node
 * @param cover training rows that passed through the node
 */
public record Tree(
    List<Integer> feature,
    List<Double> threshold,
    List<Integer> left,
    List<Integer> right,
    List<Double> value,
    List<Double> cover) {
  private static final int LEAF = -1;

  public Tree {
    feature = List.copyOf(feature);
    threshold = List.copyOf(threshold);
    left = List.copyOf(left);
    right = List.copyOf(right);
    value = List.copyOf(value);
    cover = List.copyOf(cover);
    int nodes = feature.size();
    for (List<?> column : List.of(threshold, left, right, value, cover)) {
      Require.that(column.size() == nodes, "a tree's lists differ in length");
    }
    Require.that(nodes > 0, "a tree has no nodes");
    Require.finite("threshold", threshold);
    Require.finite("value", value);
    Require.finite("cover", cover);
    // Children after parents, each with one parent: walking down always ends at a leaf.
    int[] parents = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      Require.that(feature.get(node) >= LEAF, "node " + node + " asks about no feature");
      Require.that(cover.get(node) > 0, "node " + node + " covers no rows");
      if (feature.get(node) == LEAF) {
        continue;
      }
      for (int child : new int[] {left.get(node), right.get(node)}) {
        Require.that(
            child > node && child < nodes, "node " + node + " has an impossible child " + child);
        parents[child]++;
      }
    }
    for (int node = 1; node < nodes; node++) {
      Require.that(parents[node] == 1, "node " + node + " has " + parents[node] + " parents");
    }
  }

  boolean isLeaf(int node) {
    return feature.get(node) == LEAF;
  }
}
