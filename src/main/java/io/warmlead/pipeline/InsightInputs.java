package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.config.Settings;
import io.warmlead.feature.PointInTime;
import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import io.warmlead.table.TierTransitions;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What the insight tables read: the recent past, as it was known at an instant. */
final class InsightInputs {
  private final Settings settings;
  private final Lake lake;
  private final PublishedRuns counting;
  private final Instant asOf;
  private final LocalDate since;

  /**
   * @param since first day of the past that is looked at
   */
  InsightInputs(RunContext run, Instant asOf, LocalDate since) {
    this.settings = run.settings();
    this.lake = run.lake();
    this.counting = PublishedRuns.and(run);
    this.asOf = asOf;
    this.since = since;
  }

  /** Scores of some dates alone, as they were known at the instant. */
  Dataset<Row> scores(List<LocalDate> dates) {
    Object[] chosen = dates.stream().distinct().map(Date::valueOf).toArray();
    return counting
        .only(lake.read(LeadScores.TABLE).where(col("score_date").isin(chosen)))
        .where(col("scored_as_of").leq(lit(Timestamp.from(asOf))));
  }

  /**
   * Stages of hand-off on some dates, as they were known at the instant: few narrow columns, so
   * that many dates may be read.
   */
  Dataset<Row> stages(List<LocalDate> dates) {
    return scores(dates)
        .select("lead_id", "segment", "score_date", "scored_as_of", "handoff_stage", "handoff_at");
  }

  /** Moves of all dates. */
  Dataset<Row> transitions() {
    return counting.only(lake.read(TierTransitions.TABLE));
  }

  /** Every lead in the version of the instant. */
  Dataset<Row> leads() {
    return PointInTime.leadsAsOf(
        lake.read(Leads.TABLE), PointInTime.instants(lake.spark(), List.of(asOf), settings.run()));
  }

  /** Daily activity of the history, as known at the instant. */
  Dataset<Row> activity() {
    return PointInTime.activity(
        lake.read(DailyActivity.TABLE).where(col("day").geq(lit(Date.valueOf(since)))),
        lake.read(Engagements.TABLE),
        List.of(asOf),
        settings.run());
  }

  /** Engagements of the history, as known at the instant. */
  Dataset<Row> engagements() {
    return lake.read(Engagements.TABLE)
        .where(col("occurred_at").geq(lit(Timestamp.from(AsOf.start(since, settings.run())))))
        .where(col("known_at").lt(lit(Timestamp.from(asOf))));
  }

  /** All outcomes; the queries leave out those of the instant and later. */
  Dataset<Row> outcomes() {
    return lake.read(Outcomes.TABLE);
  }

  /** How often a weak signal must occur to count: {@code signal STRING, level INT}. */
  Dataset<Row> levels() {
    List<Row> levels =
        settings.temperature().levels().entrySet().stream()
            .map(level -> RowFactory.create(level.getKey(), level.getValue()))
            .toList();
    StructType schema =
        new StructType()
            .add("signal", DataTypes.StringType, false)
            .add("level", DataTypes.IntegerType, false);
    return broadcast(lake.spark().createDataFrame(levels, schema));
  }
}
