package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.warmlead.config.HandoffSettings;
import io.warmlead.config.NurtureSettings;
import io.warmlead.config.Settings;
import io.warmlead.feature.PointInTime;
import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.NextSteps;
import io.warmlead.table.Outcomes;
import io.warmlead.table.WarmWindows;
import io.warmlead.temperature.Handoff;
import io.warmlead.temperature.NextAction;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What is to be done with leads once their tiers are known. */
final class FollowUp {
  /** Older touches are nothing to begin a talk with. */
  private static final int ASSET_DAYS = 90;

  private static final String EVERYONE = "all";

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
        .transform(staged -> next.withNextAction(staged, measuredWindows(), date))
        .join(assets(), new String[] {"lead_id"}, "left_outer")
        .join(broadcast(nextSteps()), new String[] {"next_action_asset"}, "left_outer");
  }

  /** The nurture windows of the settings: {@code segment, days}. */
  static Dataset<Row> customaryWindows(SparkSession spark, NurtureSettings nurture) {
    return spark.createDataFrame(
        nurture.windowsDays().entrySet().stream()
            .map(window -> RowFactory.create(window.getKey(), window.getValue()))
            .toList(),
        new StructType()
            .add("segment", DataTypes.StringType, false)
            .add("days", DataTypes.IntegerType, false));
  }

  /**
   * By segment, the days for which nurture was seen to pay, where that is longer than is customary.
   * A shorter window may only mean that there are too few leads to see more.
   */
  private Map<String, Integer> measuredWindows() {
    Map<String, Integer> windows = new TreeMap<>();
    EarlierAnalysis.of(WarmWindows.TABLE, asOf, lake)
        .where(col("segment").notEqual(EVERYONE).and(col("window_days").gt(col("customary_days"))))
        .select("segment", "window_days")
        .collectAsList()
        .forEach(window -> windows.put(window.getString(0), window.getInt(1)));
    return windows;
  }

  /** Where to lead leads after an asset: {@code next_action_asset, next_step_asset}. */
  private Dataset<Row> nextSteps() {
    return EarlierAnalysis.of(NextSteps.TABLE, asOf, lake)
        .where("is_recommended")
        .select(col("asset").as("next_action_asset"), col("next_asset").as("next_step_asset"));
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
    LocalDate from = AsOf.date(asOf, settings.run()).minusDays(ASSET_DAYS);
    return PointInTime.activity(
            lake.read(DailyActivity.TABLE).where(col("day").geq(lit(Date.valueOf(from)))),
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
