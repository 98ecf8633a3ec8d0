package io.warmlead.temperature;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.SettingsLoader;
import io.warmlead.feature.PointInTime;
import io.warmlead.feature.Summaries;
import io.warmlead.testing.Frames;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Leads by what they did before an instant, from engagements to the sums of behaviour. */
final class EngagedLeads {
  private static final Instant AS_OF = Instant.parse("2026-06-10T00:00:00Z");

  private final List<Row> engagements = new ArrayList<>();

  /** An engagement on the web; see {@link #add}. */
  void inbound(String lead, String signal, Duration before) {
    add(lead, signal, "web", "site", "inbound", "low", before);
  }

  /** An engagement so long before the instant. */
  void add(
      String lead,
      String signal,
      String channel,
      String family,
      String direction,
      String intent,
      Duration before) {
    Timestamp at = Timestamp.from(AS_OF.minus(before));
    engagements.add(
        Frames.row(lead, at, at, signal, channel, family, direction, intent, null, null, 1L));
  }

  /** {@link PointInTime#activity} of the instant. */
  Dataset<Row> activity() {
    var run = SettingsLoader.load(List.of(), List.of()).run();
    Dataset<Row> engaged =
        Frames.frame(
            "lead_id STRING, occurred_at TIMESTAMP, known_at TIMESTAMP, signal STRING,"
                + " channel STRING, family STRING, direction STRING, intent STRING,"
                + " value DECIMAL(18,4), asset STRING, batch BIGINT",
            engagements.toArray(Row[]::new));
    return PointInTime.activity(DailyActivities.of(engaged, run), engaged, List.of(AS_OF), run);
  }

  /** One row per lead with the sums of behaviour. */
  Dataset<Row> sums(Behaviour behaviour) {
    List<Column> sums = behaviour.aggregates();
    return behaviour
        .need(new Summaries())
        .of(activity())
        .groupBy("lead_id", "as_of")
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
  }
}
