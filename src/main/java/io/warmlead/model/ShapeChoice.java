package io.warmlead.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Platt's straight map or an isotonic one: on the dates of later cuts, with the isotonic map fitted
 * to the dates of earlier ones. The straight map stays unless the other is better by more than
 * noise.
 *
 * @param isIsotonic whether the isotonic map won
 * @param why in a sentence
 */
record ShapeChoice(boolean isIsotonic, String why, Calibrator calibrator) {

  static ShapeChoice among(
      List<Rehearsal> rehearsals, Contender contender, Calibrator calibrator, Instant knownAt) {
    DoubleStream.Builder straight = DoubleStream.builder();
    DoubleStream.Builder isotonic = DoubleStream.builder();
    LongStream.Builder leads = LongStream.builder();
    List<Calibrator.Margins> before = new ArrayList<>();
    boolean isFitted = false;
    for (Rehearsal rehearsal : rehearsals) {
      Calibrator.Margins tested = rehearsal.tested(contender);
      Shape shape = fitted(before, calibrator, knownAt);
      if (!shape.isStraight()) {
        isFitted = true;
        add(straight, calibrator.losses(tested, knownAt));
        add(isotonic, calibrator.losses(tested.shaped(shape), knownAt));
        for (long lead : tested.rows().lead()) {
          leads.add(lead);
        }
      }
      before.add(tested);
    }
    if (!isFitted) {
      return new ShapeChoice(
          false,
          "Calibration is Platt's map: conversions are too few to fit an isotonic one.",
          calibrator);
    }
    double[] lossStraight = straight.build().toArray();
    double[] lossIsotonic = isotonic.build().toArray();
    double gain = mean(lossStraight) - mean(lossIsotonic);
    boolean isBetter =
        Metrics.surelyGained(lossStraight, lossIsotonic, leads.build().toArray()) > 0;
    return new ShapeChoice(
        isBetter,
        String.format(
            Locale.ROOT,
            "Calibration is %s: on later dates the isotonic map lowered log loss by %.5f, which is %s"
                + " than noise.",
            isBetter ? "isotonic, made strictly rising" : "Platt's map",
            gain,
            isBetter ? "more" : "not more"),
        calibrator);
  }

  /** The shape that would have been fitted at an instant to rows held out before. */
  Shape at(Instant knownAt, List<Calibrator.Margins> heldOut) {
    return isIsotonic ? fitted(heldOut, calibrator, knownAt) : Shape.STRAIGHT;
  }

  private static Shape fitted(
      List<Calibrator.Margins> heldOut, Calibrator calibrator, Instant knownAt) {
    return ShapeFit.of(
        heldOut, calibrator.slope(heldOut, knownAt), calibrator.horizonDays(), knownAt);
  }

  private static void add(DoubleStream.Builder to, double[] values) {
    for (double value : values) {
      to.add(value);
    }
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElse(0);
  }
}
