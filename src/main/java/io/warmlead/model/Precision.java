package io.warmlead.model;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * The precision at which models see features: six decimals. What differs by less is the same input,
 * so sums that were added up in another order never flip a tree's branch.
 */
final class Precision {
  private static final double STEPS_PER_UNIT = 1e6;

  /** Above this a double has no room for six decimals, and scaling it could overflow. */
  private static final double COARSE = 1e9;

  private Precision() {}

  static double rounded(double value) {
    return Math.abs(value) >= COARSE ? value : Math.rint(value * STEPS_PER_UNIT) / STEPS_PER_UNIT;
  }

  /** {@link #rounded(double)} of every element of an ARRAY of DOUBLE. */
  static Column rounded(Column features) {
    return transform(
        features,
        value ->
            when(abs(value).geq(lit(COARSE)), value)
                .otherwise(rint(value.multiply(lit(STEPS_PER_UNIT))).divide(lit(STEPS_PER_UNIT))));
  }
}
