package io.warmlead.decay;

import static io.warmlead.decay.DecayFrames.count;
import static io.warmlead.decay.DecayFrames.lifetimes;
import static io.warmlead.decay.DecayFrames.number;
import static io.warmlead.decay.DecayFrames.settings;
import static io.warmlead.decay.DecayFrames.sorted;
import static io.warmlead.decay.DecayFrames.text;
import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.decay.ReferenceValues.Line;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.spark.ml.regression.AFTSurvivalRegression;
import org.apache.spark.ml.regression.AFTSurvivalRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class TimeRatiosTest {
  private static final int LEADS = 200;

  @Test
  void bothModelsAreThoseOfR() {
    assertSameAsR("small", ReferenceValues.small(false));
    assertSameAsR("cdnow", ReferenceValues.cdnow("cdnow"));
  }

  private static void assertSameAsR(String data, Dataset<Row> lifetimes) {
    Map<String, Row> rows =
        TimeRatios.of(DecayFrames.counts(lifetimes), settings(1, 1, 100)).collectAsList().stream()
            .collect(Collectors.toMap(row -> text(row, "value"), row -> row));
    for (Line line : ReferenceValues.lines("/decay/expected-ratios.csv")) {
      if (line.text("data").equals(data)) {
        Row row = Objects.requireNonNull(rows.get(line.text("value")));
        boolean isWeibull = line.text("shape").equals("weibull");
        String model = isWeibull ? "weibull" : "log_normal";
        String ratio = isWeibull ? "time_ratio" : "log_normal_time_ratio";
        assertThat(text(row, "time_ratio_base")).isEqualTo(line.text("base"));
        assertThat(text(row, "time_ratio_method")).isEqualTo("exact");
        // Smaller criteria in both data sets.
        assertThat(text(row, "time_ratio_shape")).isEqualTo("log_normal");
        assertClose(row, model + "_intercept", line.number("intercept"));
        assertClose(row, model + "_scale", line.number("scale"));
        assertClose(row, model + "_log_likelihood", line.number("log_likelihood"));
        assertClose(row, model + "_akaike", line.number("akaike"));
        assertClose(row, ratio, line.number("time_ratio"));
        assertClose(row, ratio + "_ci_low", line.number("ci_low"));
        assertClose(row, ratio + "_ci_high", line.number("ci_high"));
        if (isWeibull) {
          assertThat(text(row, "ratio_note"))
              .contains(String.format(Locale.ROOT, "shape %.3f", 1 / line.number("scale")));
        }
      }
    }
  }

  private static void assertClose(Row row, String column, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(row.<Double>getAs(column)).as(column).isNull();
    } else {
      assertThat(number(row, column)).as(column).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void weibullIsThatOfMllib() {
    Dataset<Row> lifetimes =
        lifetimes("a", "1 2 3+ 5 8 13+ 21").union(lifetimes("b", "2 3 7 9+ 20 33 40+"));
    AFTSurvivalRegressionModel mllib =
        new AFTSurvivalRegression()
            .setMaxIter(300)
            .setTol(1e-10)
            .fit(
                lifetimes.select(
                    col("duration_days").as("label"),
                    array_to_vector(array(when(col("value").equalTo("b"), 1.0).otherwise(0.0)))
                        .as("features"),
                    when(col("is_converted"), 1.0).otherwise(0.0).as("censor")));
    List<Row> own =
        sorted(TimeRatios.of(DecayFrames.counts(lifetimes), settings(1, 1, 100)), "value");
    assertThat(number(own.get(0), "weibull_intercept")).isCloseTo(mllib.intercept(), within(1e-4));
    assertThat(number(own.get(0), "weibull_scale")).isCloseTo(mllib.scale(), within(1e-4));
    assertThat(number(own.get(1), "time_ratio"))
        .isCloseTo(Math.exp(mllib.coefficients().apply(0)), within(1e-3));
  }

  @Test
  void theShapeThatTheTimesHaveFitsBetter() {
    NormalDistribution normal = new NormalDistribution();
    assertThat(shapeOf(i -> -10 * Math.log1p(-quantile(i)))).isEqualTo("weibull");
    assertThat(shapeOf(i -> 10 * Math.exp(normal.inverseCumulativeProbability(quantile(i)))))
        .isEqualTo("log_normal");
  }

  private static double quantile(int lead) {
    return (lead + 0.5) / LEADS;
  }

  /** Of two values, the second of which takes twice as long. */
  private static String shapeOf(IntToDoubleFunction days) {
    Dataset<Row> lifetimes =
        lifetimes("a", listed(days)).union(lifetimes("b", listed(i -> 2 * days.applyAsDouble(i))));
    Row slower =
        sorted(TimeRatios.of(DecayFrames.counts(lifetimes), settings(1, 1, 100)), "value").get(1);
    String shape = text(slower, "time_ratio_shape");
    String ratio = shape.equals("weibull") ? "time_ratio" : "log_normal_time_ratio";
    assertThat(number(slower, ratio)).isCloseTo(2, within(1e-3));
    return shape;
  }

  private static String listed(IntToDoubleFunction days) {
    return IntStream.range(0, LEADS)
        .mapToObj(i -> String.valueOf(days.applyAsDouble(i)))
        .collect(Collectors.joining(" "));
  }

  @Test
  void ofManyLeadsOfAValueEveryThirdIsKeptInOrderOfTime() {
    Dataset<Row> counts =
        frame(
            "value STRING, minutes BIGINT, converted BIGINT, censored BIGINT",
            row("many", 10L, 2L, 15_000L),
            row("many", 20L, 1L, 0L),
            row("many", 30L, 3L, 14_994L),
            row("few", 10L, 1L, 9_999L));
    assertThat(sorted(TimeSample.thinned(counts), "value", "minutes").stream().map(Row::mkString))
        .containsExactly("few1019999", "many1005000", "many2010", "many3014998");
  }

  @Test
  void itSaysWhichValuesWereSampled() {
    Dataset<Row> counts =
        frame(
            "dimension STRING, value STRING, minutes BIGINT, converted BIGINT, censored BIGINT,"
                + " late_converted BIGINT, unconverted BIGINT",
            row("segment", "many", 1_440L, 6_000L, 0L, 0L, 0L),
            row("segment", "many", 2_880L, 6_000L, 8_000L, 0L, 8_000L),
            row("segment", "few", 1_440L, 10L, 0L, 0L, 0L),
            row("segment", "few", 2_880L, 10L, 5L, 0L, 5L));
    List<Row> rows = sorted(TimeRatios.of(counts, settings(1, 1, 100)), "value");
    assertThat(rows.stream().map(row -> text(row, "time_ratio_method")))
        .containsExactly("exact", "sampled");
    assertThat(rows.stream().map(row -> count(row, "time_ratio_n"))).containsExactly(25L, 10_000L);
  }

  @Test
  void whereAllConvertAtOneTimeThereIsNoTimeRatio() {
    Dataset<Row> lifetimes = lifetimes("a", "1 1 1").union(lifetimes("b", "2 2 2"));
    assertThat(TimeRatios.of(DecayFrames.counts(lifetimes), settings(2, 1, 100)).count()).isZero();
  }
}
