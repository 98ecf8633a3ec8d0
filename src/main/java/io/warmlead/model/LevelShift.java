package io.warmlead.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;

import java.time.Duration;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How far the base rate has moved since a model was trained: told by the probabilities that it
 * published since, beside the conversions that came. First by dates of the last two horizons whose
 * horizon has passed, then by the younger ones, of which only a share of the conversions should
 * have come so far. A move is taken to be small until much speaks for it ({@link
 * Level#MOVE_SPREAD}).
 */
public final class LevelShift {
  /** Log-odds are counted in steps of this size. */
  private static final double STEP = 0.01;

  private final double wholeDays;
  private final double independence;
  // Since the training of a model that has decided dates, two horizons may have passed.
  private final Level decided = new Level(2 * Level.MOVE_SPREAD);
  private final Level running = new Level(Level.MOVE_SPREAD);

  LevelShift(double wholeDays, double independence) {
    this.wholeDays = wholeDays;
    this.independence = independence;
  }

  /**
   * Finds the shift.
   *
   * @param published as_of TIMESTAMP of the scores; log_odds DOUBLE of the model as it was trained,
   *     without earlier shifts; converted BOOLEAN, whether a conversion within the horizon is known
   * @param every time between the dates: rows of one lead tell the same conversion again and again
   * @return log-odds to add to the calibration of the model; 0 without rows
   */
  public static double of(
      Dataset<Row> published, ScoringModel model, Duration every, Instant asOf) {
    TrainingRecord training = model.training();
    double whole = training.horizon().toMillis() / 86_400_000.0;
    LevelShift shift =
        new LevelShift(
            whole, Math.min(1, (double) every.toMillis() / training.horizon().toMillis()));
    long known = Calibrator.micros(asOf);
    published
        .groupBy(
            unix_micros(col("as_of")).as("as_of"),
            round(col("log_odds").divide(lit(STEP))).as("step"))
        .agg(count(lit(1)).as("rows"), sum(col("converted").cast("bigint")).as("conversions"))
        .orderBy("as_of", "step")
        .collectAsList()
        .forEach(
            row -> {
              double age = (known - row.getLong(0)) / 86_400e6;
              shift.add(
                  age,
                  row.getDouble(1) * STEP,
                  training.shareWithin(age),
                  row.getLong(2),
                  row.getLong(3));
            });
    return shift.found();
  }

  void add(double age, double logOdds, double share, long rows, long conversions) {
    if (age <= 0 || age >= 2 * wholeDays) {
      return;
    }
    if (age >= wholeDays) {
      decided.add(logOdds, 1, rows, conversions);
    } else {
      running.add(logOdds, share, rows, conversions);
    }
  }

  double found() {
    double level = decided.shift(0, independence);
    return level + running.shift(level, independence);
  }
}
