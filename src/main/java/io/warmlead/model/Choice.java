package io.warmlead.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which dials and which family: by log loss on the dates of the first cut.
 *
 * @param members the dials that won, one per family
 * @param kept their positions among all members of the first cut
 * @param contender the family that scores
 * @param why in a sentence
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the room
record Choice(Members members, int[] kept, Contender contender, String why) {

  /**
   * Chooses the best dial of each family. The linear model scores, or its average with the trees
   * where that has the lower loss, or the trees alone where they beat the average by more than
   * noise.
   */
  static Choice among(Rehearsal first, Calibrator calibrator, Instant knownAt) {
    List<Contender> alone = first.members().alone();
    Optional<Contender> linear = best(LinearPredictor.FAMILY, alone, first, calibrator, knownAt);
    Optional<Contender> boosted = best(TreePredictor.FAMILY, alone, first, calibrator, knownAt);
    Members all = first.members();
    double[] penalties =
        linear.map(c -> new double[] {all.penalties()[c.members()[0]]}).orElse(new double[0]);
    int[] trees =
        boosted
            .map(c -> new int[] {all.trees()[c.members()[0] - all.penalties().length]})
            .orElse(new int[0]);
    Members chosen = new Members(penalties, trees);
    if (linear.isEmpty() || boosted.isEmpty()) {
      Contender only = linear.or(() -> boosted).orElseThrow();
      return new Choice(
          chosen,
          only.members(),
          new Contender(only.family(), 0),
          "Only " + only.family().replace('_', ' ') + " was tried.");
    }
    int[] kept = {linear.get().members()[0], boosted.get().members()[0]};
    double[] averageLoss =
        losses(new Contender(AveragePredictor.FAMILY, kept), first, calibrator, knownAt);
    double[] boostedLoss = losses(boosted.get(), first, calibrator, knownAt);
    long[] lead = first.tested(linear.get()).rows().lead();
    if (Metrics.leastGain(averageLoss, boostedLoss, lead) > 0) {
      return only(
          boosted.get(), chosen, mean(averageLoss) - mean(boostedLoss), ", more than noise");
    }
    double gain = mean(losses(linear.get(), first, calibrator, knownAt)) - mean(averageLoss);
    return gain > 0
        ? new Choice(
            chosen,
            kept,
            new Contender(AveragePredictor.FAMILY, 0, 1),
            String.format(
                Locale.ROOT,
                "The average of both families was chosen: its log loss was lower than that of the"
                    + " linear model alone by %.5f.",
                gain))
        : only(linear.get(), chosen, -gain, "");
  }

  private static Choice only(Contender single, Members chosen, double gain, String beside) {
    boolean isLinear = single.family().equals(LinearPredictor.FAMILY);
    return new Choice(
        new Members(
            isLinear ? chosen.penalties() : new double[0], isLinear ? new int[0] : chosen.trees()),
        single.members(),
        new Contender(single.family(), 0),
        String.format(
            Locale.ROOT,
            "%s alone was chosen: the log loss of the average of both families was higher by"
                + " %.5f%s.",
            single.family().replace('_', ' '),
            gain,
            beside));
  }

  private static Optional<Contender> best(
      String family,
      List<Contender> alone,
      Rehearsal first,
      Calibrator calibrator,
      Instant knownAt) {
    return alone.stream()
        .filter(contender -> contender.family().equals(family))
        .min(
            Comparator.comparingDouble(
                contender -> mean(losses(contender, first, calibrator, knownAt))));
  }

  /** Log loss per row with the best slope and a level of its own for every date. */
  private static double[] losses(
      Contender contender, Rehearsal first, Calibrator calibrator, Instant knownAt) {
    return calibrator.losses(first.tested(contender), knownAt);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / Math.max(1, values.length);
  }
}
