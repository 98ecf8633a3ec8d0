package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void probabilitiesRiseStrictlyAndAreClipped() {
    Calibration calibration = Calibration.straight(-1, 0.5);
    double before = 0;
    for (double margin = -20; margin <= 20; margin += 0.25) {
      double probability = calibration.probability(margin);
      assertThat(probability).isGreaterThan(before);
      before = probability;
    }
    assertThat(calibration.probability(-1e9)).isEqualTo(1e-6);
    assertThat(calibration.probability(1e9)).isEqualTo(1 - 1e-6);
  }

  @Test
  void aSlopeThatDoesNotRiseIsRefused() {
    assertThatThrownBy(() -> Calibration.straight(0, 0)).hasMessageContaining("must be positive");
  }
}
