package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.feature.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonsTest {

  static Stream<ScoringModel> models() {
    List<Double> steep = List.of(50.0, -40.0, 10.0, 0.0, 30.0);
    return Stream.of(
        Snapshots.model(Snapshots.linear()),
        // Margins beyond the clipping.
        Snapshots.model(new LinearPredictor(-1, steep, List.of(1.0, 2.0, 0.25, 0.75, 0.0))),
        Snapshots.model(new RandomTrees(6, 5).forest(40, 4)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void contributionsOfEveryFeatureAddUpToTheLogOdds(ScoringModel model) {
    List<Row> scored = Scorer.score(rows(500, 51), model).collectAsList();
    assertThat(scored).hasSize(500);
    Explainer explainer = model.predictor().explainer(model.features());
    for (Row row : scored) {
      double sum =
          row.<Double>getAs("base_log_odds") + row.<Double>getAs("calibration_contribution");
      double explained = explainer.base();
      for (double contribution : row.<Double>getList(row.fieldIndex("contributions"))) {
        sum += contribution;
        explained += contribution;
      }
      double[] features =
          row.<Double>getList(row.fieldIndex("features")).stream()
              .mapToDouble(Precision::rounded)
              .toArray();
      double probability = row.<Double>getAs("probability");
      assertThat(sum).isCloseTo(Calibration.logit(probability), within(1e-9));
      // Calibration does not hide a gap: features alone add up to the margin.
      assertThat(explained).isCloseTo(explainer.margin(features), within(1e-9));
      assertThat(probability)
          .isEqualTo(model.calibration().probability(explainer.margin(features)));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void reasonsAddUpToTheLogOddsAndStandInOrder(ScoringModel model) {
    for (Row row : Reasons.withReasons(rows(300, 52), model, 2, List.of()).collectAsList()) {
      List<Row> reasons = row.getList(row.fieldIndex("reasons"));
      double sum = reasons.stream().mapToDouble(reason -> reason.getAs("contribution")).sum();
      double probability = row.<Double>getAs("probability");
      assertThat(sum).isCloseTo(Calibration.logit(probability), within(1e-9));
      List<String> names = reasons.stream().map(reason -> reason.<String>getAs("feature")).toList();
      assertThat(names).startsWith("base").endsWith("everything_else", "calibration");
      assertThat(names.size()).isBetween(3, 5);
      if (names.size() == 5) {
        assertThat(Math.abs(reasons.get(1).<Double>getAs("contribution")))
            .isGreaterThanOrEqualTo(Math.abs(reasons.get(2).<Double>getAs("contribution")));
      }
    }
  }

  @Test
  void reasonsReadLikeSentences() {
    List<Row> one = List.of(Snapshots.row("a", 0, "small", 0, 3, 2.456, 0, 1, 0));
    List<Row> reasons =
        Reasons.withReasons(Snapshots.frame(one), Snapshots.model(Snapshots.linear()), 3, List.of())
            .select("reasons")
            .first()
            .getList(0);
    assertThat(reasons.stream().map(reason -> reason.<String>getAs("text")))
        .containsExactly(
            "where every lead starts",
            // -0.4 x (ln 3.456 - 2) = 0.304; 0.5 x (ln 4 - 1) = 0.193; 0.25 x (0 - 0.25).
            "silent for 2.5 days: raises",
            "viewed pricing 3 times: raises",
            "source is not referral: lowers",
            "all other reasons together: no effect",
            "calibration to observed conversion rates: lowers");
    assertThat(reasons.stream().map(reason -> reason.<String>getAs("feature")))
        .containsExactly(
            "base", "recency", "pricing_view", "source", "everything_else", "calibration");
    assertThat(reasons.stream().map(reason -> reason.<String>getAs("value")))
        .containsExactly(null, "2.46", "3", "0", null, null);
    assertThat(reasons.get(3).<Double>getAs("contribution")).isCloseTo(-0.0625, within(1e-12));
  }

  @Test
  void aProtectedAttributeIsNotNamedAndCountsAllTheSame() {
    List<Row> one = List.of(Snapshots.row("a", 0, "small", 0, 3, 2.456, 0, 1, 0));
    Row scored =
        Reasons.withReasons(
                Snapshots.frame(one), Snapshots.model(Snapshots.linear()), 9, List.of("source"))
            .first();
    List<Row> reasons = scored.getList(scored.fieldIndex("reasons"));
    assertThat(reasons.stream().map(reason -> reason.<String>getAs("feature")))
        .containsExactly("base", "recency", "pricing_view", "everything_else", "calibration");
    assertThat(reasons.toString()).doesNotContain("referral", "webinar");
    assertThat(reasons.get(3).<Double>getAs("contribution")).isCloseTo(-0.0625, within(1e-12));
    assertThat(reasons.stream().mapToDouble(reason -> reason.<Double>getAs("contribution")).sum())
        .isCloseTo(Calibration.logit(scored.<Double>getAs("probability")), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 3",
    "-0.0, 0",
    "0.5, 0.5",
    "2.456, 2.46",
    "0.001, 0",
    "-1.999, -2",
    "1200, 1200",
    "1e18, 1000000000000000000"
  })
  void valuesAreReadable(double number, String text) {
    assertThat(Phrase.readable(number)).isEqualTo(text);
  }

  @Test
  void rowsOfAnotherModelAreRefused() {
    Dataset<Row> narrow = Snapshots.frame(List.of(Snapshots.row("a", 0, "small", 0, 1, 2)));
    ScoringModel model = Snapshots.model(Snapshots.linear());
    assertThatThrownBy(() -> Scorer.score(narrow, model).collectAsList())
        .isInstanceOf(SparkException.class)
        .hasStackTraceContaining("a row has 2 features, the model reads 5");
  }

  private static Dataset<Row> rows(int count, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean isReferral = random.nextBoolean();
      rows.add(
          Snapshots.row(
              "lead-" + i,
              0,
              "small",
              0,
              random.nextInt(6),
              random.nextDouble() * 60,
              isReferral ? 1 : 0,
              isReferral ? 0 : 1,
              random.nextGaussian() * 3));
    }
    return Snapshots.frame(rows);
  }
}
