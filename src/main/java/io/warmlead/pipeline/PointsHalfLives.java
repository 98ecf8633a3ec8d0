package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.warmlead.config.Settings;
import io.warmlead.lake.Lake;
import io.warmlead.table.DecayHalfLives;
import io.warmlead.temperature.Behaviour;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How fast engagement points fade: as the settings say, or as was fitted before an instant. */
final class PointsHalfLives {
  private PointsHalfLives() {}

  /**
   * Half-lives in days by signal, for {@link Behaviour}. Those of the newest analysis before the
   * instant: what a night measures comes after its scores.
   */
  static Map<String, Double> before(Instant asOf, Settings settings, Lake lake) {
    OptionalDouble given = settings.temperature().pointsHalfLife();
    if (given.isPresent()) {
      return Map.of(Behaviour.EVERY_SIGNAL, given.getAsDouble());
    }
    Dataset<Row> earlier =
        lake.read(DecayHalfLives.TABLE).where(col("as_of").lt(lit(Timestamp.from(asOf))));
    Row newest = earlier.agg(max("as_of")).head();
    Map<String, Double> halfLives = new TreeMap<>();
    if (!newest.isNullAt(0)) {
      earlier
          .where(col("as_of").equalTo(lit(newest.getTimestamp(0))))
          .where(col("dimension").isin("signal", "overall").and(col("half_life_days").isNotNull()))
          .select("value", "half_life_days")
          .collectAsList()
          .forEach(fit -> halfLives.put(fit.getString(0), fit.getDouble(1)));
    }
    return halfLives;
  }
}
