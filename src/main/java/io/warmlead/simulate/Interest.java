package io.warmlead.simulate;

/**
 * The state of a lead between events: interest by the signal that raised it, the project behind it,
 * and fatigue from our touches; everything decays exponentially.
 *
 * <p>Interest X is the sum over past signals of mark x 2^(-age / half-life of that signal in that
 * segment).
 */
final class Interest {
  private static final double NEGLIGIBLE = 1e-7;

  private final double[] decay;
  private final double projectDecay;
  private final double[] level = new double[Activity.ALL.size()];
  private double project;
  private double fatigue;
  private double total;
  private double now;

  Interest(Segment segment, double now) {
    this.now = now;
    decay = decayRates(segment);
    projectDecay = projectDecayRate(segment);
  }

  /** Decay rates per day, by activity. */
  static double[] decayRates(Segment segment) {
    double[] rates = new double[Activity.ALL.size()];
    for (Activity activity : Activity.ALL) {
      rates[activity.position()] = Math.log(2) / activity.halfLifeDays(segment);
    }
    return rates;
  }

  static double projectDecayRate(Segment segment) {
    return Math.log(2) / (PlantedTruth.PROJECT_HALF_LIFE * segment.halfLifeFactor);
  }

  void advanceTo(double time) {
    double elapsed = time - now;
    now = time;
    total = 0;
    for (int signal = 0; signal < level.length; signal++) {
      if (level[signal] > NEGLIGIBLE) {
        level[signal] *= Math.exp(-decay[signal] * elapsed);
        total += level[signal];
      }
    }
    project *= Math.exp(-projectDecay * elapsed);
    fatigue *= Math.exp(-Math.log(2) / PlantedTruth.FATIGUE_HALF_LIFE * elapsed);
  }

  void raise(Activity activity, double mark) {
    level[activity.position()] += mark;
    total += mark;
  }

  void beginProject(double size) {
    project += size;
  }

  void tire() {
    fatigue++;
  }

  /** Interest, all signals together. */
  double total() {
    return total;
  }

  double of(int signal) {
    return level[signal];
  }

  double project() {
    return project;
  }

  /** Touches, each halved every {@link PlantedTruth#FATIGUE_HALF_LIFE} days. */
  double fatigue() {
    return fatigue;
  }
}
