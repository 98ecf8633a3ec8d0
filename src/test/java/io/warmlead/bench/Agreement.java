package io.warmlead.bench;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How far two tables of features are apart.
 *
 * <p>Sums of fractions are kept in units of 2^-30, and two machines may round one term otherwise: a
 * difference is therefore taken relative to the number, or to 1 where the number is smaller.
 *
 * @param leads in either table
 * @param unmatched leads that only one of them has
 * @param cells numbers that were compared
 * @param unequal numbers that differ at all
 * @param worst name of the feature with the largest difference
 * @param difference the largest difference; infinite where a number is missing on one side
 * @param lead whose number that is
 * @param first that number in the first table
 * @param second that number in the second one
 */
record Agreement(
    long leads,
    long unmatched,
    long cells,
    long unequal,
    String worst,
    double difference,
    String lead,
    double first,
    double second) {
  static final double TOLERANCE = 1e-9;

  boolean holds() {
    return leads > 0 && unmatched == 0 && difference <= TOLERANCE;
  }

  /**
   * Compares.
   *
   * @param first {@code lead_id, features ARRAY<DOUBLE>}
   * @param names what the features are called, in their order
   */
  static Agreement of(Dataset<Row> first, Dataset<Row> second, List<String> names) {
    Dataset<Row> both =
        first
            .select(col("lead_id"), col("features").as("first"))
            .join(
                second.select(col("lead_id"), col("features").as("second")),
                new String[] {"lead_id"},
                "full_outer");
    Column isMatched = col("first").isNotNull().and(col("second").isNotNull());
    Row leads =
        both.agg(count(lit(1)), coalesce(sum(when(isMatched, 0L).otherwise(1L)), lit(0L))).head();
    Dataset<Row> cells = cells(both.where(isMatched));
    // As Spark orders numbers, what is none is largest.
    List<Row> worst =
        cells
            .groupBy("feature")
            .agg(
                max("apart").as("apart"),
                sum(when(col("apart").notEqual(0D), 1L).otherwise(0L)).as("unequal"),
                count(lit(1)).as("cells"))
            .orderBy(desc("apart"), col("feature"))
            .collectAsList();
    if (worst.isEmpty()) {
      return new Agreement(leads.getLong(0), leads.getLong(1), 0, 0, "none", 0, "none", 0, 0);
    }
    int feature = worst.get(0).getInt(0);
    double difference = worst.get(0).getDouble(1);
    Row example =
        cells
            .where(col("feature").equalTo(feature).and(col("apart").equalTo(difference)))
            .orderBy("lead_id")
            .head();
    return new Agreement(
        leads.getLong(0),
        leads.getLong(1),
        worst.stream().mapToLong(one -> one.getLong(3)).sum(),
        worst.stream().mapToLong(one -> one.getLong(2)).sum(),
        names.get(feature),
        difference,
        example.getString(0),
        number(example, 2),
        number(example, 3));
  }

  /** A row for each lead and feature: {@code lead_id, feature, first, second, apart}. */
  private static Dataset<Row> cells(Dataset<Row> both) {
    Column first = col("pair.first");
    Column second = col("pair.second");
    return both.select(
            col("lead_id"),
            posexplode(arrays_zip(col("first"), col("second")))
                .as(new String[] {"feature", "pair"}))
        .select(
            col("lead_id"),
            col("feature"),
            first.as("first"),
            second.as("second"),
            coalesce(
                    abs(first.minus(second)).divide(greatest(abs(first), abs(second), lit(1D))),
                    lit(Double.POSITIVE_INFINITY))
                .as("apart"));
  }

  private static double number(Row row, int index) {
    return row.isNullAt(index) ? Double.NaN : row.getDouble(index);
  }
}
