package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.warmlead.config.HandoffSettings;
import io.warmlead.config.Settings;
import io.warmlead.feature.PointInTime;
import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.Outcomes;
import io.warmlead.temperature.Handoff;
import io.warmlead.temperature.NextAction;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is to be done with leads once their tiers are known. */
final class FollowUp {
  /** Older touches are nothing to begin a talk with. */
  private static final int ASSET_DAYS = 90;

  private final Settings settings;
  private final Lake lake;
  private final LocalDate date;
  private final Instant asOf;

  FollowUp(RunContext run, LocalDate date, Instant asOf) {
    this.settings = run.settings();
    this.lake = run.lake();
    this.date = date;
    this.asOf = asOf;
  }

  /** Adds hand-off stage, next action and the dates of both. */
  Dataset<Row> withFollowUp(Dataset<Row> leads) {
    Handoff handoff = new Handoff(settings.handoff());
    NextAction next = new NextAction(settings.nurture(), settings.run());
    return withAnswers(leads, handoff)
        .transform(answered -> handoff.withStage(answered, date))
        .transform(staged -> next.withNextAction(staged, Map.of(), date))
        .join(assets(), new String[] {"lead_id"}, "left_outer");
  }

  private Dataset<Row> withAnswers(Dataset<Row> leads, Handoff handoff) {
    HandoffSettings given = settings.handoff();
    if (given.accepted().isEmpty() && given.rejected().isEmpty()) {
      return leads
          .withColumn("answer", lit(null).cast("string"))
          .withColumn("answered_at", lit(null).cast("timestamp"));
    }
    return leads.join(
        handoff.answers(lake.read(Outcomes.TABLE), asOf), new String[] {"lead_id"}, "left_outer");
  }

  /** What each lead touched last by itself: {@code lead_id, next_action_asset}. */
  private Dataset<Row> assets() {
    return PointInTime.activity(
            lake.read(DailyActivity.TABLE),
            lake.read(Engagements.TABLE),
            List.of(asOf),
            settings.run())
        .where(
            col("is_inbound")
                .and(col("day_age").leq(ASSET_DAYS))
                .and(col("last_asset").isNotNull()))
        .groupBy("lead_id")
        .agg(max("last_asset").as("last"))
        .select(col("lead_id"), col("last.asset").as("next_action_asset"));
  }
}
