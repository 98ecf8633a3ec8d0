package io.warmlead.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The dates after every cut, each scored as it would have been scored then: slope and level of a
 * cut use only what was known at it.
 *
 * @param all probabilities of what is known by now, beside it, validation and test together
 * @param metrics of the validation and the test dates, with baselines
 * @param contract what was promised for the test dates
 */
record Evaluation(Judged all, List<MetricRow> metrics, CalibrationContract contract) {
  static final String TEST = "test";
  private static final String VALIDATION = "validation";

  static Evaluation of(List<Rehearsal> rehearsals, Recipe recipe, Instant knownAt) {
    Calibrator calibrator = recipe.calibrator();
    List<Judged> judged = new ArrayList<>();
    List<Judged> engaged = new ArrayList<>();
    List<Calibrator.Margins> before = new ArrayList<>();
    for (Rehearsal rehearsal : rehearsals) {
      Calibrator.Margins tested = rehearsal.tested(recipe.contender());
      Instant at = rehearsal.cut().at();
      Calibration calibration = recipe.calibration(before, rehearsal.all(recipe.contender()), at);
      judged.add(
          judge(
              tested.rows(),
              i -> calibration.probability(tested.margin()[i]),
              calibrator,
              knownAt));
      before.add(tested);
      Predictions awake = tested.rows().where(row -> hasEngaged(tested.rows(), row));
      double[] margins = recipe.contender().margins(awake);
      engaged.add(judge(awake, i -> calibration.probability(margins[i]), calibrator, knownAt));
    }
    // With one cut alone its dates both choose and test; the model's notes say so.
    boolean hasValidation = judged.size() > 1;
    Judged test = Judged.together(hasValidation ? judged.subList(1, judged.size()) : judged);
    List<MetricRow> metrics = new ArrayList<>(Metrics.of(test, TEST));
    if (hasValidation) {
      metrics.addAll(Metrics.of(judged.get(0), VALIDATION));
    }
    List<Rehearsal> tested = rehearsals.subList(hasValidation ? 1 : 0, rehearsals.size());
    for (int baseline = 0; baseline < Predictions.BASELINES.size(); baseline++) {
      metrics.addAll(
          Metrics.baseline(
              baseline(tested, recipe, knownAt, baseline),
              TEST,
              Predictions.BASELINES.get(baseline)));
    }
    metrics.addAll(
        amongEngaged(
            Judged.together(hasValidation ? engaged.subList(1, engaged.size()) : engaged)));
    CalibrationContract contract = CalibrationContract.of(test);
    metrics.addAll(contract.metrics(TEST));
    return new Evaluation(Judged.together(judged), metrics, contract);
  }

  /** Where most leads fell asleep long ago, to rank those last is no feat: the AUC without them. */
  private static List<MetricRow> amongEngaged(Judged rows) {
    return rows.leads().converting() < LeakageGate.FEWEST
        ? List.of()
        : Metrics.baseline(rows, TEST, LeakageGate.ENGAGED).stream()
            .filter(row -> row.metric().equals("auc_" + LeakageGate.ENGAGED))
            .toList();
  }

  private static boolean hasEngaged(Predictions rows, int row) {
    return rows.baselines()[row][0] >= -Math.log1p(AloneProbe.AWAKE_DAYS);
  }

  private static Judged baseline(
      List<Rehearsal> tested, Recipe recipe, Instant knownAt, int which) {
    return Judged.together(
        tested.stream()
            .map(
                rehearsal -> {
                  Predictions rows = rehearsal.tested(recipe.contender()).rows();
                  return judge(
                      rows,
                      // Any rising map into (0, 1) keeps the order within a date.
                      i -> 0.5 + Math.atan(rows.baselines()[i][which]) / Math.PI,
                      recipe.calibrator(),
                      knownAt);
                })
            .toList());
  }

  /** Where a horizon is still running, the probability is that of a conversion by now. */
  private static Judged judge(
      Predictions rows,
      java.util.function.IntToDoubleFunction probability,
      Calibrator calibrator,
      Instant knownAt) {
    ToDoubleFunction<Long> exposure = calibrator.exposure(knownAt);
    long known = Calibrator.micros(knownAt);
    double[] probabilities = new double[rows.size()];
    boolean[] converted = new boolean[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      double share = exposure.applyAsDouble(rows.asOf()[row]);
      probabilities[row] = Calibration.clipped(share * probability.applyAsDouble(row));
      converted[row] = rows.hasConvertedBy(row, known);
    }
    return Judged.of(probabilities, converted, rows.lead(), rows.segment(), rows.asOf());
  }
}
