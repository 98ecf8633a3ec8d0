package io.warmlead.model;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.feature.Feature;
import io.warmlead.feature.Feature.Scale;
import java.util.List;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FamiliesTest {
  private static final List<Feature> UNSCALED =
      Snapshots.FEATURES.stream()
          .map(f -> new Feature(f.name(), Scale.LINEAR, f.group(), f.phrase()))
          .toList();

  private final Dataset<Row> rows =
      Snapshots.planted(1500, 4, 31)
          .select(
              col("lead_id"),
              col("as_of"),
              col("label"),
              Precision.rounded(col("features")).as("features"))
          .withColumn("vector", array_to_vector(col("features")));

  @Test
  void boostedMarginsAreTwiceThoseOfMllib() {
    GBTClassificationModel model =
        new GBTClassifier()
            .setFeaturesCol("vector")
            .setMaxIter(12)
            .setMaxDepth(4)
            .setSeed(1)
            .fit(rows);
    assertSameMargins(
        model.transform(rows), Margins.margin(BoostingFamily.of(model, 12), Snapshots.FEATURES), 2);
  }

  @Test
  void linearMarginsAreThoseOfMllib() {
    LogisticRegressionModel model =
        new LogisticRegression().setFeaturesCol("vector").setRegParam(0.01).fit(rows);
    assertSameMargins(
        model.transform(rows),
        Margins.margin(LogisticFamily.of(model, Vectors.zeros(5)), UNSCALED),
        1);
  }

  @Test
  void aLinearModelSeesCountsOnALogarithmicScale() {
    LinearPredictor learned = LogisticFamily.fit(rows, Snapshots.FEATURES, 0.001).get(0);
    // Planted: 1.2 ln(1 + pricing views) - 0.8 ln(1 + days), 1 between referral and webinar.
    assertThat(learned.coefficients().get(0)).isCloseTo(1.2, within(0.35));
    assertThat(learned.coefficients().get(1)).isCloseTo(-0.8, within(0.3));
    assertThat(learned.coefficients().get(2) - learned.coefficients().get(3))
        .isCloseTo(1, within(0.4));
  }

  private static void assertSameMargins(Dataset<Row> transformed, Column own, double factor) {
    List<Row> margins = transformed.select(col("rawPrediction"), own.as("own")).collectAsList();
    assertThat(margins).hasSize(6000);
    for (Row row : margins) {
      double theirs = row.<Vector>getAs("rawPrediction").apply(1);
      assertThat(row.<Double>getAs("own")).isCloseTo(factor * theirs, within(1e-9));
    }
  }
}
