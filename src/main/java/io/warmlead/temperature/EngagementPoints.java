package io.warmlead.temperature;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.activity.DailyPoints;
import io.warmlead.activity.EarlierColumns;
import io.warmlead.activity.FixedPoint;
import io.warmlead.config.SignalSettings;
import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * The additive score of old: points per signal, a limited number of times a day, halved by the
 * half-life of the signal.
 */
final class EngagementPoints {
  private static final double DEFAULT_HALF_LIFE_DAYS = 30;
  private static final double SHORTEST_HALF_LIFE_DAYS = 1;
  private static final double LONGEST_HALF_LIFE_DAYS = 365;

  private final SignalSettings signals;
  private final Map<String, Double> halfLives;

  /**
   * @param halfLives days by signal, as {@link Behaviour#of} takes them
   */
  EngagementPoints(SignalSettings signals, Map<String, Double> halfLives) {
    this.signals = signals;
    this.halfLives = Map.copyOf(halfLives);
  }

  /** Sum of the points over rows of activity, fixed point. */
  Column units() {
    Column halfLife = halfLife();
    return sum(
        when(
                EarlierColumns.isDay(),
                FixedPoint.halved(DailyPoints.of(signals), col("age_days"), halfLife))
            .otherwise(EarlierColumns.points(halfLife, col("earlier_days"))));
  }

  private Column halfLife() {
    Column halfLife = lit(days(Behaviour.EVERY_SIGNAL, DEFAULT_HALF_LIFE_DAYS));
    for (String signal : halfLives.keySet().stream().sorted().toList()) {
      if (signals.catalogue().containsKey(signal)) {
        halfLife =
            when(col("signal").equalTo(signal), days(signal, DEFAULT_HALF_LIFE_DAYS))
                .otherwise(halfLife);
      }
    }
    return halfLife;
  }

  /** A fit of few touches may come out beyond anything that is of use. */
  private double days(String signal, double otherwise) {
    return Math.min(
        LONGEST_HALF_LIFE_DAYS,
        Math.max(SHORTEST_HALF_LIFE_DAYS, halfLives.getOrDefault(signal, otherwise)));
  }
}
