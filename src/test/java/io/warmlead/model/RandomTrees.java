package io.warmlead.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small trees grown at random, for comparing formulas with brute force. */
final class RandomTrees {
  private final Random random;
  private final int features;
  private List<Integer> feature;
  private List<Double> threshold;
  private List<Integer> left;
  private List<Integer> right;
  private List<Double> value;
  private List<Double> cover;

  RandomTrees(long seed, int features) {
    this.random = new Random(seed);
    this.features = features;
  }

  TreePredictor forest(int trees, int depth) {
    List<Tree> grown = new ArrayList<>();
    for (int i = 0; i < trees; i++) {
      grown.add(tree(depth));
    }
    return new TreePredictor(grown);
  }

  Tree tree(int depth) {
    feature = new ArrayList<>();
    threshold = new ArrayList<>();
    left = new ArrayList<>();
    right = new ArrayList<>();
    value = new ArrayList<>();
    cover = new ArrayList<>();
    grow(depth, 1000);
    return new Tree(feature, threshold, left, right, value, cover);
  }

  private int grow(int depth, int rows) {
    int node = feature.size();
    boolean isLeaf = depth == 0 || rows < 2 || random.nextInt(6) == 0;
    feature.add(isLeaf ? -1 : random.nextInt(features));
    threshold.add(isLeaf ? 0 : (double) random.nextInt(5));
    value.add(isLeaf ? random.nextGaussian() : 0);
    cover.add((double) rows);
    left.add(0);
    right.add(0);
    if (!isLeaf) {
      int goLeft = 1 + random.nextInt(rows - 1);
      left.set(node, grow(depth - 1, goLeft));
      right.set(node, grow(depth - 1, rows - goLeft));
    }
    return node;
  }
}
