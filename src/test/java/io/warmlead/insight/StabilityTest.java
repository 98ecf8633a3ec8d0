package io.warmlead.insight;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.testing.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class StabilityTest {
  private final Random random = new Random(3);
  private final List<Row> before = new ArrayList<>();
  private final List<Row> now = new ArrayList<>();

  @Test
  void tellsWhatMovedFromNoise() {
    add("same", 2_000, value -> value);
    add("shifted", 2_000, value -> value + 1);
    addConstants("was_constant_fell", 0, -1);
    addConstants("was_constant_rose", 0, 1);
    addConstants("constant", 7, 7);
    before.add(row("only_before", 1D));
    now.add(row("only_now", 1D));
    List<Stability.Shift> shifts = Stability.between(frame(before), frame(now));
    assertThat(shifts.stream().map(Stability.Shift::name))
        .containsExactly("constant", "same", "shifted", "was_constant_fell", "was_constant_rose");
    assertThat(shift(shifts, "constant").psi()).isZero();
    assertThat(shift(shifts, "same").psi()).isLessThan(shift(shifts, "same").noise());
    // Between normal distributions one standard deviation apart PSI is 1.
    assertThat(shift(shifts, "shifted").psi()).isBetween(0.8, 1.1);
    assertThat(shift(shifts, "shifted").referenceMedian()).isCloseTo(0, within(0.1));
    assertThat(shift(shifts, "shifted").median()).isCloseTo(1, within(0.1));
    assertThat(shift(shifts, "was_constant_fell").psi()).isGreaterThan(1);
    assertThat(shift(shifts, "was_constant_rose").psi()).isGreaterThan(1);
  }

  @Test
  void isTheSumOverBinsOfDifferenceTimesLogOfRatio() {
    for (int i = 0; i < 60; i++) {
      before.add(row("switch", i < 30 ? 0D : 1D));
      now.add(row("switch", i < 45 ? 0D : 1D));
    }
    Stability.Shift shift = shift(Stability.between(frame(before), frame(now)), "switch");
    // Two bins, half a lead added to each: 30.5 and 30.5, 45.5 and 15.5 of 61.
    double expected = 15 / 61.0 * Math.log(45.5 / 30.5) - 15 / 61.0 * Math.log(15.5 / 30.5);
    assertThat(shift.psi()).isCloseTo(expected, within(1e-12));
    // R: qchisq(0.999, 1) = 10.82757.
    assertThat(shift.noise()).isCloseTo(10.82757 / 30, within(1e-5));
    assertThat(shift.n()).isEqualTo(60);
  }

  @Test
  void chanceAloneRarelyExceedsTheNoise() {
    for (int i = 0; i < 300; i++) {
      String name = "n" + i;
      for (int lead = 0; lead < 120; lead++) {
        before.add(row(name, Math.max(0, random.nextGaussian())));
        now.add(row(name, Math.max(0, random.nextGaussian())));
      }
    }
    List<Stability.Shift> shifts = Stability.between(frame(before), frame(now));
    assertThat(shifts).hasSize(300);
    assertThat(shifts.stream().filter(shift -> shift.psi() > shift.noise()).count()).isLessThan(4);
  }

  private void add(String name, int leads, DoubleUnaryOperator moved) {
    for (int lead = 0; lead < leads; lead++) {
      before.add(row(name, random.nextGaussian()));
      now.add(row(name, moved.applyAsDouble(random.nextGaussian())));
    }
  }

  private void addConstants(String name, double was, double is) {
    for (int lead = 0; lead < 100; lead++) {
      before.add(row(name, was));
      now.add(row(name, is));
    }
  }

  private static Stability.Shift shift(List<Stability.Shift> shifts, String name) {
    return shifts.stream().filter(shift -> shift.name().equals(name)).findFirst().orElseThrow();
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return Frames.frame("name STRING, value DOUBLE", rows.toArray(Row[]::new));
  }
}
