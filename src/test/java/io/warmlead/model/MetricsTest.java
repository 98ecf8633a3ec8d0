package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.testing.TestSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("probability", DataTypes.DoubleType)
          .add("label", DataTypes.IntegerType)
          .add("segment", DataTypes.StringType);

  @Test
  void aHandfulOfScoresGivesTheNumbersWorkedOutByHand() {
    List<Row> rows = List.of(row(0.8, 1), row(0.6, 0), row(0.5, 1), row(0.5, 0), row(0.2, 0));
    Map<String, MetricRow> measured = overall(rows);
    // Pairs in order: 0.8 beats all three; 0.5 beats 0.2, ties 0.5, loses to 0.6: 4.5 of 6.
    assertThat(measured.get("auc").value()).isCloseTo(4.5 / 6, within(1e-12));
    // 0.8: recall 1/2 at precision 1; the two 0.5 together: recall 1/2 at precision 2/4.
    assertThat(measured.get("pr_auc").value()).isCloseTo(0.75, within(1e-12));
    double logLoss = -(Math.log(0.8) + Math.log(0.4) + 2 * Math.log(0.5) + Math.log(0.8)) / 5;
    assertThat(measured.get("log_loss").value()).isCloseTo(logLoss, within(1e-8));
    double brier = (0.04 + 0.36 + 0.25 + 0.25 + 0.04) / 5;
    assertThat(measured.get("brier").value()).isCloseTo(brier, within(1e-8));
    assertThat(measured.get("base_rate").value()).isCloseTo(0.4, within(1e-12));
    // Wilson: (0.4 + z2/10 +- z sqrt(0.24/5 + z2/100)) / (1 + z2/5).
    assertThat(measured.get("base_rate").ciLow()).isCloseTo(0.11762, within(1e-5));
    assertThat(measured.get("base_rate").ciHigh()).isCloseTo(0.76928, within(1e-5));
    // Best 10 % is half of the row 0.8: rate 1 over 0.4. Best 20 % is that row.
    assertThat(measured.get("lift_at_10").value()).isCloseTo(2.5, within(1e-12));
    assertThat(measured.get("capture_at_20").value()).isCloseTo(0.5, within(1e-12));
    // Every score is a group: |0.2 - 0| + |1.0 - 1| + |0.6 - 0| + |0.8 - 1|, over 5.
    assertThat(measured.get("ece").value()).isCloseTo(0.2, within(1e-8));
    assertThat(measured.get("n").value()).isEqualTo(5);
    assertThat(measured.get("conversions").value()).isEqualTo(2);
  }

  @Test
  void theAucIntervalIsHanleyAndMcNeils() {
    // Their formula at A = 0.9, 50 and 150: q1 = 0.818182, q2 = 0.852632, SE = 0.030206.
    assertThat(Ranking.aucHalfWidth(0.9, 50, 150)).isCloseTo(1.959964 * 0.030206, within(1e-5));
  }

  @Test
  void calibratedScoresHaveSlopeOneAndInterceptZero() {
    List<Row> rows = new ArrayList<>();
    for (double p : new double[] {0.1, 0.2, 0.5, 0.8}) {
      for (int i = 0; i < 100; i++) {
        rows.add(row(p, i < Math.round(100 * p) ? 1 : 0));
      }
    }
    Map<String, MetricRow> measured = overall(rows);
    assertThat(measured.get("calibration_slope").value()).isCloseTo(1, within(1e-6));
    assertThat(measured.get("calibration_intercept").value()).isCloseTo(0, within(1e-6));
    assertThat(measured.get("ece").value()).isCloseTo(0, within(1e-8));
  }

  @Test
  void segmentsNeedTenConversionsAndNoProbabilityMeansNoRow() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(RowFactory.create(0.1 + i * 0.02, i % 2, "large"));
      rows.add(RowFactory.create(0.1 + i * 0.02, i % 8 == 0 ? 1 : 0, "small"));
      rows.add(RowFactory.create(null, 1, "large"));
    }
    List<MetricRow> measured = Metrics.of(frame(rows), "live");
    assertThat(measured.stream().map(MetricRow::segment).distinct())
        .containsExactly("all", "large");
    assertThat(overall(rows).get("n").value()).isEqualTo(80);
    assertThat(measured).allMatch(row -> row.split().equals("live"));
  }

  @Test
  void oneOutcomeHasNoRankingAndNoRowsHaveNoRates() {
    assertThat(overall(List.of(row(0.3, 0), row(0.4, 0))))
        .containsKeys("log_loss", "brier", "base_rate")
        .doesNotContainKeys("auc", "pr_auc", "lift_at_10", "calibration_slope");
    assertThat(overall(List.of())).containsOnlyKeys("n", "conversions");
  }

  private static Map<String, MetricRow> overall(List<Row> rows) {
    return Metrics.of(frame(rows), "test").stream()
        .filter(MetricRow::isOverall)
        .collect(Collectors.toMap(MetricRow::metric, row -> row));
  }

  private static Row row(double probability, int label) {
    return RowFactory.create(probability, label, "small");
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return TestSession.get().createDataFrame(rows, SCHEMA);
  }
}
