package io.warmlead.model;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;

import io.warmlead.feature.Feature;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Ridge logistic regression on standardised {@link LinearTerms}; the penalty is the only dial. */
final class LogisticFamily {
  /** Penalties to choose from, on the mean loss. */
  static final double[] PENALTIES = {3e-3, 1e-2, 3e-2, 1e-1, 3e-1};

  private static final int MOST_ITERATIONS = 60;
  private static final double TOLERANCE = 1e-7;

  private LogisticFamily() {}

  /** Learns once per penalty from the same rows. */
  static List<LinearPredictor> fit(Dataset<Row> rows, List<Feature> features, double... penalties) {
    Dataset<Row> prepared = prepare(rows, features).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Vector means = prepared.select(Summarizer.mean(col("features"))).first().getAs(0);
      return Arrays.stream(penalties).mapToObj(penalty -> learn(prepared, penalty, means)).toList();
    } finally {
      prepared.unpersist();
    }
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

  private static LinearPredictor learn(Dataset<Row> prepared, double penalty, Vector means) {
    LogisticRegressionModel model =
        new LogisticRegression()
            .setFamily("binomial")
            .setStandardization(true)
            .setElasticNetParam(0)
            .setRegParam(penalty)
            .setMaxIter(MOST_ITERATIONS)
            .setTol(TOLERANCE)
            .fit(prepared);
    return of(model, means);
  }

  static LinearPredictor of(LogisticRegressionModel model, Vector means) {
    return new LinearPredictor(model.intercept(), list(model.coefficients()), list(means));
  }

  private static List<Double> list(Vector vector) {
    return Arrays.stream(vector.toArray()).boxed().toList();
  }
}
