package io.warmlead.decay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

/** Against R 4.2.2: {@code pnorm(z, lower.tail = FALSE, log.p = TRUE)}, and dnorm over pnorm. */
final class NormalTailTest {
  private static final double[][] FROM_R = {
    {-3, -1.350809964748e-03, 4.437839042126e-03},
    {0, -6.931471805599e-01, 7.978845608029e-01},
    {4.999, -1.505981237367e+01, 5.185536668974e+00},
    {5.001, -1.507018538161e+01, 5.187471276103e+00},
    {30, -4.543212439563e+02, 3.003325966743e+01}
  };

  @Test
  void probabilityAndHazardAreThoseOfRHoweverFarOut() {
    for (double[] expected : FROM_R) {
      NormalTail tail = NormalTail.beyond(expected[0]);
      assertThat(tail.logProbability()).isCloseTo(expected[1], withinPercentage(1e-9));
      assertThat(tail.hazard()).isCloseTo(expected[2], withinPercentage(1e-9));
    }
  }

  @Test
  void theSlopeIsThatOfTheHazard() {
    for (double z : new double[] {-3, 0, 4.9, 5.1, 30}) {
      double step = 1e-4;
      double rise = NormalTail.beyond(z + step).hazard() - NormalTail.beyond(z - step).hazard();
      assertThat(NormalTail.beyond(z).hazardSlope()).isCloseTo(rise / (2 * step), within(1e-7));
    }
    assertThat(NormalTail.beyond(-40).logProbability()).isZero();
  }
}
