package io.warmlead.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What a check comes to: rows {@code rule, offending, first_example, last_example}, one per rule.
 * The examples are the first and the last key in the order of their text, so that the same lake
 * gives the same answer; NULL where nothing offends.
 */
public final class Offences {
  private Offences() {}

  /** One row: how many rows there are, and two of their keys. */
  static Dataset<Row> of(String rule, Dataset<Row> offending, List<String> key) {
    return offending
        .select(example(key).as("example"))
        .agg(
            lit(rule).as("rule"),
            count(lit(1)).as("offending"),
            min("example").as("first_example"),
            max("example").as("last_example"));
  }

  /** A key as one text. */
  static Column example(List<String> key) {
    return to_json(struct(key.stream().map(functions::col).toArray(Column[]::new)));
  }

  /** Rows of the left frame whose columns {@code on} occur nowhere on the right; NULL does not. */
  static Dataset<Row> missing(Dataset<Row> left, Dataset<Row> right, String... on) {
    List<String> names = List.of(on);
    Dataset<Row> there =
        right.select(names.stream().map(functions::col).toArray(Column[]::new)).distinct();
    return left.where(col(on[0]).isNotNull()).join(there, on, "left_anti");
  }
}
