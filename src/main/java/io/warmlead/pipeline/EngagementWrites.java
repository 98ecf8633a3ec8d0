package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import io.warmlead.config.InputSettings;
import io.warmlead.ingest.EngagementIdentity;
import io.warmlead.ingest.RawRows;
import io.warmlead.ingest.RepeatedHistory;
import io.warmlead.lake.Lake;
import io.warmlead.table.Engagements;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

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
   * @param newest newest day that is stored
   * @param number of the batch
   */
  void write(InputBatch batch, LocalDate first, Optional<LocalDate> newest, long number) {
    if (batch.rows().isEmpty()) {
      return;
    }
    Dataset<Row> good = batch.rows().get().where(RawRows.isGood());
    Dataset<Row> ids = good.where(col("event_id").isNotNull()).select("event_id");
    long withId = ids.count();
    noteMissingIds(batch, withId);
    // The same row has the same time: only that part of history can hold it.
    Column isRecent = col("occurred_at").geq(startOf(first));
    Dataset<Row> stored = lake.read(Engagements.TABLE);
    Dataset<Row> known = stored.where(isRecent).select("event_id", "lead_id");
    if (withId > 0) {
      known = known.unionByName(moved(ids, withId, stored.where(not(isRecent))));
    }
    if (newest.isEmpty()) {
      append(EngagementIdentity.distinct(good, known), number);
      return;
    }
    Column isOfAnotherLead = EngagementIdentity.isOfAnotherLead();
    Dataset<Row> held =
        EngagementIdentity.withKnownLead(good, known)
            .where(EngagementIdentity.isNew().or(isOfAnotherLead))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      if (withId > 0) {
        noteOtherLeads(held.where(isOfAnotherLead).count());
      }
      Dataset<Row> added = held.where(EngagementIdentity.isNew());
      if (first.isBefore(newest.get())) {
        appendUnlessRepeated(added, stored, startOf(newest.get()), number);
      } else {
        append(added, number);
      }
    } finally {
      held.unpersist();
    }
  }

  private void append(Dataset<Row> rows, long number) {
    lake.append(
        Engagements.TABLE,
        rows.withColumn("batch", lit(number)).withColumn("run_id", lit(run.runId())));
  }

  /**
   * Where most of many new rows that lie before the newest stored day say what stored ones say,
   * history was delivered again with another content.
   */
  private void appendUnlessRepeated(
      Dataset<Row> added, Dataset<Row> stored, Column newest, long number) {
    Column isOld = col("occurred_at").lt(newest);
    Row old = added.where(isOld).agg(count(lit(1)), min("occurred_at")).head();
    if (old.getLong(0) < QualityGate.ENOUGH_TO_TELL) {
      append(added, number);
      return;
    }
    Dataset<Row> marked =
        RepeatedHistory.marked(
                added, stored.where(col("occurred_at").geq(lit(old.getTimestamp(1)))))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      boolean isRepeated = 2 * marked.where(isOld.and(col("is_copy"))).count() > old.getLong(0);
      if (isRepeated) {
        noteRepeated(marked.where("is_copy"));
      }
      append(isRepeated ? marked.where(not(col("is_copy"))) : added, number);
    } finally {
      marked.unpersist();
    }
  }

  private void noteRepeated(Dataset<Row> copies) {
    List<String> differing = RepeatedHistory.differing(copies);
    run.progress()
        .note(
            String.format(
                Locale.ROOT,
                "%,d rows of engagements say what stored ones say, and differ from them only in %s."
                    + " They are taken for the same engagements. List what changes with every export"
                    + " in inputs.engagements.exclude, or name an id in"
                    + " inputs.engagements.columns.event_id.",
                copies.count(),
                differing.isEmpty() ? "received_at or their id" : String.join(", ", differing)));
  }

  private static Column startOf(LocalDate day) {
    return lit(day.toString()).cast("timestamp");
  }

  /**
   * Ids that the source itself gave, and that older engagements have: an engagement may have been
   * given another time. Little more than this column is read of them, and only where there are such
   * ids.
   */
  private static Dataset<Row> moved(Dataset<Row> ids, long count, Dataset<Row> older) {
    return older
        .select("event_id", "lead_id")
        .join(
            count > MOST_IDS_IN_MEMORY ? ids : broadcast(ids),
            new String[] {"event_id"},
            "left_semi");
  }

  /** Where leads are merged, an export may give all they did to the one that is left. */
  private void noteOtherLeads(long rows) {
    if (rows > 0) {
      run.progress()
          .note(
              String.format(
                  Locale.ROOT,
                  "%,d rows of engagements have the event_id of a stored engagement of another lead,"
                      + " and change nothing: each stays with the lead that it came with. Where leads"
                      + " were merged, own-data.md says what to do.",
                  rows));
    }
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
