package io.warmlead.pipeline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import io.warmlead.report.Insights.Estimate;
import io.warmlead.report.NightView.Counted;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** What the parts of a report have in common when they read tables. */
final class ReportRows {
  private static final int MOST_NAMES = 12;

  private ReportRows() {}

  /** The rows of one scored date. */
  static Dataset<Row> on(Dataset<Row> rows, LocalDate date) {
    return rows.where(col("score_date").equalTo(lit(Date.valueOf(date))));
  }

  /** The rows of one instant. */
  static Dataset<Row> asOf(Dataset<Row> rows, Instant asOf) {
    return rows.where(col("as_of").equalTo(lit(Timestamp.from(asOf))));
  }

  /**
   * The most frequent names, most frequent first.
   *
   * @param rows with a column {@code name}
   */
  static List<Counted> counted(Dataset<Row> rows) {
    return rows
        .groupBy("name")
        .agg(count(lit(1)).as("rows"))
        .orderBy(desc("rows"), col("name"))
        .limit(MOST_NAMES)
        .collectAsList()
        .stream()
        .map(row -> new Counted(row.getString(0), row.getLong(1)))
        .toList();
  }

  /**
   * The first rows of each group, and how many it has: {@code place INT} from 1 on and {@code
   * of_all BIGINT} beside their columns.
   *
   * @param most rows of a group that are kept
   * @param order the rows of a group, without ties
   */
  static Dataset<Row> first(Dataset<Row> rows, int most, List<Column> group, Column... order) {
    WindowSpec all = Window.partitionBy(group.toArray(Column[]::new));
    return rows.withColumn("place", row_number().over(all.orderBy(order)))
        .withColumn("of_all", count(lit(1)).over(all))
        .where(col("place").leq(most));
  }

  /** A number and the two ends of its interval, in three columns; the ends may be NULL. */
  static Estimate estimate(Row row, int column) {
    return new Estimate(
        row.getDouble(column),
        number(row, column + 1).orElse(null),
        number(row, column + 2).orElse(null));
  }

  /**
   * Rows without those of unnamed groups that are the only ones of their dimension: they repeat
   * what is said of all.
   */
  static <T> List<T> told(List<T> rows, Function<T, String> dimension, Function<T, String> name) {
    Map<String, Set<String>> names =
        rows.stream().collect(groupingBy(dimension, mapping(name, toSet())));
    return rows.stream()
        .filter(row -> !names.get(dimension.apply(row)).equals(Set.of("unknown")))
        .toList();
  }

  /** A number that may be NULL. */
  static Optional<Double> number(Row row, int column) {
    return row.isNullAt(column) ? Optional.empty() : Optional.of(row.getDouble(column));
  }
}
