package io.warmlead.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Isotonic calibration: the rising step function of the margin that fits outcomes best (pool
 * adjacent violators: Ayer et al. 1955; for scores: Zadrozny and Elkan 2002), made strictly rising.
 *
 * <p>Rows are first put into up to twenty equal groups, each drawn towards what Platt's straight
 * map expects by five conversions' worth, so that no rate is 0 or 1; groups that violate the order
 * are pooled. Each pool is one knot of a {@link Shape} at its mean margin, and between knots the
 * map is straight: what isotonic regression would leave tied keeps its order.
 */
final class ShapeFit {
  private static final int MOST_GROUPS = 20;

  /** Conversions that a group should hold; fewer tell no rate. */
  private static final long CONVERSIONS_PER_GROUP = 25;

  private static final double PRIOR_CONVERSIONS = 5;

  private ShapeFit() {}

  /** A group of rows with neighbouring margins. */
  private record Pool(double rows, double margins, double conversions) {
    Pool with(Pool next) {
      return new Pool(rows + next.rows, margins + next.margins, conversions + next.conversions);
    }

    double rate() {
      return conversions / rows;
    }
  }

  /**
   * Fits.
   *
   * @param heldOut margins by models that had not learned from the rows; only rows whose horizon
   *     had passed are used
   * @param slope Platt's slope of the same rows
   * @return straight where there are too few conversions for three groups
   */
  static Shape of(
      List<Calibrator.Margins> heldOut, double slope, double horizonDays, Instant knownAt) {
    long known = Calibrator.micros(knownAt);
    List<double[]> rows = new ArrayList<>();
    long conversions = 0;
    for (Calibrator.Margins margins : heldOut) {
      for (int row = 0; row < margins.rows().size(); row++) {
        if (margins.rows().daysUntil(row, known) >= horizonDays) {
          boolean converted = margins.rows().hasConvertedBy(row, known);
          rows.add(new double[] {margins.margin()[row], converted ? 1 : 0});
          conversions += converted ? 1 : 0;
        }
      }
    }
    int groups = (int) Math.min(MOST_GROUPS, conversions / CONVERSIONS_PER_GROUP);
    if (groups < 3) {
      return Shape.STRAIGHT;
    }
    rows.sort(Comparator.comparingDouble(row -> row[0]));
    double level = level(rows, slope);
    List<Pool> pools = new ArrayList<>();
    for (Pool group : groups(rows, groups, level, slope)) {
      pools.add(group);
      while (pools.size() > 1 && pools.get(pools.size() - 2).rate() >= last(pools).rate()) {
        Pool next = pools.remove(pools.size() - 1);
        pools.set(pools.size() - 1, last(pools).with(next));
      }
    }
    return shape(pools, level, slope);
  }

  private static Pool last(List<Pool> pools) {
    return pools.get(pools.size() - 1);
  }

  private static double level(List<double[]> rows, double slope) {
    Level level = new Level(3);
    rows.forEach(row -> level.add(slope * row[0], 1, 1, (long) row[1]));
    return level.shift(0, 1);
  }

  /** Groups that hold equally many conversions, as many as Platt's map expects. */
  private static List<Pool> groups(List<double[]> rows, int groups, double level, double slope) {
    double[] expected =
        rows.stream().mapToDouble(row -> 1 / (1 + Math.exp(-(level + slope * row[0])))).toArray();
    double all = IntStream.range(0, expected.length).mapToDouble(row -> expected[row]).sum();
    List<Pool> filled = new ArrayList<>();
    double passed = 0;
    int from = 0;
    for (int row = 0; row < expected.length; row++) {
      passed += expected[row];
      boolean isLast = row == expected.length - 1;
      boolean isTied = !isLast && rows.get(row)[0] == rows.get(row + 1)[0];
      if (isLast || (!isTied && passed >= all * (filled.size() + 1) / groups)) {
        filled.add(pool(rows, expected, from, row + 1));
        from = row + 1;
      }
    }
    return filled;
  }

  private static Pool pool(List<double[]> rows, double[] expected, int from, int to) {
    double margins = 0;
    double conversions = 0;
    double promised = 0;
    for (int row = from; row < to; row++) {
      margins += rows.get(row)[0];
      conversions += rows.get(row)[1];
      promised += expected[row];
    }
    int n = to - from;
    // As if so many conversions more had come as promised.
    double more = PRIOR_CONVERSIONS / Math.max(promised, 1e-9);
    double weight = n * (1 + more);
    return new Pool(weight, margins * (1 + more), conversions + PRIOR_CONVERSIONS);
  }

  /** On the scale of the margin: what Platt's map would have to be given to say the pool's rate. */
  private static Shape shape(List<Pool> pools, double level, double slope) {
    List<Double> margins = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (Pool pool : pools) {
      double value = (Calibration.logit(Calibration.clipped(pool.rate())) - level) / slope;
      double margin = pool.margins() / pool.rows();
      boolean rises =
          margins.isEmpty()
              || (margin > margins.get(margins.size() - 1)
                  && value > values.get(values.size() - 1));
      if (rises) {
        margins.add(margin);
        values.add(value);
      }
    }
    return margins.size() < 3 ? Shape.STRAIGHT : new Shape(margins, values);
  }
}
