package io.warmlead.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.feature.PlanColumn;
import io.warmlead.feature.PointInTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Signals that are the conversion under another name: nearly every lead that has one for the first
 * time converts within a day. A request for a demo, which may lead to a conversion after days or
 * weeks, is none. Only conversions that close a lead count: where leads stay open, what they did
 * around earlier conversions is honest history.
 */
final class TimingProbe {
  private static final double WITHIN_DAYS = 1;

  /** Share of the leads with the signal that convert within a day, and the same less its noise. */
  private static final double NEARLY_ALL = 0.8;

  private static final double NEARLY_ALL_AT_LEAST = 0.7;

  /** Of all leads that did anything, so many times fewer may have converted, at any time. */
  private static final double CONTRAST = 2;

  private TimingProbe() {}

  /**
   * The suspects with their evidence.
   *
   * @param activity daily_activity known at the instant
   * @param outcomes outcomes
   * @param signals signals to look at
   * @param asOf nothing at or after this instant is known
   */
  static Map<PlanColumn, String> suspects(
      Dataset<Row> activity, Dataset<Row> outcomes, List<String> signals, Instant asOf) {
    Dataset<Row> conversions = LateProbe.conversions(outcomes.where(col("closes")), asOf);
    Dataset<Row> first =
        activity
            .where(col("signal").isin(signals.toArray()))
            .groupBy("lead_id", "signal")
            .agg(min("first_at").as("first_at"))
            .join(conversions, new String[] {"lead_id"}, "left_outer");
    double usual = usual(activity, conversions);
    Column gap = PointInTime.days(col("first_at"), col("converted_at"));
    Column isDecided =
        col("converted_at").isNotNull().or(col("first_at").lt(lit(asOf.minus(Duration.ofDays(1)))));
    Map<PlanColumn, String> suspects = new LinkedHashMap<>();
    first
        // What came at the conversion or later was never seen on an open lead.
        .where(isDecided.and(col("converted_at").isNull().or(gap.gt(0))))
        .groupBy("signal")
        .agg(
            count(lit(1)).as("leads"),
            sum(when(gap.leq(WITHIN_DAYS), 1L).otherwise(0L)).as("at_once"))
        .orderBy("signal")
        .collectAsList()
        .forEach(
            row -> {
              long leads = row.getLong(1);
              long atOnce = row.getLong(2);
              double share = (double) atOnce / leads;
              if (atOnce >= LeakageGate.FEWEST
                  && share >= NEARLY_ALL
                  && Ranking.wilson(share, leads, -1) >= NEARLY_ALL_AT_LEAST
                  && usual * CONTRAST <= share) {
                suspects.put(
                    PlanColumn.signal(row.getString(0)),
                    String.format(
                        Locale.ROOT,
                        "%d of %d leads converted within a day of their first one; of all leads"
                            + " %.1f %% ever did",
                        atOnce,
                        leads,
                        100 * usual));
              }
            });
    return suspects;
  }

  private static double usual(Dataset<Row> activity, Dataset<Row> conversions) {
    Row counts =
        activity
            .select("lead_id")
            .distinct()
            .join(conversions, new String[] {"lead_id"}, "left_outer")
            .agg(count(lit(1)), count(col("converted_at")))
            .head();
    return counts.getLong(0) == 0 ? 0 : (double) counts.getLong(1) / counts.getLong(0);
  }
}
