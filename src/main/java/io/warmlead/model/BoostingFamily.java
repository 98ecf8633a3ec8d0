package io.warmlead.model;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Gradient-boosted trees with logistic loss; the number of trees is the only dial. */
final class BoostingFamily {
  /** Numbers of trees to choose from. */
  static final int[] TREES = {15, 30, 50};

  /**
   * Leads that converted, below which trees are not tried: with a few dozen they learn single leads
   * by heart, and too few are left to tell.
   */
  static final long FEWEST_CONVERTING = 50;

  private static final double STEP = 0.2;
  private static final double ROWS_PER_TREE = 0.7;

  /** Deeper trees need more conversions to learn from. */
  private static final int DEPTH = 3;

  private static final int DEPTH_WITH_MANY = 4;
  private static final long MANY_CONVERSIONS = 5_000;

  /** A leaf should hold a handful of conversions, or it learns single leads by heart. */
  private static final double CONVERSIONS_PER_LEAF = 5;

  private static final int FEWEST_ROWS_PER_LEAF = 20;
  private static final int FEWEST_LEAVES_POSSIBLE = 50;

  private BoostingFamily() {}

  /**
   * Learns, and cuts off after each number of trees.
   *
   * @param trees numbers of trees, rising
   * @param seed of the rows and features that each tree sees
   */
  static List<TreePredictor> fit(Dataset<Row> rows, long seed, int... trees) {
    Row counts = rows.agg(count(lit(1)), sum(col("label").cast("bigint"))).first();
    GBTClassificationModel model =
        new GBTClassifier()
            .setMaxIter(trees[trees.length - 1])
            .setMaxDepth(counts.getLong(1) < MANY_CONVERSIONS ? DEPTH : DEPTH_WITH_MANY)
            .setStepSize(STEP)
            .setSubsamplingRate(ROWS_PER_TREE)
            .setFeatureSubsetStrategy("onethird")
            .setMinInstancesPerNode(
                rowsPerLeaf((double) counts.getLong(0), (double) counts.getLong(1)))
            .setSeed(seed)
            .fit(prepare(rows));
    return Arrays.stream(trees).mapToObj(count -> of(model, count)).toList();
  }

  private static Dataset<Row> prepare(Dataset<Row> rows) {
    return rows.select(
        col("label").cast("double").as("label"), array_to_vector(col("features")).as("features"));
  }

  private static int rowsPerLeaf(double rows, double conversions) {
    double wanted = Math.ceil(CONVERSIONS_PER_LEAF * rows / conversions);
    double most = Math.max(FEWEST_ROWS_PER_LEAF, rows / FEWEST_LEAVES_POSSIBLE);
    return (int) Math.min(most, Math.max(FEWEST_ROWS_PER_LEAF, wanted));
  }

  /**
   * The first trees of a model in our own form. MLlib's labels are -1 and 1, which makes its margin
   * half the log-odds: values are doubled here.
   */
  static TreePredictor of(GBTClassificationModel model, int trees) {
    List<Tree> own = new ArrayList<>();
    for (int i = 0; i < trees; i++) {
      Nodes nodes = new Nodes(2 * model.treeWeights()[i]);
      nodes.add(model.trees()[i].rootNode());
      own.add(nodes.tree());
    }
    return new TreePredictor(own);
  }

  /** Collects nodes in pre-order. */
  private static final class Nodes {
    private final double weight;
    private final List<Integer> feature = new ArrayList<>();
    private final List<Double> threshold = new ArrayList<>();
    private final List<Integer> left = new ArrayList<>();
    private final List<Integer> right = new ArrayList<>();
    private final List<Double> value = new ArrayList<>();
    private final List<Double> cover = new ArrayList<>();

    Nodes(double weight) {
      this.weight = weight;
    }

    int add(Node node) {
      int index = feature.size();
      boolean isInner = node instanceof InternalNode;
      ContinuousSplit split = isInner ? (ContinuousSplit) ((InternalNode) node).split() : null;
      feature.add(isInner ? split.featureIndex() : -1);
      threshold.add(isInner ? split.threshold() : 0);
      value.add(isInner ? 0 : weight * node.prediction());
      cover.add(node.impurityStats().count());
      left.add(0);
      right.add(0);
      if (node instanceof InternalNode inner) {
        left.set(index, add(inner.leftChild()));
        right.set(index, add(inner.rightChild()));
      }
      return index;
    }

    Tree tree() {
      return new Tree(feature, threshold, left, right, value, cover);
    }
  }
}
