package io.warmlead.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What the probabilities of later dates promised beside what came, per tier and segment.
 *
 * <p>A promise is broken where the odds of a conversion were off by more than a factor, and by more
 * than noise. The factor is two for all leads together, and three for those of a segment, which
 * moves with the whole and by itself. Noise: the number of conversions has at most the standard
 * deviation that it would have if all rows of a lead told one and the same conversion, the square
 * root of the sum over leads of (sum over the lead's rows of sqrt(p (1 - p))) squared. The more
 * promises are looked at, the further one must be off (Bonferroni): a model whose odds are no
 * further off than the factor is refused one time in a hundred, in however many segments its leads
 * fall.
 *
 * <p>Hot here is the tenth of all rows with the highest probability, warm the next fifth, cold the
 * rest, whatever {@link TierShares} the model chose: promises of different models stay comparable.
 */
final class CalibrationContract {
  /** Right probabilities waver with the base rate; what is off by more misleads who plans by it. */
  private static final double MOST_ODDS_OFF = 2;

  private static final double MOST_ODDS_OFF_IN_SEGMENT = 3;

  /** Of refusing a model although none of its promises is off by more. */
  private static final double CHANCE = 0.01;

  /** Promises can be broken by too few conversions as well as by too many. */
  private static final double SIDES = 2;

  private static final double Z95 = 1.96;
  private static final double HOT_SHARE = 0.10;
  private static final double WARM_SHARE = 0.30;
  private static final String EVERY_TIER = "all";

  private final Judged rows;
  private final Map<Group, Sums> groups = new LinkedHashMap<>();

  /** Rows that share a promise. */
  private record Group(String segment, String tier) {}

  private CalibrationContract(Judged rows) {
    this.rows = rows;
    List<String> segments = new ArrayList<>(List.of(MetricRow.ALL));
    rows.segments().stream()
        .filter(name -> !name.equals(MetricRow.ALL))
        .filter(name -> rows.within(name).conversions() >= Metrics.FEWEST_CONVERSIONS)
        .forEach(segments::add);
    for (String segment : segments) {
      for (String tier : List.of(EVERY_TIER, "cold", "warm", "hot")) {
        groups.put(
            new Group(segment, tier),
            new Sums(segment.equals(MetricRow.ALL) ? MOST_ODDS_OFF : MOST_ODDS_OFF_IN_SEGMENT));
      }
    }
    for (int row : byLead(rows)) {
      for (String segment : List.of(MetricRow.ALL, rows.segment()[row])) {
        for (String tier : List.of(EVERY_TIER, tier(row))) {
          Sums sums = groups.get(new Group(segment, tier));
          if (sums != null) {
            sums.add(rows, row);
          }
        }
      }
    }
  }

  /**
   * Adds up; segments with fewer than ten conversions are left to the overall promise.
   *
   * @param rows out-of-time, all segments, lowest probability first
   */
  static CalibrationContract of(Judged rows) {
    return new CalibrationContract(rows);
  }

  private static int[] byLead(Judged rows) {
    return IntStream.range(0, rows.size())
        .boxed()
        .sorted(Comparator.<Integer>comparingLong(row -> rows.lead()[row]))
        .mapToInt(row -> row)
        .toArray();
  }

  private String tier(int row) {
    int above = rows.size() - 1 - row;
    if (above < Math.ceil(HOT_SHARE * rows.size())) {
      return "hot";
    }
    return above < Math.ceil(WARM_SHARE * rows.size()) ? "warm" : "cold";
  }

  /** {@code expected_rate_TIER} and {@code observed_rate_TIER}, per segment and overall. */
  List<MetricRow> metrics(String split) {
    List<MetricRow> metrics = new ArrayList<>();
    groups.forEach(
        (group, sums) -> {
          if (sums.rows > 0 && !group.tier().equals(EVERY_TIER)) {
            double expected = sums.right.expected / sums.rows;
            double observed = (double) sums.observed / sums.rows;
            double noise = Z95 * sums.right.noise() / sums.rows;
            metrics.add(
                new MetricRow(
                    split,
                    group.segment(),
                    "expected_rate_" + group.tier(),
                    expected,
                    null,
                    null,
                    sums.rows));
            metrics.add(
                new MetricRow(
                    split,
                    group.segment(),
                    "observed_rate_" + group.tier(),
                    observed,
                    Math.max(0, observed - noise),
                    Math.min(1, observed + noise),
                    sums.rows));
          }
        });
    return metrics;
  }

  /** Which promises were broken, in words; empty if all were kept. */
  Optional<String> broken() {
    double beyondNoise = beyondNoise();
    return told(sums -> sums.isOffByMore(beyondNoise))
        .map(
            broken ->
                "Broken calibration contract: on later dates the probabilities were off by more"
                    + " than a factor of "
                    + (int) MOST_ODDS_OFF
                    + " in odds, or of "
                    + (int) MOST_ODDS_OFF_IN_SEGMENT
                    + " in a segment, beyond noise ("
                    + broken
                    + "). Conversions may have changed, or the outcomes of some dates be missing:"
                    + " compare the outcomes that were read with the source.");
  }

  /** Which promises were off by more than noise, though not broken, in words. */
  Optional<String> strained() {
    double beyondNoise = beyondNoise();
    return told(sums -> sums.isOff(beyondNoise))
        .map(
            strained ->
                "Probabilities were off by more than noise on later dates: " + strained + ".");
  }

  private Optional<String> told(Predicate<Sums> which) {
    List<String> told = new ArrayList<>();
    groups.forEach(
        (group, sums) -> {
          if (sums.tellsEnough() && which.test(sums)) {
            told.add(
                String.format(
                    Locale.ROOT,
                    "%s%s: %.1f conversions promised, %d came",
                    group.tier().equals(EVERY_TIER) ? "all leads" : group.tier() + " leads",
                    group.segment().equals(MetricRow.ALL) ? "" : " of segment " + group.segment(),
                    sums.right.expected,
                    sums.observed));
          }
        });
    return told.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", told));
  }

  /** Standard deviations that noise may explain in any of the promises. */
  private double beyondNoise() {
    long looked = groups.values().stream().filter(Sums::tellsEnough).count();
    return new NormalDistribution()
        .inverseCumulativeProbability(1 - CHANCE / SIDES / (double) Math.max(1, looked));
  }

  /** Sums of one group. */
  private static final class Sums {
    private final Promise right = new Promise(1);
    private final Promise tooHigh;
    private final Promise tooLow;
    private long rows;
    private long observed;

    Sums(double mostOddsOff) {
      tooHigh = new Promise(1 / mostOddsOff);
      tooLow = new Promise(mostOddsOff);
    }

    void add(Judged from, int row) {
      rows++;
      observed += from.converted()[row] ? 1 : 0;
      for (Promise promise : List.of(right, tooHigh, tooLow)) {
        promise.add(from.lead()[row], from.probability()[row]);
      }
    }

    boolean tellsEnough() {
      return Math.max((double) observed, right.expected) >= Metrics.FEWEST_CONVERSIONS;
    }

    boolean isOffByMore(double beyondNoise) {
      return tooHigh.isAbove(observed, beyondNoise) || tooLow.isBelow(observed, beyondNoise);
    }

    boolean isOff(double beyondNoise) {
      return right.isAbove(observed, beyondNoise) || right.isBelow(observed, beyondNoise);
    }
  }

  /** Conversions to be expected if all odds are multiplied by a factor. */
  private static final class Promise {
    private final double oddsFactor;
    private double expected;
    private double squares;
    private long lead;
    private double deviationOfLead;

    Promise(double oddsFactor) {
      this.oddsFactor = oddsFactor;
    }

    /** Adds a row; the rows of a lead come one after the other. */
    void add(long leadOfRow, double probability) {
      double odds = oddsFactor * probability / (1 - probability);
      double moved = odds / (1 + odds);
      expected += moved;
      if (leadOfRow != lead) {
        squares += deviationOfLead * deviationOfLead;
        deviationOfLead = 0;
        lead = leadOfRow;
      }
      deviationOfLead += Math.sqrt(moved * (1 - moved));
    }

    boolean isAbove(long observed, double beyondNoise) {
      return expected - beyondNoise * noise() > observed;
    }

    boolean isBelow(long observed, double beyondNoise) {
      return expected + beyondNoise * noise() < observed;
    }

    /** Standard deviation of the number of conversions. */
    double noise() {
      return Math.sqrt(squares + deviationOfLead * deviationOfLead);
    }
  }
}
