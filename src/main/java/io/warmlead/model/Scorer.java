package io.warmlead.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** Probabilities with the contribution of every feature. */
public final class Scorer {
  private static final StructType SCORE =
      new StructType()
          .add("probability", DataTypes.DoubleType, false)
          .add("base_log_odds", DataTypes.DoubleType, false)
          .add("contributions", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add("calibration_contribution", DataTypes.DoubleType, false);

  private Scorer() {}

  /**
   * Adds {@code probability}, {@code base_log_odds}, {@code contributions} (ARRAY of DOUBLE, one
   * per feature, in order) and {@code calibration_contribution}. Base + contributions + calibration
   * = logit(probability) within 1e-9.
   *
   * @param rows with {@code features} ARRAY of DOUBLE as the model lists them
   */
  public static Dataset<Row> score(Dataset<Row> rows, ScoringModel model) {
    RowScorer scorer = new RowScorer(model);
    UDF1<Seq<Double>, Row> score =
        values -> {
          RowScorer.Explanation parts = scorer.explain(Margins.numbers(values, scorer.features()));
          return RowFactory.create(
              parts.probability, parts.base, parts.contributions, parts.calibration);
        };
    return unpacked(rows.withColumn("score__", udf(score, SCORE).apply(col("features"))), SCORE);
  }

  /**
   * Probability of the {@code features} of a row, without explanation.
   *
   * @param model whose features they are, in its order
   */
  public static Column probability(ScoringModel model) {
    Explainer explainer = model.predictor().explainer(model.features());
    Calibration calibration = model.calibration();
    int features = model.features().size();
    UDF1<Seq<Double>, Double> probability =
        values -> calibration.probability(explainer.margin(Margins.numbers(values, features)));
    return udf(probability, DataTypes.DoubleType).apply(col("features"));
  }

  /** Fields of {@code score__} as columns of their own. */
  static Dataset<Row> unpacked(Dataset<Row> scored, StructType fields) {
    Dataset<Row> unpacked = scored;
    for (String field : fields.fieldNames()) {
      unpacked = unpacked.withColumn(field, col("score__." + field));
    }
    return unpacked.drop("score__");
  }
}
