package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;

import io.warmlead.config.Settings;
import io.warmlead.lake.Lake;
import io.warmlead.table.DecayHalfLives;
import io.warmlead.temperature.Behaviour;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** How fast engagement points fade: as the settings say, or as was fitted before an instant. */
final class PointsHalfLives {
  private PointsHalfLives() {}

  /** Half-lives in days by signal, for {@link Behaviour}. */
  static Map<String, Double> before(Instant asOf, Settings settings, Lake lake) {
    OptionalDouble given = settings.temperature().pointsHalfLife();
    if (given.isPresent()) {
      return Map.of(Behaviour.EVERY_SIGNAL, given.getAsDouble());
    }
    Map<String, Double> halfLives = new TreeMap<>();
    EarlierAnalysis.of(DecayHalfLives.TABLE, asOf, lake)
        .where(col("dimension").equalTo("signal").and(col("half_life_days").isNotNull()))
        .select("value", "half_life_days")
        .collectAsList()
        .forEach(fit -> halfLives.put(fit.getString(0), fit.getDouble(1)));
    return halfLives;
  }
}
