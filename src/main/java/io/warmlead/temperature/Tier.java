package io.warmlead.temperature;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** Names of the tiers and their order. */
final class Tier {
  static final String COLD = "cold";
  static final String WARM = "warm";
  static final String HOT = "hot";

  private Tier() {}

  /** 0 for cold, 1 for warm, 2 for hot; NULL for none. */
  static Column rank(Column tier) {
    return when(tier.equalTo(COLD), lit(0))
        .when(tier.equalTo(WARM), lit(1))
        .when(tier.equalTo(HOT), lit(2));
  }
}
