package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ShapeTest {
  private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
  private static final Duration HORIZON = Duration.ofDays(28);
  private static final Calibrator CALIBRATOR =
      new Calibrator(HORIZON, Duration.ofDays(7), new Delays(List.of(), HORIZON));

  /** Scores that are too sure of themselves at both ends. */
  private static double bent(double margin) {
    return -1.5 + 2 * Math.tanh(margin);
  }

  private static double straight(double margin) {
    return -1.5 + 0.8 * margin;
  }

  @Test
  void knotsAreJoinedByStraightLinesAndContinuedWithSlopeOne() {
    Shape shape = new Shape(List.of(-1.0, 0.0, 2.0), List.of(-2.0, 0.0, 1.0));
    assertThat(shape.of(-3)).isEqualTo(-4);
    assertThat(shape.of(-0.5)).isEqualTo(-1);
    assertThat(shape.of(0)).isEqualTo(0);
    assertThat(shape.of(1)).isEqualTo(0.5);
    assertThat(shape.of(5)).isEqualTo(4);
    assertThat(Shape.STRAIGHT.of(0.7)).isEqualTo(0.7);
    assertThatThrownBy(() -> new Shape(List.of(0.0, 1.0), List.of(1.0, 1.0)))
        .hasMessageContaining("must rise");
  }

  @Test
  void aBentMapIsFoundAndStaysStrictlyRising() {
    Calibrator.Margins rows = rows(ShapeTest::bent, 20_000, 1);
    double slope = CALIBRATOR.slope(List.of(rows), NOW);
    Shape shape = ShapeFit.of(List.of(rows), slope, 28, NOW);
    Calibration calibration =
        CALIBRATOR.calibrate(
            CALIBRATOR.slope(List.of(rows.shaped(shape)), NOW), rows.shaped(shape), NOW);
    Calibration shaped = calibration.shaped(shape);
    for (double margin = -2.5; margin <= 2.5; margin += 0.5) {
      double truth = 1 / (1 + Math.exp(-bent(margin)));
      assertThat(shaped.probability(margin)).isCloseTo(truth, within(0.04));
    }
    double before = 0;
    for (double margin = -6; margin <= 6; margin += 0.01) {
      double probability = shaped.probability(margin);
      assertThat(probability).isGreaterThan(before);
      before = probability;
    }
  }

  @Test
  void theIsotonicMapIsChosenOnLaterDatesWhereItPaysAndOnlyThere() {
    assertThat(choice(ShapeTest::bent, 6_000).isIsotonic()).isTrue();
    assertThat(choice(ShapeTest::bent, 6_000).why()).contains("isotonic, made strictly rising");
    assertThat(choice(ShapeTest::straight, 6_000).isIsotonic()).isFalse();
    assertThat(choice(ShapeTest::straight, 6_000).why()).contains("Platt's map: on later dates");
    assertThat(choice(ShapeTest::bent, 60).why()).contains("too few");
  }

  @Test
  void aChosenShapeUsesWhatWasKnown() {
    ShapeChoice choice = choice(ShapeTest::bent, 6_000);
    List<Calibrator.Margins> heldOut = List.of(rows(ShapeTest::bent, 6_000, 3));
    assertThat(choice.at(NOW, heldOut).isStraight()).isFalse();
    assertThat(choice.at(NOW.minus(Duration.ofDays(60)), heldOut).isStraight()).isTrue();
  }

  private static ShapeChoice choice(DoubleUnaryOperator truth, int leads) {
    List<Rehearsal> rehearsals = new ArrayList<>();
    for (int cut = 0; cut < 2; cut++) {
      Instant at = NOW.minus(Duration.ofDays(56 - 7L * cut));
      rehearsals.add(
          new Rehearsal(
              new Cut(List.of(at.minus(HORIZON)), List.of(at)),
              new Members(new double[] {1}, new int[0]),
              Held.out(truth, leads, 10 + cut, at)));
    }
    return ShapeChoice.among(rehearsals, new Contender(LinearPredictor.FAMILY, 0), CALIBRATOR, NOW);
  }

  private static Calibrator.Margins rows(DoubleUnaryOperator truth, int leads, long seed) {
    Predictions rows = Held.out(truth, leads, seed, NOW.minus(Duration.ofDays(49)));
    return new Calibrator.Margins(
        rows, Arrays.stream(rows.margins()).mapToDouble(margins -> margins[0]).toArray());
  }
}
