package io.warmlead.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A new model against the champion, on the dates since the champion was trained: neither had
 * learned from them.
 *
 * <p>The champion is judged as it is published, its level moved at each date by what was known then
 * ({@link LevelShift}). The new model is judged as it would have been learned at the first of these
 * dates, its level moved at each by what was known then. Where the horizon of a date is still
 * running, both are judged by the conversions known so far, and probabilities are multiplied by the
 * share that should have come by now. Who is better is told by the log loss on the same rows: the
 * new model wins where the one-sided 90 % interval of its gain (paired bootstrap by lead) lies
 * above 0.
 *
 * @param isWon whether the new model was better by more than noise
 * @param told what came out, in a sentence
 * @param metrics split {@code champion}
 */
record Challenge(boolean isWon, String told, List<MetricRow> metrics) {
  static final String SPLIT = "champion";

  /** Two-sided 95 %. */
  private static final double TAIL = 0.025;

  Challenge {
    metrics = List.copyOf(metrics);
  }

  /**
   * Compares.
   *
   * @param rehearsals of the new model, oldest first; dates before the champion's training are left
   *     out
   */
  static Challenge of(
      Incumbent incumbent, List<Rehearsal> rehearsals, Recipe recipe, Instant knownAt) {
    Calibrator calibrator = recipe.calibrator();
    Rows rows = new Rows(calibrator.exposure(knownAt), Calibrator.micros(knownAt));
    List<Calibrator.Margins> before = new ArrayList<>();
    List<Calibrator.Margins> published = rehearsals.stream().map(Challenge::published).toList();
    for (Rehearsal rehearsal : rehearsals) {
      Calibrator.Margins tested = rehearsal.tested(recipe.contender());
      Calibrator.Margins all = rehearsal.all(recipe.contender());
      Map<Long, Calibrations> calibrations = new HashMap<>();
      for (Instant date : rehearsal.cut().test()) {
        if (!date.isBefore(incumbent.trainedAsOf())) {
          calibrations.put(
              Calibrator.micros(date),
              new Calibrations(
                  recipe.calibration(before, all, date),
                  Calibration.straight(calibrator.moved(published, date), 1)));
        }
      }
      rows.add(tested, calibrations);
      before.add(tested);
    }
    return rows.judged(incumbent);
  }

  /** Of one date: what makes probabilities of margins, and of what was published. */
  private record Calibrations(Calibration challenger, Calibration champion) {}

  /** Log-odds that the champion published for the test dates of a rehearsal. */
  private static Calibrator.Margins published(Rehearsal rehearsal) {
    long at = Calibrator.micros(rehearsal.cut().at());
    Predictions all = rehearsal.predictions();
    Predictions rows =
        all.where(row -> all.asOf()[row] >= at && !Double.isNaN(all.champion()[row]));
    return new Calibrator.Margins(
        rows, Arrays.stream(rows.champion()).map(Calibration::logit).toArray());
  }

  /** What both said of the rows that both can be judged by. */
  private static final class Rows {
    private final ToDoubleFunction<Long> exposure;
    private final long known;
    private final List<double[]> probabilities = new ArrayList<>();
    private final List<Boolean> converted = new ArrayList<>();
    private final List<Long> lead = new ArrayList<>();
    private final List<Long> asOf = new ArrayList<>();
    private int dates;

    Rows(ToDoubleFunction<Long> exposure, long known) {
      this.exposure = exposure;
      this.known = known;
    }

    void add(Calibrator.Margins tested, Map<Long, Calibrations> calibrations) {
      Predictions rows = tested.rows();
      dates += calibrations.size();
      for (int row = 0; row < rows.size(); row++) {
        Calibrations calibration = calibrations.get(rows.asOf()[row]);
        double champion = rows.champion()[row];
        if (calibration != null && !Double.isNaN(champion)) {
          double share = exposure.applyAsDouble(rows.asOf()[row]);
          probabilities.add(
              new double[] {
                Calibration.clipped(
                    share * calibration.challenger().probability(tested.margin()[row])),
                Calibration.clipped(
                    share * calibration.champion().probability(Calibration.logit(champion)))
              });
          converted.add(rows.hasConvertedBy(row, known));
          lead.add(rows.lead()[row]);
          asOf.add(rows.asOf()[row]);
        }
      }
    }

    Challenge judged(Incumbent incumbent) {
      Judged challenger = judged(0);
      long converting = challenger.leads().converting();
      if (converting < Metrics.FEWEST_CONVERSIONS) {
        return new Challenge(
            false,
            String.format(
                Locale.ROOT,
                "Too little is known to compare it with champion %s: since that was trained, %d"
                    + " leads are known to have converted, at least %d are needed.",
                incumbent.version(),
                converting,
                Metrics.FEWEST_CONVERSIONS),
            List.of());
      }
      double[] loss = losses(0);
      double[] lossOfChampion = losses(1);
      double[] gains =
          Metrics.gains(lossOfChampion, loss, lead.stream().mapToLong(Long::longValue).toArray());
      double gain = mean(lossOfChampion) - mean(loss);
      double low = Metrics.quantile(gains, TAIL);
      double high = Metrics.quantile(gains, 1 - TAIL);
      boolean isWon = Metrics.leastGain(gains) > 0;
      long n = loss.length;
      List<MetricRow> metrics = new ArrayList<>();
      metrics.add(row("n", (double) n, n));
      metrics.add(row("conversions", (double) challenger.conversions(), n));
      Measures.auc(challenger).ifPresent(auc -> metrics.add(row("auc", auc, n)));
      Measures.auc(judged(1)).ifPresent(auc -> metrics.add(row("auc_of_champion", auc, n)));
      metrics.add(row("log_loss", mean(loss), n));
      metrics.add(row("log_loss_of_champion", mean(lossOfChampion), n));
      metrics.add(new MetricRow(SPLIT, MetricRow.ALL, "log_loss_gain", gain, low, high, n));
      return new Challenge(
          isWon,
          String.format(
              Locale.ROOT,
              "On the %d snapshot dates since champion %s was trained, its log loss was %.5f against"
                  + " %.5f: a gain of %.5f (95 %%: %.5f to %.5f), %s.",
              dates,
              incumbent.version(),
              mean(loss),
              mean(lossOfChampion),
              gain,
              low,
              high,
              isWon ? "more than noise" : "not more than noise"),
          metrics);
    }

    private Judged judged(int which) {
      boolean[] outcomes = new boolean[converted.size()];
      for (int row = 0; row < outcomes.length; row++) {
        outcomes[row] = converted.get(row);
      }
      String[] everyone = new String[outcomes.length];
      Arrays.fill(everyone, MetricRow.ALL);
      return Judged.of(
          probabilities.stream().mapToDouble(pair -> pair[which]).toArray(),
          outcomes,
          lead.stream().mapToLong(Long::longValue).toArray(),
          everyone,
          asOf.stream().mapToLong(Long::longValue).toArray());
    }

    private double[] losses(int which) {
      double[] losses = new double[probabilities.size()];
      for (int row = 0; row < losses.length; row++) {
        double p = probabilities.get(row)[which];
        losses[row] = -Math.log(converted.get(row) ? p : 1 - p);
      }
      return losses;
    }

    private static MetricRow row(String metric, double value, long n) {
      return new MetricRow(SPLIT, MetricRow.ALL, metric, value, null, null, n);
    }

    private static double mean(double[] values) {
      return Arrays.stream(values).average().orElse(0);
    }
  }

  /** Why a model stays challenger; empty where it won. */
  Optional<String> lost() {
    return isWon ? Optional.empty() : Optional.of(told);
  }
}
