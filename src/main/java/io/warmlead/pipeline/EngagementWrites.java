package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.warmlead.config.InputSettings;
import io.warmlead.ingest.EngagementIdentity;
import io.warmlead.ingest.RawRows;
import io.warmlead.lake.Lake;
import io.warmlead.table.Engagements;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes the engagements of a judged batch that are not stored yet. */
final class EngagementWrites {
  /** So many ids can be sent to every worker. */
  private static final long MOST_IDS_IN_MEMORY = 1_000_000;

  private final RunContext run;
  private final Lake lake;

  EngagementWrites(RunContext run) {
    this.run = run;
    this.lake = run.lake();
  }

  /**
   * Adds engagements that are not stored yet; does nothing where the batch has no rows.
   *
   * @param first oldest day among the good rows
   * @param number of the batch
   */
  void write(InputBatch batch, LocalDate first, long number) {
    if (batch.rows().isEmpty()) {
      return;
    }
    Dataset<Row> good = batch.rows().get().where(RawRows.isGood());
    Dataset<Row> ids = good.where(col("event_id").isNotNull()).select("event_id");
    long withId = ids.count();
    noteMissingIds(batch, withId);
    // The same row has the same time: only that part of history can hold it.
    Column isRecent = col("occurred_at").geq(lit(first.toString()).cast("timestamp"));
    Dataset<Row> stored = lake.read(Engagements.TABLE);
    Dataset<Row> known = stored.where(isRecent).select("event_id");
    if (withId > 0) {
      known = known.unionByName(moved(ids, withId, stored.where(not(isRecent))));
    }
    lake.append(
        Engagements.TABLE,
        EngagementIdentity.distinct(good, known)
            .withColumn("batch", lit(number))
            .withColumn("run_id", lit(run.runId())));
  }

  /**
   * Ids that the source itself gave, and that older engagements have: an engagement may have been
   * given another time. This column alone is read of them, and only where there are such ids.
   */
  private static Dataset<Row> moved(Dataset<Row> ids, long count, Dataset<Row> older) {
    return older
        .select("event_id")
        .join(
            count > MOST_IDS_IN_MEMORY ? ids : broadcast(ids),
            new String[] {"event_id"},
            "left_semi");
  }

  /** Some kinds of events may have no ids; where most rows have none, the column may be wrong. */
  private void noteMissingIds(InputBatch batch, long withId) {
    InputSettings input = batch.input();
    long good = batch.total().good();
    boolean isExpected =
        !input.keepDuplicates() && (withId > 0 || input.columns().containsKey("event_id"));
    if (isExpected && good >= QualityGate.ENOUGH_TO_TELL && 2 * withId < good) {
      run.progress()
          .note(
              String.format(
                  Locale.ROOT,
                  "%,d of %,d new rows of engagements have no event_id. They are known by their"
                      + " content; where that is not meant, see whether"
                      + " inputs.engagements.columns.event_id names the right column.",
                  good - withId,
                  good));
    }
  }
}
