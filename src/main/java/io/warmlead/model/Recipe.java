package io.warmlead.model;

import io.warmlead.feature.Feature;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What was chosen, and how its margins become probabilities at any instant. */
record Recipe(Choice choice, SegmentOffsets offsets, ShapeChoice shapes, Calibrator calibrator) {

  static Recipe of(
      Choice choice,
      List<Rehearsal> rehearsals,
      Calibrator calibrator,
      List<Feature> features,
      Instant knownAt) {
    SegmentOffsets offsets =
        SegmentOffsets.among(rehearsals, choice.contender(), calibrator, features, knownAt);
    Contender contender = choice.contender().with(offsets.validated());
    return new Recipe(
        choice, offsets, ShapeChoice.among(rehearsals, contender, calibrator, knownAt), calibrator);
  }

  /** For dates after the first cut: what it takes of later dates is not fitted to them. */
  Contender contender() {
    return choice.contender().with(offsets.validated());
  }

  /** For dates to come. */
  Contender published() {
    return choice.contender().with(offsets.all());
  }

  /** What a reader of the model card must know. */
  List<String> notes() {
    return Stream.concat(Stream.of(shapes.why()), offsets.told().stream()).toList();
  }

  /**
   * The map from margin to probability as it would have been found at an instant.
   *
   * @param heldOut margins of dates that the models behind them had not learned from
   * @param recent margins, by the model to be calibrated, of dates before the instant
   */
  Calibration calibration(List<Calibrator.Margins> heldOut, Calibrator.Margins recent, Instant at) {
    Shape shape = shapes.at(at, heldOut);
    double slope = calibrator.slope(Calibrator.shaped(heldOut, shape), at);
    return calibrator.calibrate(slope, recent.shaped(shape), at).shaped(shape);
  }
}
