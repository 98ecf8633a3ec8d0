package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.warmlead.activity.DailyActivities;
import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Brings daily_activity up to the newest engagements. */
final class ActivityStage {
  private final RunContext run;

  ActivityStage(RunContext run) {
    this.run = run;
  }

  /**
   * Takes up the engagements of all batches that daily_activity has not seen, in one commit: after
   * a crash between the two tables the next run catches up, and a second run finds nothing to do.
   */
  void update() {
    Lake lake = run.lake();
    Row seen = lake.read(DailyActivity.TABLE).agg(max("batch")).head();
    Dataset<Row> fresh = lake.read(Engagements.TABLE);
    if (seen.isNullAt(0)) {
      lake.append(
          DailyActivity.TABLE, DailyActivities.inOrderOfArrival(fresh, run.settings().run()));
      return;
    }
    fresh = fresh.where(col("batch").gt(seen.getLong(0)));
    Dataset<Row> added = DailyActivities.of(fresh, run.settings().run());
    Row oldest = fresh.agg(min("occurred_at")).head();
    if (oldest.isNullAt(0)) {
      return;
    }
    // Only days from the oldest new engagement on can change; a day of margin covers all zones.
    lake.merge(
        DailyActivity.TABLE,
        added,
        col("target.day")
            .geq(
                org.apache.spark.sql.functions.date_sub(
                    lit(oldest.getTimestamp(0)).cast("date"), 1)),
        DailyActivities.updates());
  }
}
