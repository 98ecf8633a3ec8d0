package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.lit;

import io.warmlead.config.Settings;
import io.warmlead.insight.InsightQuery;
import io.warmlead.table.TableContract;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Runs the queries of insight tables as of an instant, and puts their rows in place. */
final class InsightWriter {
  private final RunContext run;
  private final Settings settings;
  private final Instant asOf;
  private final LocalDate since;

  /**
   * A writer.
   *
   * @param since the first day that is looked at
   */
  InsightWriter(RunContext run, Instant asOf, LocalDate since) {
    this.run = run;
    this.settings = run.settings();
    this.asOf = asOf;
    this.since = since;
  }

  /**
   * Writes the rows of the instant.
   *
   * @param inputs the frames that the query names
   * @param further markers of the query beside those that all have
   */
  void write(TableContract table, Map<String, Dataset<Row>> inputs, Map<String, Object> further) {
    write(table, inputs, further, "as_of = TIMESTAMP'" + asOf + "'");
  }

  /** Writes rows that take the place of all that satisfy the predicate. */
  void write(TableContract table, Map<String, Dataset<Row>> inputs, String predicate) {
    write(table, inputs, Map.of(), predicate);
  }

  private void write(
      TableContract table,
      Map<String, Dataset<Row>> inputs,
      Map<String, Object> further,
      String predicate) {
    Map<String, Object> markers = markers();
    markers.putAll(further);
    run.lake()
        .replaceWhere(
            table,
            InsightQuery.of(table.name(), inputs, markers)
                .withColumn("as_of", lit(Timestamp.from(asOf)))
                .withColumn("run_id", lit(run.runId())),
            predicate);
  }

  /** There for readers, even while there is nothing to tell. */
  void writeNothing(TableContract table) {
    run.lake().append(table, run.lake().read(table).limit(0));
  }

  private Map<String, Object> markers() {
    Map<String, Object> markers = new HashMap<>();
    markers.put("as_of", asOf);
    markers.put("as_of_date", AsOf.date(asOf, settings.run()));
    markers.put("since", AsOf.start(since, settings.run()));
    markers.put("zone", settings.run().zone().getId());
    // Where dates without time stand at midnight.
    markers.put("outcome_zone", settings.outcomes().zone().getId());
    markers.put("engagement_zone", settings.engagements().zone().getId());
    markers.put("horizon_days", settings.conversion().horizonDays());
    markers.put("reopens", settings.conversion().reopensOnInbound());
    markers.put("entry_days", settings.insight().entryWindowDays());
    markers.put("warm_days", settings.temperature().warmWindowDays());
    markers.put("warm_days_before", settings.temperature().warmWindowDays() - 1);
    return markers;
  }
}
