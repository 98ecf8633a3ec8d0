package io.warmlead.activity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;

import org.apache.spark.sql.Column;

/** Fractions as whole numbers of 2^-30, whose sums do not depend on the order of rows. */
public final class FixedPoint {
  private static final double UNIT = 1L << 30;

  private FixedPoint() {}

  /**
   * {@code amount * 2^(-age / halfLife)} in units.
   *
   * @param ageDays fractional days
   */
  public static Column halved(Column amount, Column ageDays, Column halfLifeDays) {
    return whole(amount.multiply(weight(ageDays, halfLifeDays)).multiply(lit(UNIT)));
  }

  /** A number of units, so many days later. */
  public static Column aged(Column units, Column days, Column halfLifeDays) {
    return whole(units.multiply(weight(days, halfLifeDays)));
  }

  /** Units as a number; NULL counts as none. */
  public static Column number(Column units) {
    return coalesce(units, lit(0L)).divide(lit(UNIT));
  }

  private static Column weight(Column ageDays, Column halfLifeDays) {
    return exp(ageDays.multiply(lit(-Math.log(2)).divide(halfLifeDays)));
  }

  private static Column whole(Column units) {
    return rint(units).cast("bigint");
  }
}
