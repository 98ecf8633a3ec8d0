package io.warmlead.bench;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
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
            .withColumn("is_first", lit(true))
            .as("a")
            .join(
                second.withColumn("is_second", lit(true)).as("b"),
                col("a.lead_id").equalTo(col("b.lead_id")),
                "full_outer");
    Column isMatched = col("is_first").and(col("is_second"));
    List<Column> columns = new ArrayList<>();
    columns.add(coalesce(sum(when(isMatched, 0L).otherwise(1L)), lit(0L)));
    for (int index = 0; index < names.size(); index++) {
      Column a = col("a.features").getItem(index);
      Column b = col("b.features").getItem(index);
      Column apart =
          coalesce(
              abs(a.minus(b)).divide(greatest(abs(a), abs(b), lit(1D))),
              lit(Double.POSITIVE_INFINITY));
      columns.add(max(when(isMatched, struct(apart, col("a.lead_id"), a, b))).as("worst_" + index));
      columns.add(sum(when(isMatched.and(apart.notEqual(0D)), 1L).otherwise(0L)));
    }
    Row found = both.agg(count(lit(1)), columns.toArray(Column[]::new)).head();
    return worst(found, names);
  }

  private static Agreement worst(Row found, List<String> names) {
    long leads = found.getLong(0);
    if (leads == found.getLong(1)) {
      return new Agreement(leads, leads, 0, 0, "none", 0, "none", 0, 0);
    }
    Row worst = found.getStruct(2);
    String name = names.get(0);
    long unequal = 0;
    for (int index = 0; index < names.size(); index++) {
      Row one = found.getStruct(2 + 2 * index);
      unequal += found.getLong(3 + 2 * index);
      // As Java and Spark order them, what is no number is largest.
      if (Double.compare(one.getDouble(0), worst.getDouble(0)) > 0) {
        worst = one;
        name = names.get(index);
      }
    }
    return new Agreement(
        leads,
        found.getLong(1),
        (leads - found.getLong(1)) * names.size(),
        unequal,
        name,
        worst.getDouble(0),
        worst.getString(1),
        number(worst, 2),
        number(worst, 3));
  }

  private static double number(Row row, int index) {
    return row.isNullAt(index) ? Double.NaN : row.getDouble(index);
  }
}
