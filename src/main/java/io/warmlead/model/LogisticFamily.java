package io.warmlead.model;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;

import io.warmlead.feature.Feature;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.ElementwiseProduct;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Ridge logistic regression on {@link LinearTerms}; the penalty is the only dial.
 *
 * <p>All terms of a feature are penalised on one scale, the standard deviation of the feature
 * itself. A term of its own that few rows reach, the part beyond the last knots, would otherwise be
 * free to take any slope, which leads to come would be judged by. For the same reason no scale is
 * less than {@value #LEAST_SCALE}, what a mark has that one row in a hundred bears.
 */
final class LogisticFamily {
  /** Penalties to choose from, on the mean loss. */
  static final double[] PENALTIES = {1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1};

  private static final int MOST_ITERATIONS = 100;
  private static final double TOLERANCE = 1e-7;
  private static final double LEAST_SCALE = 0.1;

  private LogisticFamily() {}

  /** Learns once per penalty from the same rows. */
  static List<LinearPredictor> fit(Dataset<Row> rows, List<Feature> features, double... penalties) {
    Dataset<Row> prepared = prepare(rows, features).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Row spread =
          prepared
              .select(Summarizer.mean(col("features")), Summarizer.std(col("features")))
              .first();
      Vector means = spread.getAs(0);
      double[] scales = scales(features, spread.<Vector>getAs(1).toArray());
      Dataset<Row> scaled =
          new ElementwiseProduct()
              .setScalingVec(Vectors.dense(Arrays.stream(scales).map(scale -> 1 / scale).toArray()))
              .setInputCol("features")
              .setOutputCol("scaled")
              .transform(prepared);
      return Arrays.stream(penalties)
          .mapToObj(penalty -> of(learn(scaled, penalty), means, scales))
          .toList();
    } finally {
      prepared.unpersist();
    }
  }

  /** The scale of every term. */
  private static double[] scales(List<Feature> features, double[] deviations) {
    List<LinearTerms.Term> terms = LinearTerms.of(features);
    double[] ofFeature = new double[features.size()];
    double[] scales = new double[terms.size()];
    for (int i = 0; i < scales.length; i++) {
      LinearTerms.Term term = terms.get(i);
      if (Double.isNaN(term.knot())) {
        ofFeature[term.feature()] = Math.max(LEAST_SCALE, deviations[i]);
      }
      scales[i] = ofFeature[term.feature()];
    }
    return scales;
  }

  /**
   * One partition: MLlib merges means and variances by a formula that is not symmetric, so already
   * two partitions would differ in the last bit by order of arrival.
   */
  private static Dataset<Row> prepare(Dataset<Row> rows, List<Feature> features) {
    return rows.select(
            col("lead_id"),
            col("as_of"),
            col("label").cast("double").as("label"),
            array_to_vector(LinearTerms.column(features)).as("features"))
        .repartition(1)
        .sortWithinPartitions("lead_id", "as_of")
        .select("label", "features");
  }

  private static LogisticRegressionModel learn(Dataset<Row> scaled, double penalty) {
    return new LogisticRegression()
        .setFeaturesCol("scaled")
        .setFamily("binomial")
        // Penalised as they are scaled; MLlib still divides by deviations while it searches.
        .setStandardization(false)
        .setElasticNetParam(0)
        .setRegParam(penalty)
        .setMaxIter(MOST_ITERATIONS)
        .setTol(TOLERANCE)
        .fit(scaled);
  }

  /**
   * A model in our own form.
   *
   * @param means of the terms
   * @param scales by which the terms were divided
   */
  static LinearPredictor of(LogisticRegressionModel model, Vector means, double[] scales) {
    double[] coefficients = model.coefficients().toArray().clone();
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] /= scales[i];
    }
    return new LinearPredictor(model.intercept(), list(Vectors.dense(coefficients)), list(means));
  }

  private static List<Double> list(Vector vector) {
    return Arrays.stream(vector.toArray()).boxed().toList();
  }
}
