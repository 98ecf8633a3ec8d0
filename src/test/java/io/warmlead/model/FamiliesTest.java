package io.warmlead.model;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.feature.Feature;
import io.warmlead.feature.Feature.Scale;
import io.warmlead.feature.Phrase;
import java.util.ArrayList;
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
  private static final double[] ONES = {1, 1, 1, 1, 1};

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
        Margins.margin(LogisticFamily.of(model, Vectors.zeros(5), ONES), UNSCALED),
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

  @Test
  void whatFewRowsShowDoesNotRunAwayBeyondThem() {
    Feature days = new Feature("days", Scale.SPLINE, "days", Phrase.of("{days}"));
    // Half convert, whatever the days; but the three rows beyond a hundred days did not.
    List<Row> seen = new ArrayList<>();
    for (int lead = 0; lead < 2_000; lead++) {
      seen.add(row("lead-" + lead, lead % 2, (double) (lead % 30)));
    }
    for (int lead = 0; lead < 3; lead++) {
      seen.add(row("late-" + lead, 0, 130D));
    }
    Dataset<Row> rows =
        frame("lead_id STRING, label INT, days DOUBLE", seen.toArray(Row[]::new))
            .withColumn("as_of", lit(0))
            .withColumn("features", array(col("days")));
    LinearPredictor learned = LogisticFamily.fit(rows, List.of(days), 0.01).get(0);
    Explainer explainer = learned.explainer(List.of(days));
    double fall = explainer.margin(new double[] {29}) - explainer.margin(new double[] {1_000});
    assertThat(fall).isBetween(0D, 1D);
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
