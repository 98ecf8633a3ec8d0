package io.warmlead.model;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.signum;

import io.warmlead.feature.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Ridge logistic regression on standardised, scaled features; the penalty is the only dial. */
final class LogisticFamily {
  private static final double[] PENALTIES = {1e-3, 1e-2, 3e-2, 1e-1};
  private static final int MOST_ITERATIONS = 60;
  private static final double TOLERANCE = 1e-7;

  private LogisticFamily() {}

  static Candidate fit(Dataset<Row> train, Dataset<Row> tuning, List<Feature> features) {
    Dataset<Row> prepared = prepare(train, features).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Candidate> candidates = new ArrayList<>();
      for (double penalty : PENALTIES) {
        Predictor predictor = learn(prepared, penalty);
        candidates.add(
            new Candidate(
                predictor,
                "penalty = " + penalty,
                Margins.bins(tuning, predictor, features),
                rows -> refit(rows, features, penalty)));
      }
      return candidates.stream()
          .min(Comparator.comparingDouble(Candidate::tuningLoss))
          .orElseThrow();
    } finally {
      prepared.unpersist();
    }
  }

  private static Predictor refit(Dataset<Row> rows, List<Feature> features, double penalty) {
    Dataset<Row> prepared = prepare(rows, features).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return learn(prepared, penalty);
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
            array_to_vector(scaled(features)).as("features"))
        .repartition(1)
        .sortWithinPartitions("lead_id", "as_of")
        .select("label", "features");
  }

  /** Features as {@link Feature#scale()} asks; the same formula as in {@link LinearExplainer}. */
  private static Column scaled(List<Feature> features) {
    Column[] scaled = new Column[features.size()];
    for (int i = 0; i < scaled.length; i++) {
      Column value = get(col("features"), lit(i));
      scaled[i] =
          features.get(i).scale() == Feature.Scale.LOG
              ? signum(value).multiply(log1p(abs(value)))
              : value;
    }
    return array(scaled);
  }

  private static LinearPredictor learn(Dataset<Row> prepared, double penalty) {
    LogisticRegressionModel model =
        new LogisticRegression()
            .setFamily("binomial")
            .setStandardization(true)
            .setElasticNetParam(0)
            .setRegParam(penalty)
            .setMaxIter(MOST_ITERATIONS)
            .setTol(TOLERANCE)
            .fit(prepared);
    Vector means = prepared.select(Summarizer.mean(col("features"))).first().getAs(0);
    return of(model, means);
  }

  static LinearPredictor of(LogisticRegressionModel model, Vector means) {
    return new LinearPredictor(model.intercept(), list(model.coefficients()), list(means));
  }

  private static List<Double> list(Vector vector) {
    return Arrays.stream(vector.toArray()).boxed().toList();
  }
}
