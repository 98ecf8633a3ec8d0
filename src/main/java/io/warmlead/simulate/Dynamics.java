package io.warmlead.simulate;

/**
 * The rates of everything that happens to a lead of one segment, all linear in its state: the
 * process is an affine point process.
 *
 * <ul>
 *   <li>signals from a project: audience(t) x ({@link PlantedTruth#IDLE_SIGNALS} + {@link
 *       PlantedTruth#SIGNALS_PER_PROJECT} x project);
 *   <li>signals begotten by interest: audience(t) x excitation x X, excitation chosen so that a
 *       signal begets {@link PlantedTruth#BRANCHING_RATIO} others on average;
 *   <li>touches: office(t) x ({@link PlantedTruth#IDLE_TOUCHES} + {@link
 *       PlantedTruth#TOUCHES_PER_INTEREST} x X) x the owner's factor;
 *   <li>conversion: office(t) x the lead's factor x ({@link PlantedTruth#IDLE_HAZARD} + {@link
 *       PlantedTruth#HAZARD_PER_INTEREST} x X);
 *   <li>new projects: {@link PlantedTruth#PROJECT_RATE}.
 * </ul>
 */
record Dynamics(Segment segment, double excitation) {
  private static final int STEPS_PER_HALF_LIFE = 500;

  static Dynamics of(Segment segment) {
    double[] decay = Interest.decayRates(segment);
    double offspring = 0;
    for (Activity activity : Activity.ALL) {
      offspring += activity.interestShare * activity.mark / decay[activity.position()];
    }
    return new Dynamics(segment, PlantedTruth.BRANCHING_RATIO / offspring);
  }

  static double projectSignals(double project) {
    return PlantedTruth.IDLE_SIGNALS + PlantedTruth.SIGNALS_PER_PROJECT * project;
  }

  double interestSignals(double interest) {
    return excitation * interest;
  }

  static double touches(double interest, int owner) {
    return Owners.touchFactor(owner)
        * (PlantedTruth.IDLE_TOUCHES + PlantedTruth.TOUCHES_PER_INTEREST * interest);
  }

  static double conversion(double interest, double factor) {
    return factor * (PlantedTruth.IDLE_HAZARD + PlantedTruth.HAZARD_PER_INTEREST * interest);
  }

  /**
   * Days until the interest that a signal raised has halved when the signals it begets are counted
   * in: longer than {@link Activity#halfLifeDays}, and nearer to what the silence after a touch
   * shows. Solves the mean of the process, x_k' = -decay_k x_k + excitation share_k mark_k X, by
   * explicit steps.
   */
  double halfLifeWithOffspring(Activity activity) {
    double[] decay = Interest.decayRates(segment);
    double[] level = new double[decay.length];
    level[activity.position()] = 1;
    double total = 1;
    double step = activity.halfLifeDays(segment) / STEPS_PER_HALF_LIFE;
    int steps = 0;
    while (total > 0.5) {
      double signals = interestSignals(total);
      total = 0;
      for (Activity next : Activity.ALL) {
        int signal = next.position();
        level[signal] +=
            step * (next.interestShare * next.mark * signals - decay[signal] * level[signal]);
        total += level[signal];
      }
      steps++;
    }
    return Math.round(steps * step * 1_000) / 1_000.0;
  }
}
