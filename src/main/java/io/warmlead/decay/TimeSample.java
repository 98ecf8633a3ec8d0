package io.warmlead.decay;

import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The leads of one dimension that accelerated failure time models are fitted on: all of a value, or
 * every k-th, k such that no more than {@value #MOST_LEADS} are left.
 */
final class TimeSample {
  /** Leads of one value at most: every iteration goes over every lead. */
  static final long MOST_LEADS = 10_000;

  private final List<String> values;
  private final List<Ends> ends;

  private TimeSample(List<String> values, List<Ends> ends) {
    this.values = values;
    this.ends = ends;
  }

  /**
   * Leads of a value that end at one time.
   *
   * @param value number of the value
   * @param logDays logarithm of the days
   * @param converted leads that converted then
   * @param censored leads that were no longer watched
   */
  record Ends(int value, double logDays, double converted, double censored) {}

  /**
   * Takes the sample. At most {@value #MOST_LEADS} rows a value reach the driver.
   *
   * @param values what is compared, the first with the others
   * @param counts value STRING, minutes, converted, censored BIGINT, days DOUBLE, of these values
   */
  static TimeSample of(List<String> values, Dataset<Row> counts) {
    Dataset<Row> thinned = thinned(counts);
    Iterator<Row> rows =
        inOrder(thinned.where(col("converted").plus(col("censored")).gt(0L)))
            .select("value", "days", "converted", "censored")
            .toLocalIterator();
    List<Ends> ends = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      ends.add(
          new Ends(
              values.indexOf(row.getString(0)),
              Math.log(row.getDouble(1)),
              row.getLong(2),
              row.getLong(3)));
    }
    return new TimeSample(values, ends);
  }

  /** How many values are compared. */
  int values() {
    return values.size();
  }

  /** Ends in order of value and time, so that sums over them are the same to the last bit. */
  List<Ends> ends() {
    return ends;
  }

  /** Leads of a value that are in the sample. */
  long leads(int value) {
    return Math.round(
        ends.stream()
            .filter(end -> end.value() == value)
            .mapToDouble(end -> end.converted() + end.censored())
            .sum());
  }

  /** Every how many leads of so many are taken: 1 for all. */
  static Column every(Column leads) {
    return ceil(leads.divide(lit((double) MOST_LEADS)));
  }

  /**
   * Every k-th lead of each value and end, in order of its time: a systematic sample, the same
   * whatever the order of rows.
   */
  static Dataset<Row> thinned(Dataset<Row> counts) {
    Column leads = sum(col("converted").plus(col("censored"))).over(Window.partitionBy("value"));
    return counts
        .withColumn("every", every(leads))
        .withColumn("converted", kept(col("converted")))
        .withColumn("censored", kept(col("censored")))
        .drop("every");
  }

  private static Column kept(Column count) {
    Column upTo = sum(count).over(Window.partitionBy("value").orderBy("minutes"));
    return floor(upTo.divide(col("every").cast("double")))
        .minus(floor(upTo.minus(count).divide(col("every").cast("double"))));
  }

  private static Dataset<Row> inOrder(Dataset<Row> rows) {
    return rows.repartition(1).sortWithinPartitions("value", "minutes");
  }
}
