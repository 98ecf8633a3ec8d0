package io.warmlead.model;

import java.util.Arrays;

/**
 * What was learned at a cut, applied to the dates around it.
 *
 * @param predictions from two horizons before the cut, which calibrate, to the last test date
 */
record Rehearsal(Cut cut, Members members, Predictions predictions) {

  /** The test dates alone. */
  Calibrator.Margins tested(Contender contender) {
    long at = Calibrator.micros(cut.at());
    Predictions test = predictions.where(row -> predictions.asOf()[row] >= at);
    return new Calibrator.Margins(test, contender.margins(test));
  }

  /** All dates. */
  Calibrator.Margins all(Contender contender) {
    return new Calibrator.Margins(predictions, contender.margins(predictions));
  }

  /** The same with the members that were chosen, and no others. */
  Rehearsal only(Choice choice) {
    double[][] kept =
        Arrays.stream(predictions.margins())
            .map(margins -> Arrays.stream(choice.kept()).mapToDouble(m -> margins[m]).toArray())
            .toArray(double[][]::new);
    return new Rehearsal(
        cut,
        choice.members(),
        new Predictions(
            predictions.asOf(),
            predictions.lead(),
            predictions.segment(),
            predictions.delayDays(),
            predictions.champion(),
            predictions.baselines(),
            kept));
  }
}
