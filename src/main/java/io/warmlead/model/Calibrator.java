package io.warmlead.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Finds the map from margin to probability in two steps that ask the data different questions.
 *
 * <p><em>Slope</em>: how far apart scores should be. Told by rows that the model did not learn
 * from, within each snapshot date: every date has an intercept of its own, so that a base rate that
 * moves does not bend the slope.
 *
 * <p><em>Level</em>: how many conversions there are now. Told by the newest dates whose horizon has
 * passed, then moved by the younger ones, of which the conversions so far are compared with those
 * that should have come so far ({@link Delays}). Little evidence moves it little.
 */
final class Calibrator {
  /** Prior of the slope: scores of a regularised model are about right, give or take a half. */
  private static final double SLOPE_SPREAD = 0.5;

  /** Prior of a date's intercept around 0: a base rate rarely moves by a factor of 20. */
  private static final double INTERCEPT_SPREAD = 3;

  private static final double LEAST_SLOPE = 0.05;
  private static final int MOST_STEPS = 100;
  private static final double CONVERGED = 1e-9;

  private final Duration horizon;
  private final Delays delays;
  private final double independence;

  /**
   * A calibrator.
   *
   * @param every time between snapshots: rows of one lead tell the same conversion again and again,
   *     horizon / every times, and count for that much less
   */
  Calibrator(Duration horizon, Duration every, Delays delays) {
    this.horizon = horizon;
    this.delays = delays;
    this.independence = Math.min(1, (double) every.toMillis() / horizon.toMillis());
  }

  /**
   * Margins of some rows by one contender.
   *
   * @param rows whose margins they are
   * @param margin of each row
   */
  // Rows by the hundred thousand: plain arrays, never compared, never handed out of the room.
  @SuppressWarnings("ArrayRecordComponent")
  record Margins(Predictions rows, double[] margin) {
    Margins shaped(Shape shape) {
      return shape.isStraight()
          ? this
          : new Margins(rows, Arrays.stream(margin).map(shape::of).toArray());
    }
  }

  static List<Margins> shaped(List<Margins> margins, Shape shape) {
    return margins.stream().map(part -> part.shaped(shape)).toList();
  }

  /**
   * The slope that rows told by an instant; 1 where there are none.
   *
   * @param heldOut margins by models that had not learned from the rows
   */
  double slope(List<Margins> heldOut, Instant knownAt) {
    List<DateSums> sums = new ArrayList<>();
    heldOut.forEach(margins -> sums.addAll(byDate(margins, knownAt).values()));
    return slope(sums);
  }

  /**
   * Log loss of every row, with the best common slope and an intercept of its own for every date:
   * how well margins tell the rows of a date apart, whatever the level.
   */
  double[] losses(Margins margins, Instant knownAt) {
    double[] logOdds = logOdds(margins, knownAt);
    double[] losses = new double[logOdds.length];
    for (int row = 0; row < losses.length; row++) {
      double p = Calibration.clipped(1 / (1 + Math.exp(-logOdds[row])));
      boolean converted = margins.rows().hasConvertedBy(row, micros(knownAt));
      losses[row] = -Math.log(converted ? p : 1 - p);
    }
    return losses;
  }

  /** Log-odds of every row, likewise. */
  double[] logOdds(Margins margins, Instant knownAt) {
    Map<Long, DateSums> dates = byDate(margins, knownAt);
    double slope = slope(List.copyOf(dates.values()));
    double[] logOdds = new double[margins.rows().size()];
    for (int row = 0; row < logOdds.length; row++) {
      double intercept = dates.get(margins.rows().asOf()[row]).intercept;
      logOdds[row] = intercept + slope * margins.margin()[row];
    }
    return logOdds;
  }

  /** What a row counts: rows of one lead tell the same conversion again and again. */
  double independence() {
    return independence;
  }

