package io.warmlead.model;

import io.warmlead.config.ModelSettings;
import io.warmlead.feature.Feature;
import io.warmlead.feature.Feature.Scale;
import io.warmlead.feature.Phrase;
import io.warmlead.testing.TestSession;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Training rows of an invented company whose truth is known. */
final class Snapshots {
  static final Duration HORIZON = Duration.ofDays(28);
  static final Duration EVERY = Duration.ofDays(7);
  static final Instant FIRST = Instant.parse("2025-01-06T00:00:00Z");
  static final List<Feature> FEATURES =
      List.of(
          new Feature(
              "pricing_views",
              Scale.LOG,
              "pricing_view",
              new Phrase("viewed pricing {times}", "has not viewed pricing")),
          new Feature(
              "days_since_last_engagement", Scale.LOG, "recency", Phrase.of("silent for {days}")),
          new Feature(
              "is_referral",
              Scale.LINEAR,
              "source",
              new Phrase("source is referral", "source is not referral")),
          new Feature(
              "is_webinar",
              Scale.LINEAR,
              "source",
              new Phrase("source is webinar", "source is not webinar")),
          new Feature("noise", Scale.LINEAR, "noise", Phrase.of("noise of {}")));
  private static final StructType SCHEMA =
      new StructType()
          .add("lead_id", DataTypes.StringType, false)
          .add("as_of", DataTypes.TimestampType, false)
          .add("segment", DataTypes.StringType, true)
          .add("label", DataTypes.IntegerType, false)
          .add("delay_days", DataTypes.DoubleType, true)
          .add("points", DataTypes.DoubleType, true)
          .add("features", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private Snapshots() {}

  static ModelSettings settings(String... families) {
    return new ModelSettings(
        7, 52, 1_000_000, 40, 40, List.of(families), 3, 28, 7L, List.of(), List.of());
  }

  /** Weekly snapshots where the true log-odds are a known function of the features. */
  static Dataset<Row> planted(int leads, int weeks, long seed) {
    return of(leads, weeks, seed, 1);
  }

  /** The same features with labels that have nothing to do with them. */
  static Dataset<Row> random(int leads, int weeks, long seed) {
    return of(leads, weeks, seed, 0);
  }

  private static Dataset<Row> of(int leads, int weeks, long seed, double effect) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int lead = 0; lead < leads; lead++) {
      boolean isReferral = random.nextInt(4) == 0;
      for (int week = 0; week < weeks; week++) {
        double[] features = {
          random.nextInt(6),
          random.nextInt(60),
          isReferral ? 1 : 0,
          isReferral ? 0 : 1,
          random.nextGaussian()
        };
        double logOdds =
            -3.2
                + effect
                    * (1.2 * Math.log1p(features[0])
                        - 0.8 * Math.log1p(features[1])
                        + (isReferral ? 1 : 0));
        int label = random.nextDouble() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
        rows.add(row("lead-" + lead, week, lead % 2 == 0 ? "small" : "large", label, features));
      }
    }
    return frame(rows);
  }

  static Row row(String lead, int week, String segment, int label, double... features) {
    Timestamp asOf = Timestamp.from(FIRST.plus(Duration.ofDays(7L * week)));
    // Conversions come evenly over the horizon.
    double delay = Math.floorMod(lead.hashCode() + 5 * week, 28) + 0.5;
    return RowFactory.create(
        lead, asOf, segment, label, label == 1 ? delay : null, features[0] * 8, features);
  }

  static Dataset<Row> frame(List<Row> rows) {
    return TestSession.get().createDataFrame(rows, SCHEMA);
  }

  /** A small model of either family, written by hand. */
  static ScoringModel model(Predictor predictor) {
    return new ScoringModel(
        ScoringModel.FORMAT,
        "v1",
        FEATURES,
        predictor,
        Calibration.straight(-0.3, 0.9),
        new TierThresholds(0.4, 0.1),
        new TrainingRecord(
            FIRST.plus(Duration.ofDays(200)),
            FIRST,
            FIRST.plus(Duration.ofDays(140)),
            HORIZON,
            1000,
            50,
            150,
            "by hand",
            List.of(0.5, 1.0),
            List.of("a note")),
        Map.of("auc", 0.8, "log_loss", 0.2));
  }

  static LinearPredictor linear() {
    return new LinearPredictor(
        -1, List.of(0.5, -0.4, 0.25, 0.0, 1.0), List.of(1.0, 2.0, 0.25, 0.75, 0.0));
  }
}
