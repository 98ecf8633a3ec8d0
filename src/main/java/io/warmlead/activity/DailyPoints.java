package io.warmlead.activity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.SignalSettings;
import org.apache.spark.sql.Column;

/** The points of a row of daily_activity: those of its signal, a limited number of times a day. */
public final class DailyPoints {
  private DailyPoints() {}

  /** Points as DOUBLE, 0 for signals that earn none. */
  public static Column of(SignalSettings signals) {
    Column points = lit(0D);
    for (String signal : signals.catalogue().keySet().stream().sorted().toList()) {
      SignalSettings.Meaning meaning = signals.catalogue().get(signal);
      if (meaning.points() != 0) {
        points =
            when(
                    col("signal").equalTo(signal),
                    least(col("events"), lit((long) meaning.dailyCap()))
                        .multiply(lit(meaning.points())))
                .otherwise(points);
      }
    }
    return points;
  }
}
