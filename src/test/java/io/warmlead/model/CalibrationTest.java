package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void aPlantedSlopeAndInterceptAreRecovered() {
    List<ScoreBin> margins = planted(-2.5, 1.7, 400_000, 21);
    Calibration fit = Calibration.fit(margins).orElseThrow();
    assertThat(fit.slope()).isCloseTo(1.7, within(0.03));
    assertThat(fit.intercept()).isCloseTo(-2.5, within(0.03));
  }

  @Test
  void marginsThatMeanTheOppositeAreNotCalibrated() {
    assertThat(Calibration.fit(planted(-1, -0.5, 10_000, 22))).isEmpty();
  }

  @Test
  void oneScoreForAllIsNotCalibrated() {
    assertThat(Calibration.fit(List.of(new ScoreBin(0.3, 0.3, 100, 20)))).isEmpty();
  }

  @Test
  void separatedOutcomesStillGiveAFiniteSlope() {
    List<ScoreBin> separated = List.of(new ScoreBin(-1, -1, 50, 0), new ScoreBin(1, 1, 50, 50));
    Calibration fit = Calibration.fit(separated).orElseThrow();
    // Platt's targets: 51/52 and 1/52, hence logit = +-ln 51.
    assertThat(fit.slope()).isCloseTo(Math.log(51), within(1e-6));
    assertThat(LogisticFit.plain(separated)).isEmpty();
  }

  @Test
  void probabilitiesRiseStrictlyAndAreClipped() {
    Calibration calibration = new Calibration(-1, 0.5);
    double before = 0;
    for (double margin = -20; margin <= 20; margin += 0.25) {
      double probability = calibration.probability(margin);
      assertThat(probability).isGreaterThan(before);
      before = probability;
    }
    assertThat(calibration.probability(-1e9)).isEqualTo(1e-6);
    assertThat(calibration.probability(1e9)).isEqualTo(1 - 1e-6);
  }

  private static List<ScoreBin> planted(double intercept, double slope, int n, long seed) {
    Random random = new Random(seed);
    List<ScoreBin> bins = new ArrayList<>();
    for (int step = 0; step < 100; step++) {
      double margin = -2.5 + step * 0.05;
      double probability = 1 / (1 + Math.exp(-(intercept + slope * margin)));
      int conversions = 0;
      for (int i = 0; i < n / 100; i++) {
        conversions += random.nextDouble() < probability ? 1 : 0;
      }
      bins.add(new ScoreBin(margin, margin, n / 100, conversions));
    }
    return bins;
  }
}
