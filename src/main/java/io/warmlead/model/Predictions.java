package io.warmlead.model;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.Seq;

/**
 * What the members of one cut's model said about rows that they did not learn from, as plain arrays
 * on the driver: a handful of numbers per row, and never more rows than {@code model.max_rows}.
 * Calibration, choice and all metrics are then arithmetic.
 *
 * @param asOf snapshot instant, microseconds
 * @param lead hash of the lead: rows of one lead are not independent
 * @param segment {@code unknown} where missing
 * @param delayDays days from the snapshot to a conversion within the horizon, NaN without one
 * @param champion probability by the champion that was trained before, NaN where it cannot be
 *     judged by the row
 * @param baselines per row: the scores to beat, in the order of {@link #BASELINES}
 * @param margins per row: one margin per family, log-odds
 */
// Rows by the hundred thousand: plain arrays, never compared, never handed out of the room.
@SuppressWarnings("ArrayRecordComponent")
record Predictions(
    long[] asOf,
    long[] lead,
    String[] segment,
    double[] delayDays,
    double[] champion,
    double[][] baselines,
    double[][] margins) {

  /** What anybody could rank by without a model. */
  static final List<String> BASELINES = List.of("recency_alone", "engagement_points");

  private static final double MICROS_PER_DAY = 86_400e6;

  /**
   * Predicts and collects.
   *
   * @param rows training rows in fixed order
   * @param margins columns, one per family
   * @param baselines columns, as {@link #BASELINES} lists them
   */
  static Predictions collect(Dataset<Row> rows, List<Column> margins, List<Column> baselines) {
    List<Row> collected =
        rows.select(
                unix_micros(col("as_of")),
                xxhash64(col("lead_id")),
                coalesce(col("segment"), lit("unknown")),
                coalesce(col("delay_days"), lit(Double.NaN)),
                coalesce(col("champion"), lit(Double.NaN)),
                array(baselines.toArray(Column[]::new)),
                array(margins.toArray(Column[]::new)))
            .collectAsList();
    int n = collected.size();
    Predictions predictions =
        new Predictions(
            new long[n],
            new long[n],
            new String[n],
            new double[n],
            new double[n],
            new double[n][],
            new double[n][]);
    for (int row = 0; row < n; row++) {
      Row from = collected.get(row);
      predictions.asOf[row] = from.getLong(0);
      predictions.lead[row] = from.getLong(1);
      predictions.segment[row] = from.getString(2).intern();
      predictions.delayDays[row] = from.getDouble(3);
      predictions.champion[row] = from.getDouble(4);
      predictions.baselines[row] = numbers(from.getSeq(5));
      predictions.margins[row] = numbers(from.getSeq(6));
    }
    return predictions;
  }

  private static double[] numbers(Seq<Double> values) {
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.apply(i);
    }
    return numbers;
  }

  int size() {
    return asOf.length;
  }

  /** Days from a row's snapshot to an instant, in microseconds since the epoch. */
  double daysUntil(int row, long instant) {
    return (instant - asOf[row]) / MICROS_PER_DAY;
  }

  /** Whether a row's conversion within the horizon was known at an instant. */
  boolean hasConvertedBy(int row, long instant) {
    return delayDays[row] < daysUntil(row, instant);
  }

  /** The rows that satisfy a condition. */
  Predictions where(IntPredicate condition) {
    int[] kept = IntStream.range(0, size()).filter(condition).toArray();
    Predictions part =
        new Predictions(
            new long[kept.length],
            new long[kept.length],
            new String[kept.length],
            new double[kept.length],
            new double[kept.length],
            new double[kept.length][],
            new double[kept.length][]);
    for (int i = 0; i < kept.length; i++) {
      part.asOf[i] = asOf[kept[i]];
      part.lead[i] = lead[kept[i]];
      part.segment[i] = segment[kept[i]];
      part.delayDays[i] = delayDays[kept[i]];
      part.champion[i] = champion[kept[i]];
      part.baselines[i] = baselines[kept[i]];
      part.margins[i] = margins[kept[i]];
    }
    return part;
  }
}
