package io.warmlead.decay;

import static org.apache.spark.sql.functions.col;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The log-rank test: do the values of a dimension convert alike, or is the difference more than
 * noise?
 *
 * <p>At each time with conversions, they are expected to fall on the values in proportion to their
 * leads at risk; the differences between observed and expected, added up over time, are compared
 * with their hypergeometric covariance ({@link LogRankSums}). (Mantel 1966; Peto and Peto 1972.)
 *
 * <p>One pass over each dimension in order of time, latest first, so that the leads at risk are
 * those already seen; what is kept grows with the number of values, not with leads or time. A sum
 * per pair of values is more than column expressions can say without a row per pair and minute.
 */
final class LogRank {
  private static final StructType TEST =
      StructType.fromDDL(
          "dimension STRING, value STRING, expected_conversions DOUBLE, chi_square DOUBLE,"
              + " degrees_of_freedom INT, p_value DOUBLE");

  private LogRank() {}

  /**
   * One row per dimension and value; statistic, degrees of freedom and p-value are those of the
   * dimension, and NULL where fewer than two values were at risk when anybody converted.
   *
   * @param durationCounts as {@link DurationCounts} gives them, of the values to compare; no lead
   *     may be in two values of a dimension
   */
  static Dataset<Row> of(Dataset<Row> durationCounts) {
    Column[] latestFirst = {col("minutes").desc(), col("value")};
    MapFunction<Row, String> dimension = row -> row.getString(0);
    FlatMapGroupsFunction<String, Row, Row> test = LogRank::test;
    return durationCounts
        .where(col("minutes").isNotNull())
        .select(
            col("dimension"),
            col("value"),
            col("minutes"),
            col("converted"),
            col("converted").plus(col("censored")).minus(col("entered")).as("at_risk_change"))
        .groupByKey(dimension, Encoders.STRING())
        .flatMapSortedGroups(latestFirst, test, Encoders.row(TEST));
  }

  private static Iterator<Row> test(String dimension, Iterator<Row> latestFirst) {
    LogRankSums sums = new LogRankSums();
    long minutes = Long.MAX_VALUE;
    while (latestFirst.hasNext()) {
      Row row = latestFirst.next();
      if (row.getLong(2) != minutes) {
        sums.close();
        minutes = row.getLong(2);
      }
      sums.add(row.getString(1), row.getLong(3), row.getLong(4));
    }
    sums.close();
    LogRankSums.Test test = sums.test();
    List<Row> rows =
        test.expected().entrySet().stream()
            .map(
                entry ->
                    RowFactory.create(
                        dimension,
                        entry.getKey(),
                        entry.getValue(),
                        test.degreesOfFreedom() == 0 ? null : test.chiSquare(),
                        test.degreesOfFreedom() == 0 ? null : test.degreesOfFreedom(),
                        test.degreesOfFreedom() == 0 ? null : test.pValue()))
            .toList();
    return rows.iterator();
  }
}
