package io.warmlead.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Shares of leads that probability makes hot, and hot or warm, chosen on out-of-time predictions.
 * Together they are the smallest share, of 15 to 35 % of the leads, that holds 60 % of the
 * conversions; a smaller one that holds as many where few leads are awake, so that the last of them
 * is promised twice as much as what is left cold. Hot is the largest share, of at most 10 % and two
 * thirds of those, that converts ten times as often as what is left cold, and whose last leads are
 * promised five times as much: what sleeps is not hot because it shares a tier with what does not.
 * Where the data do not allow that, they are 10 % and 30 %, and it is said.
 *
 * @param hot share of the leads of a date with the highest probabilities
 * @param warm share that is hot or warm
 * @param notes what the data did not allow
 */
record TierShares(double hot, double warm, List<String> notes) {
  private static final double USUAL_HOT = 0.10;
  private static final double USUAL_WARM = 0.30;
  private static final int LEAST_WARM = 15;
  private static final int MOST_WARM = 35;
  private static final double CAPTURE = 0.6;
  private static final double TIMES = 10;

  /** Hot leads are two thirds of the hot and the warm at most, as 10 % are of 15 %. */
  private static final double HOT_OF_WARM = 2 / 3D;

  /** So many times as much as cold leads are the last leads of a tier promised. */
  private static final double WARM_LAST_TIMES = 2;

  private static final double HOT_LAST_TIMES = 5;

  /** The last leads of a share are the lowest thousandth of all leads in it. */
  private static final int LAST = 1_000;

  /** Fewer conversions among the hot say too little of their rate. */
  private static final long FEWEST = 10;

  /** Chooses. */
  static TierShares of(Judged rows) {
    Tops tops = Tops.of(rows);
    List<String> notes = new ArrayList<>();
    double warm = warm(tops, notes);
    return new TierShares(hot(tops, warm, notes), warm, List.copyOf(notes));
  }

  private static double warm(Tops tops, List<String> notes) {
    for (int percent = LEAST_WARM; percent <= MOST_WARM; percent++) {
      if (tops.capture(percent / 100D) >= CAPTURE) {
        return awake(tops, percent / 100D);
      }
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "Warm and hot leads cannot hold 60 %% of the conversions: the %d %% of leads with the"
                + " highest probabilities held %.0f %% of them out of time.",
            MOST_WARM,
            100 * tops.capture(MOST_WARM / 100D)));
    return USUAL_WARM;
  }

  /** The share without those that are promised hardly more than cold leads. */
  private static double awake(Tops tops, double share) {
    double warm = share;
    for (double narrower : falling(share).toArray()) {
      boolean isAwake = tops.lastTimes(warm, warm) >= WARM_LAST_TIMES;
      if (isAwake || tops.capture(narrower) < CAPTURE) {
        return warm;
      }
      warm = narrower;
    }
    return warm;
  }

  private static double hot(Tops tops, double warm, List<String> notes) {
    double most = Math.min(USUAL_HOT, Math.round(HOT_OF_WARM * warm * 1_000) / 1_000D);
    return falling(MOST_WARM / 100D)
        .filter(share -> share <= most)
        .filter(share -> tops.conversions(share) >= FEWEST)
        .filter(share -> tops.times(share, warm) >= TIMES)
        .filter(share -> tops.lastTimes(share, warm) >= HOT_LAST_TIMES)
        .findFirst()
        .orElseGet(
            () -> {
              notes.add(
                  String.format(
                      Locale.ROOT,
                      "Hot leads do not convert ten times as often as cold ones: out of time the"
                          + " top %.0f %% converted %.1f times as often as what is left cold.",
                      100 * most,
                      tops.times(most, warm)));
              return most;
            });
  }

  /** Shares below one: whole percents, and below one percent tenths of it. */
  private static DoubleStream falling(double below) {
    return DoubleStream.concat(
            IntStream.iterate(MOST_WARM, percent -> percent >= 1, percent -> percent - 1)
                .mapToDouble(percent -> percent / 100D),
            IntStream.iterate(9, tenth -> tenth >= 1, tenth -> tenth - 1)
                .mapToDouble(tenth -> tenth / 1_000D))
        .filter(share -> share < below);
  }

  /**
   * What came of the first rows from the top of their dates, by number of rows, and what was
   * promised for them.
   */
  // Rows by the hundred thousand: plain arrays, never compared, never handed out of the room.
  @SuppressWarnings("ArrayRecordComponent")
  private record Tops(long[] converted, double[] promised) {
    static Tops of(Judged rows) {
      int[] rising = Ranked.of(rows).row();
      long[] converted = new long[rows.size() + 1];
      double[] promised = new double[rows.size() + 1];
      for (int count = 1; count <= rows.size(); count++) {
        int row = rising[rows.size() - count];
        converted[count] = converted[count - 1] + (rows.converted()[row] ? 1 : 0);
        promised[count] = promised[count - 1] + rows.probability()[row];
      }
      return new Tops(converted, promised);
    }

    private int all() {
      return converted.length - 1;
    }

    private int rows(double share) {
      return (int) Math.max(1, Math.ceil(share * all()));
    }

    long conversions(double share) {
      return converted[rows(share)];
    }

    double capture(double share) {
      return (double) conversions(share) / converted[all()];
    }

    /** How many times as often the top converts as what lies below warm. */
    double times(double share, double warm) {
      double top = (double) conversions(share) / rows(share);
      double rest =
          (double) (converted[all()] - conversions(warm)) / Math.max(1, all() - rows(warm));
      return rest == 0 ? Double.POSITIVE_INFINITY : top / rest;
    }

    /** How many times as much the last of the top are promised as what lies below warm. */
    double lastTimes(double share, double warm) {
      int to = rows(share);
      int from = Math.max(0, to - Math.max(1, all() / LAST));
      double last = (promised[to] - promised[from]) / (to - from);
      double rest = (promised[all()] - promised[rows(warm)]) / Math.max(1, all() - rows(warm));
      return rest <= 0 ? Double.POSITIVE_INFINITY : last / rest;
    }
  }
}
