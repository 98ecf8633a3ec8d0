package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CalibrationContractTest {
  private static final int LEADS = 2_000;
  private static final int MANY_LEADS = 8_000;

  @Test
  void rightProbabilitiesKeepTheirPromiseAlthoughEveryLeadIsToldThreeTimes() {
    for (int seed = 0; seed < 40; seed++) {
      assertThat(CalibrationContract.of(rows(segment -> 1, 3, seed)).broken()).isEmpty();
    }
  }

  @Test
  void oddsThatAreOffByHalfAgainAreTolerated() {
    assertThat(CalibrationContract.of(rows(segment -> 1.5, 1, 1)).broken()).isEmpty();
    assertThat(CalibrationContract.of(rows(segment -> 1 / 1.5, 1, 1)).broken()).isEmpty();
  }

  @Test
  void oddsThatAreOffByFourAreBrokenInEitherDirectionAndTold() {
    assertThat(CalibrationContract.of(rows(segment -> 4, MANY_LEADS, 1, 2)).broken())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("Broken calibration contract")
                    .contains("all leads: ")
                    .contains("hot leads: "));
    assertThat(CalibrationContract.of(rows(segment -> 0.25, 1, 3)).broken()).isPresent();
  }

  @Test
  void aSegmentOfItsOwnIsFoundWhereTheWholeIsRight() {
    CalibrationContract contract =
        CalibrationContract.of(rows(segment -> segment == 0 ? 5 : 0.7, MANY_LEADS, 1, 4));
    assertThat(contract.broken())
        .hasValueSatisfying(
            text -> assertThat(text).contains("of segment s0").doesNotContain("of segment s1"));
  }

  @Test
  void aSegmentMayMoveFurtherThanTheWholeAndThenIsTold() {
    CalibrationContract contract =
        CalibrationContract.of(rows(segment -> segment == 0 ? 2.7 : 0.8, 1, 4));
    assertThat(contract.broken()).isEmpty();
    assertThat(contract.strained())
        .hasValueSatisfying(text -> assertThat(text).contains("all leads of segment s0: "));
    assertThat(CalibrationContract.of(rows(segment -> 1, 1, 4)).strained()).isEmpty();
  }

  @Test
  void manySegmentsAreNotRefusedMoreOftenThanOne() {
    int refused = 0;
    for (int seed = 0; seed < 200; seed++) {
      Judged promised = rows(segment -> segment % 2 == 0 ? 3 : 1 / 3.0, 1, seed);
      refused += CalibrationContract.of(promised).broken().isPresent() ? 1 : 0;
    }
    assertThat(refused).isLessThanOrEqualTo(4);
  }

  @Test
  void aHandfulOfConversionsBreaksNothing() {
    double[] probability = new double[300];
    Arrays.fill(probability, 0.0001);
    boolean[] converted = new boolean[300];
    Arrays.fill(converted, 0, 9, true);
    String[] segment = new String[300];
    Arrays.fill(segment, "s0");
    long[] lead = new Random(5).longs(300).toArray();
    assertThat(
            CalibrationContract.of(
                    Judged.of(probability, converted, lead, segment, new long[lead.length]))
                .broken())
        .isEmpty();
    converted[9] = true;
    assertThat(
            CalibrationContract.of(
                    Judged.of(probability, converted, lead, segment, new long[lead.length]))
                .broken())
        .isPresent();
  }

  @Test
  void ratesOfTiersAreMeasuredWithIntervalsAroundWhatCame() {
    List<MetricRow> metrics = CalibrationContract.of(rows(segment -> 1, 3, 6)).metrics("test");
    Map<String, MetricRow> overall =
        metrics.stream()
            .filter(MetricRow::isOverall)
            .collect(Collectors.toMap(MetricRow::metric, row -> row));
    assertThat(overall.keySet())
        .containsExactlyInAnyOrder(
            "expected_rate_cold",
            "observed_rate_cold",
            "expected_rate_warm",
            "observed_rate_warm",
            "expected_rate_hot",
            "observed_rate_hot");
    MetricRow hot = overall.get("observed_rate_hot");
    assertThat(hot.n()).isEqualTo(3 * LEADS / 10);
    assertThat(overall.get("expected_rate_hot").value()).isBetween(hot.ciLow(), hot.ciHigh());
    assertThat(overall.get("observed_rate_cold").value()).isLessThan(hot.value());
    assertThat(metrics.stream().map(MetricRow::segment).distinct())
        .containsExactlyInAnyOrder("all", "s0", "s1", "s2", "s3");
  }

  /** Rows whose true odds are a factor times the odds that the probability tells. */
  private static Judged rows(IntFunction<Number> oddsFactor, int copies, long seed) {
    return rows(oddsFactor, LEADS, copies, seed);
  }

  private static Judged rows(IntFunction<Number> oddsFactor, int leads, int copies, long seed) {
    Random random = new Random(seed);
    int n = leads * copies;
    double[] probability = new double[n];
    boolean[] converted = new boolean[n];
    long[] lead = new long[n];
    String[] segment = new String[n];
    for (int row = 0; row < leads; row++) {
      double p = 1 / (1 + Math.exp(2.5 - random.nextGaussian()));
      double odds = oddsFactor.apply(row % 4).doubleValue() * p / (1 - p);
      boolean isConverted = random.nextDouble() < odds / (1 + odds);
      for (int copy = 0; copy < copies; copy++) {
        int at = copy * leads + row;
        probability[at] = p;
        converted[at] = isConverted;
        lead[at] = 1_000L + row;
        segment[at] = "s" + row % 4;
      }
    }
    return Judged.of(probability, converted, lead, segment, new long[lead.length]);
  }
}
