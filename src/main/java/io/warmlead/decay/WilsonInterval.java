package io.warmlead.decay;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * The 95 % score interval of a share (Wilson 1927), as column expressions: it holds its level for
 * small counts and shares near 0, where the usual interval does not.
 */
public final class WilsonInterval {
  private static final double Z_SQUARED = KaplanMeier.NORMAL_975 * KaplanMeier.NORMAL_975;

  private WilsonInterval() {}

  /** Lower end; exactly 0 where nothing was counted. */
  public static Column low(Column counted, Column trials) {
    Column failed = trials.minus(counted);
    return when(counted.gt(0L), share(counted, trials).minus(halfWidth(counted, failed, trials)))
        .otherwise(0D);
  }

  /** Upper end: the lower end of the opposite, seen from the other side. */
  public static Column high(Column counted, Column trials) {
    return lit(1D).minus(low(trials.minus(counted), trials));
  }

  private static Column share(Column counted, Column trials) {
    return counted.plus(lit(Z_SQUARED / 2)).divide(trials.plus(lit(Z_SQUARED)));
  }

  private static Column halfWidth(Column counted, Column failed, Column trials) {
    Column spread = counted.cast("double").multiply(failed).divide(trials).plus(lit(Z_SQUARED / 4));
    return sqrt(spread.multiply(lit(Z_SQUARED))).divide(trials.plus(lit(Z_SQUARED)));
  }
}