  private static Map<Long, DateSums> byDate(Margins margins, Instant knownAt) {
    Map<Long, DateSums> dates = new TreeMap<>();
    long known = micros(knownAt);
    Predictions rows = margins.rows();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.asOf()[row] < known) {
        dates
            .computeIfAbsent(rows.asOf()[row], date -> new DateSums())
            .add(margins.margin()[row], rows.hasConvertedBy(row, known));
      }
    }
    return dates;
  }

  private double slope(List<DateSums> sums) {
    double slope = 1;
    for (int step = 0; step < MOST_STEPS; step++) {
      double gradient = 0;
      double curvature = 0;
      for (DateSums date : sums) {
        date.settleIntercept(slope, independence);
        gradient += date.gradient;
        curvature += date.curvature;
      }
      double prior = 1 / (SLOPE_SPREAD * SLOPE_SPREAD);
      double move = (gradient - prior * (slope - 1)) / (curvature + prior);
      double next = Math.max(LEAST_SLOPE, slope + Math.max(-0.5, Math.min(0.5, move)));
      if (Math.abs(next - slope) < CONVERGED) {
        return next;
      }
      slope = next;
    }
    return slope;
  }

  /**
   * The whole map as it would have been found at an instant.
   *
   * @param recent margins, by the model to be calibrated, of dates before the instant
   */
  Calibration calibrate(double slope, Margins recent, Instant knownAt) {
    long known = micros(knownAt);
    Predictions rows = recent.rows();
    double whole = horizonDays();
    Level decided = new Level(Double.POSITIVE_INFINITY);
    Level running = new Level(Level.MOVE_SPREAD);
    Map<Long, Double> shares = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      double age = rows.daysUntil(row, known);
      if (age <= 0 || age >= 2 * whole) {
        continue;
      }
      double logOdds = slope * recent.margin()[row];
      boolean converted = rows.hasConvertedBy(row, known);
      if (age >= whole) {
        decided.add(logOdds, 1, 1, converted ? 1 : 0);
      } else {
        double share =
            shares.computeIfAbsent(rows.asOf()[row], date -> delays.shareWithin(age, knownAt));
        running.add(logOdds, share, 1, converted ? 1 : 0);
      }
    }
    double level = decided.shift(0, independence);
    return Calibration.straight(level + running.shift(level, independence), slope);
  }

  /**
   * How far the level of published probabilities would have been moved at an instant, as {@link
   * LevelShift} moves it night by night.
   *
   * @param published log-odds as published, of dates since the training
   */
  double moved(List<Margins> published, Instant knownAt) {
    long known = micros(knownAt);
    double whole = horizonDays();
    LevelShift shift = new LevelShift(whole, independence);
    ToDoubleFunction<Long> exposure = exposure(knownAt);
    for (Margins margins : published) {
      Predictions rows = margins.rows();
      for (int row = 0; row < rows.size(); row++) {
        shift.add(
            rows.daysUntil(row, known),
            margins.margin()[row],
            exposure.applyAsDouble(rows.asOf()[row]),
            1,
            rows.hasConvertedBy(row, known) ? 1 : 0);
      }
    }
    return shift.found();
  }

  /** Share of the conversions of a date that had come by an instant. */
  ToDoubleFunction<Long> exposure(Instant knownAt) {
    Map<Long, Double> shares = new HashMap<>();
    return asOf ->
        shares.computeIfAbsent(
            asOf, date -> delays.shareWithin((micros(knownAt) - date) / 86_400e6, knownAt));
  }

  double horizonDays() {
    return horizon.toMillis() / 86_400_000.0;
  }

  /** Share of the conversions that had come within 1, 2, … days, to the end of the horizon. */
  List<Double> arrivals(Instant knownAt) {
    return IntStream.rangeClosed(1, (int) Math.max(1, horizon.toDays()))
        .mapToObj(day -> delays.shareWithin(day, knownAt))
        .toList();
  }

  static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  /** Rows of one date: their own intercept, and what they say of the common slope. */
  private static final class DateSums {
    private final DoubleList margins = new DoubleList();
    private final DoubleList outcomes = new DoubleList();
    private double intercept;
    private double gradient;
    private double curvature;

    void add(double margin, boolean converted) {
      margins.add(margin);
      outcomes.add(converted ? 1 : 0);
    }

    /** Newton's steps for the intercept, then gradient and curvature of the slope given it. */
    void settleIntercept(double slope, double weight) {
      double prior = 1 / (INTERCEPT_SPREAD * INTERCEPT_SPREAD);
      for (int step = 0; step < MOST_STEPS; step++) {
        double residuals = -prior * intercept;
        double weights = prior;
        double weighted = 0;
        double squared = 0;
        double crossed = 0;
        for (int row = 0; row < margins.size(); row++) {
          double margin = margins.get(row);
          double p = 1 / (1 + Math.exp(-(intercept + slope * margin)));
          double residual = weight * (outcomes.get(row) - p);
          double w = weight * p * (1 - p);
          residuals += residual;
          weights += w;
          weighted += w * margin;
          squared += w * margin * margin;
          crossed += residual * margin;
        }
        gradient = crossed;
        // What the slope's curvature is once the intercept follows it.
        curvature = squared - weighted * weighted / weights;
        double move = Math.max(-2, Math.min(2, residuals / weights));
        if (Math.abs(move) < CONVERGED) {
          return;
        }
        intercept += move;
      }
    }
  }
}
