package io.warmlead.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class AxisTest {

  @Test
  void endsOnRoundNumbers() {
    Axis axis = Axis.round(0, 0.137, 4, 0, 100);

    assertThat(axis.high()).isCloseTo(0.15, within(1e-12));
    assertThat(axis.ticks()).hasSize(4);
    assertThat(axis.ticks().get(3)).isCloseTo(0.15, within(1e-12));
  }

  @Test
  void putsDataInsideAndOutsideTheirPlaces() {
    Axis axis = Axis.exact(0, 200, 5, 10, 110);

    assertThat(axis.place(50)).isEqualTo(35);
    assertThat(axis.place(-1)).isEqualTo(10);
    assertThat(axis.place(999)).isEqualTo(110);
    assertThat(axis.ticks()).containsExactly(0D, 50D, 100D, 150D, 200D);
  }

  @Test
  void runsDownThePageWhereThePlacesDo() {
    assertThat(Axis.exact(0, 1, 4, 100, 0).place(0.25)).isEqualTo(75);
  }
}
