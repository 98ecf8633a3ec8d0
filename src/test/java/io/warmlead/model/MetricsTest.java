package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void aHandfulOfScoresGivesTheNumbersWorkedOutByHand() {
    Map<String, MetricRow> measured =
        overall(
            judged(
                new double[] {0.8, 0.6, 0.5, 0.5, 0.2},
                new boolean[] {true, false, true, false, false}));
    // Pairs in order: 0.8 beats all three; 0.5 beats 0.2, ties 0.5, loses to 0.6: 4.5 of 6.
    assertThat(measured.get("auc").value()).isCloseTo(4.5 / 6, within(1e-12));
    // 0.8: recall 1/2 at precision 1; the two 0.5 together: recall 1/2 at precision 2/4.
    assertThat(measured.get("pr_auc").value()).isCloseTo(0.75, within(1e-12));
    double logLoss = -(Math.log(0.8) + Math.log(0.4) + 2 * Math.log(0.5) + Math.log(0.8)) / 5;
    assertThat(measured.get("log_loss").value()).isCloseTo(logLoss, within(1e-12));
    double brier = (0.04 + 0.36 + 0.25 + 0.25 + 0.04) / 5;
    assertThat(measured.get("brier").value()).isCloseTo(brier, within(1e-12));
    assertThat(measured.get("base_rate").value()).isCloseTo(0.4, within(1e-12));
    // Best 10 % is half of the row 0.8: rate 1 over 0.4. Best 20 % is that row.
    assertThat(measured.get("lift_at_10").value()).isCloseTo(2.5, within(1e-12));
    assertThat(measured.get("capture_at_20").value()).isCloseTo(0.5, within(1e-12));
    // Best 30 % is that row and half of the row 0.6.
    assertThat(measured.get("lift_at_30").value()).isCloseTo(1 / 1.5 / 0.4, within(1e-12));
    assertThat(measured.get("n").value()).isEqualTo(5);
    assertThat(measured.get("conversions").value()).isEqualTo(2);
  }

  @Test
  void calibratedScoresHaveSlopeOneAndInterceptZeroWithinTheirIntervals() {
    Random random = new Random(3);
    double[] probability = random.doubles(20_000, 0.02, 0.6).toArray();
    boolean[] converted = new boolean[probability.length];
    for (int row = 0; row < converted.length; row++) {
      converted[row] = random.nextDouble() < probability[row];
    }
    Map<String, MetricRow> measured = overall(judged(probability, converted));
    MetricRow slope = measured.get("calibration_slope");
    assertThat(slope.value()).isCloseTo(1, within(0.1));
    assertThat(slope.ciLow()).isLessThan(1);
    assertThat(slope.ciHigh()).isGreaterThan(1);
    assertThat(measured.get("calibration_intercept").value()).isCloseTo(0, within(0.12));
    assertThat(measured.get("ece").value()).isLessThan(0.02);
    // Standard error of a share: sqrt(p (1 - p) / n), here 0.0033.
    MetricRow rate = measured.get("base_rate");
    assertThat(rate.ciHigh() - rate.ciLow()).isCloseTo(2 * 1.96 * 0.0033, within(0.003));
  }

  @Test
  void repeatingEveryLeadTenTimesMakesNoIntervalNarrower() {
    Random random = new Random(4);
    int leads = 300;
    double[] once = random.doubles(leads).toArray();
    boolean[] converted = new boolean[leads];
    for (int lead = 0; lead < leads; lead++) {
      converted[lead] = random.nextDouble() < once[lead];
    }
    MetricRow single = overall(judged(once, converted)).get("auc");
    Judged repeated = Judged.together(java.util.Collections.nCopies(10, judged(once, converted)));
    MetricRow tenfold = overall(repeated).get("auc");
    assertThat(tenfold.value()).isCloseTo(single.value(), within(1e-12));
    assertThat(tenfold.ciLow()).isCloseTo(single.ciLow(), within(1e-12));
    assertThat(tenfold.ciHigh()).isCloseTo(single.ciHigh(), within(1e-12));
  }

  @Test
  void segmentsNeedTenConversions() {
    int n = 60;
    double[] probability = new double[n];
    boolean[] converted = new boolean[n];
    String[] segment = new String[n];
    for (int row = 0; row < n; row++) {
      probability[row] = (row + 1) / 100.0;
      converted[row] = row % 3 == 0;
      segment[row] = row < 35 ? "large" : "small";
    }
    List<MetricRow> measured =
        Metrics.of(Judged.of(probability, converted, leads(n), segment, new long[n]), "test");
    assertThat(measured.stream().map(MetricRow::segment).distinct())
        .containsExactly("all", "large");
  }

  @Test
  void oneOutcomeHasNoRankingAndNoRowsHaveNoRates() {
    assertThat(overall(judged(new double[] {0.2, 0.4}, new boolean[2])))
        .containsKeys("log_loss", "base_rate")
        .doesNotContainKeys("auc", "pr_auc", "lift_at_10", "calibration_slope");
    assertThat(overall(judged(new double[0], new boolean[0]))).containsOnlyKeys("n", "conversions");
  }

  @Test
  void toKnowTheDateAloneRanksNoLead() {
    // The older date has had its conversions, the younger has them still before it.
    int n = 400;
    double[] probability = new double[n];
    boolean[] converted = new boolean[n];
    String[] segment = new String[n];
    long[] asOf = new long[n];
    for (int row = 0; row < n; row++) {
      boolean isOlder = row < 200;
      asOf[row] = isOlder ? 1 : 2;
      probability[row] = isOlder ? 0.2 : 0.05;
      converted[row] = isOlder ? row % 5 == 0 : row % 20 == 0;
      segment[row] = "any";
    }
    Judged rows = Judged.of(probability, converted, leads(n), segment, asOf);
    Map<String, MetricRow> measured = overall(rows);
    assertThat(measured.get("auc").value()).isCloseTo(0.5, within(1e-12));
    assertThat(measured.get("lift_at_10").value()).isCloseTo(1, within(1e-12));
    assertThat(measured.get("capture_at_30").value()).isCloseTo(0.3, within(1e-12));
    // What was promised is judged as promised: both dates kept their word.
    assertThat(measured.get("ece").value()).isCloseTo(0, within(1e-12));
    assertThat(measured.get("calibration_slope").value()).isCloseTo(1, within(1e-6));
    assertThat(TierShares.of(rows).notes()).hasSize(2);
  }

  @Test
  void aLeadThatConvertedOnOneDateAndNotOnAnotherIsOfBothOutcomes() {
    Judged rows =
        Judged.of(
            new double[] {0.1, 0.2, 0.3, 0.4},
            new boolean[] {true, false, true, false},
            new long[] {1, 1, 2, 3},
            new String[] {"any", "any", "any", "any"},
            new long[] {1, 2, 1, 1});
    assertThat(rows.leads()).isEqualTo(new History.Leads(2, 2));
  }

  @Test
  void leadsAreRankedAmongThoseOfTheirDate() {
    // Both dates rank their two leads right; the better one of the second lies below all the first.
    Judged rows =
        Judged.of(
            new double[] {0.9, 0.6, 0.4, 0.1},
            new boolean[] {true, false, true, false},
            leads(4),
            new String[] {"any", "any", "any", "any"},
            new long[] {1, 1, 2, 2});
    assertThat(overall(rows).get("auc").value()).isEqualTo(1);
    assertThat(Ranked.of(rows).rank()).containsExactly(0.25, 0.25, 0.75, 0.75);
  }

  private static Judged judged(double[] probability, boolean[] converted) {
    String[] segment = new String[probability.length];
    Arrays.fill(segment, "any");
    int n = probability.length;
    return Judged.of(probability, converted, leads(n), segment, new long[n]);
  }

  private static long[] leads(int n) {
    long[] leads = new long[n];
    Arrays.setAll(leads, lead -> 1_000_003L * lead);
    return leads;
  }

  private static Map<String, MetricRow> overall(Judged rows) {
    return Metrics.of(rows, "test").stream()
        .filter(MetricRow::isOverall)
        .collect(Collectors.toMap(MetricRow::metric, row -> row));
  }
}
