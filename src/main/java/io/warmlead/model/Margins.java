package io.warmlead.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.warmlead.feature.Feature;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/** Margins of many rows, by the very code that scores in production. */
final class Margins {
  private Margins() {}

  /** Margin of the rounded {@code features} of a row, log-odds. */
  static Column margin(Predictor predictor, List<Feature> features) {
    Explainer explainer = predictor.explainer(features);
    int count = features.size();
    UDF1<Seq<Double>, Double> margin = values -> explainer.margin(numbers(values, count));
    return udf(margin, DataTypes.DoubleType).apply(col("features"));
  }

  /**
   * The features of a row at the precision models see.
   *
   * @throws IllegalArgumentException if they are missing or not as many as expected
   */
  static double[] numbers(Seq<Double> values, int count) {
    if (values == null || values.size() != count) {
      throw new IllegalArgumentException(
          "a row has "
              + (values == null ? "no" : values.size())
              + " features, the model reads "
              + count);
    }
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = Require.finite("a feature", Precision.rounded(values.apply(i)));
    }
    return numbers;
  }
}
