package io.warmlead.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows whose scores are alike: all that calibration and metrics need to know about them. Their
 * number is bounded (12 000 per segment), whatever the number of leads.
 *
 * @param score mean score, exact to 1e-9 and the same in whatever order rows were added
 * @param lowest lowest score
 * @param n rows
 * @param conversions rows with label 1
 */
record ScoreBin(double score, double lowest, long n, long conversions) {
  /** Width 0.005 log-odds: the loss within a bin is of the order of its square. */
  private static final double BINS_PER_UNIT = 200;

  private static final double FURTHEST = 30;
  private static final double FIXED_POINT = 1e9;

  /** Lowest score first. */
  static final Comparator<ScoreBin> RISING = Comparator.comparingDouble(ScoreBin::lowest);

  /** All rows in one list of bins, lowest score first. */
  static List<ScoreBin> overall(Dataset<Row> rows, Column score) {
    return bySegment(rows, score, lit("")).getOrDefault("", List.of());
  }

  /**
   * Bins per segment, lowest score first.
   *
   * @param rows with {@code label} INT of 0 and 1
   * @param score log-odds or any number of that size; beyond +-30 it is taken as +-30
   */
  static Map<String, List<ScoreBin>> bySegment(Dataset<Row> rows, Column score, Column segment) {
    Column bounded = greatest(lit(-FURTHEST), least(lit(FURTHEST), score));
    return rows
        .select(segment.as("segment"), bounded.as("score"), col("label"))
        .groupBy(col("segment"), floor(col("score").multiply(BINS_PER_UNIT)).as("bin"))
        .agg(
            // Whole numbers add up the same in every order; doubles would not.
            sum(round(col("score").multiply(FIXED_POINT)).cast("bigint")).as("scores"),
            min("score").as("lowest"),
            count(lit(1)).as("n"),
            sum(col("label").cast("bigint")).as("conversions"))
        .collectAsList()
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.<String>getAs("segment"),
                Collectors.collectingAndThen(
                    Collectors.mapping(ScoreBin::from, Collectors.toList()),
                    bins -> bins.stream().sorted(RISING).toList())));
  }

  private static ScoreBin from(Row row) {
    long n = row.<Long>getAs("n");
    double mean = row.<Long>getAs("scores") / FIXED_POINT / n;
    return new ScoreBin(mean, row.<Double>getAs("lowest"), n, row.<Long>getAs("conversions"));
  }

  /** Highest score that at least this share of rows reaches. */
  static double scoreOfTop(List<ScoreBin> rising, double share) {
    long total = rising.stream().mapToLong(ScoreBin::n).sum();
    long reached = 0;
    for (int i = rising.size() - 1; i >= 0; i--) {
      reached += rising.get(i).n();
      if (reached >= share * total) {
        return rising.get(i).lowest();
      }
    }
    throw new IllegalArgumentException("there are no scores");
  }
}
