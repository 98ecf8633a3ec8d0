package io.warmlead.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shares of leads that probability makes hot, and hot or warm, chosen on out-of-time predictions.
 * Together they are the smallest share, of 15 to 35 % of the leads, that holds 60 % of the
 * conversions; hot is the largest share, of at most 10 %, that converts ten times as often as what
 * is left cold. Where the data do not allow that, they are 10 % and 30 %, and it is said.
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
  private static final int MOST_HOT = 10;
  private static final double CAPTURE = 0.6;
  private static final double TIMES = 10;

  /** Fewer conversions among the hot say too little of their rate. */
  private static final long FEWEST = 10;

  /** Chooses. */
  static TierShares of(Judged rows) {
    long[] conversions = fromTheTop(rows);
    List<String> notes = new ArrayList<>();
    double warm = warm(conversions, notes);
    return new TierShares(hot(conversions, warm, notes), warm, List.copyOf(notes));
  }

  private static double warm(long[] conversions, List<String> notes) {
    for (int percent = LEAST_WARM; percent <= MOST_WARM; percent++) {
      if (capture(conversions, percent / 100D) >= CAPTURE) {
        return percent / 100D;
      }
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "Warm and hot leads cannot hold 60 %% of the conversions: the %d %% of leads with the"
                + " highest probabilities held %.0f %% of them out of time.",
            MOST_WARM,
            100 * capture(conversions, MOST_WARM / 100D)));
    return USUAL_WARM;
  }

  private static double hot(long[] conversions, double warm, List<String> notes) {
    for (int percent = MOST_HOT; percent >= 1; percent--) {
      if (at(conversions, percent / 100D) >= FEWEST
          && times(conversions, percent / 100D, warm) >= TIMES) {
        return percent / 100D;
      }
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "Hot leads do not convert ten times as often as cold ones: out of time the top 10 %%"
                + " converted %.1f times as often as what is left cold.",
            times(conversions, USUAL_HOT, warm)));
    return USUAL_HOT;
  }

  /** Conversions among the first rows from the top of their dates, by number of rows. */
  private static long[] fromTheTop(Judged rows) {
    int[] rising = Ranked.of(rows).row();
    long[] conversions = new long[rows.size() + 1];
    for (int count = 1; count <= rows.size(); count++) {
      int row = rising[rows.size() - count];
      conversions[count] = conversions[count - 1] + (rows.converted()[row] ? 1 : 0);
    }
    return conversions;
  }

  private static int rows(long[] conversions, double share) {
    return (int) Math.max(1, Math.ceil(share * (conversions.length - 1)));
  }

  private static long at(long[] conversions, double share) {
    return conversions[rows(conversions, share)];
  }

  private static double capture(long[] conversions, double share) {
    return (double) at(conversions, share) / conversions[conversions.length - 1];
  }

  /** How many times as often the top converts as what lies below warm. */
  private static double times(long[] conversions, double hot, double warm) {
    int last = conversions.length - 1;
    double top = (double) at(conversions, hot) / rows(conversions, hot);
    double rest =
        (double) (conversions[last] - at(conversions, warm))
            / Math.max(1, last - rows(conversions, warm));
    return rest == 0 ? Double.POSITIVE_INFINITY : top / rest;
  }
}
