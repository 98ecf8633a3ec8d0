package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.warmlead.config.ConversionSettings;
import io.warmlead.ingest.LeadVersions;
import io.warmlead.ingest.OutcomeChanges;
import io.warmlead.ingest.OutcomeRules;
import io.warmlead.ingest.RawRows;
import io.warmlead.ingest.RestlessAttributes;
import io.warmlead.lake.Lake;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Writes judged batches of leads and outcomes: good rows that are new to their table. Each method
 * writes one table and does nothing where a batch has no rows.
 */
final class InputWrites {
  private static final int MOST_ATTRIBUTES = 5;

  private final RunContext run;
  private final Lake lake;

  InputWrites(RunContext run) {
    this.run = run;
    this.lake = run.lake();
  }

  /**
   * Adds versions of leads that are new or changed.
   *
   * @param changedFrom since when changed attributes hold; asked for only where there are rows
   */
  void leads(InputBatch batch, Supplier<Instant> changedFrom) {
    batch
        .rows()
        .ifPresent(
            rows -> {
              Dataset<Row> stored = lake.read(Leads.TABLE);
              Dataset<Row> changed =
                  LeadVersions.changed(rows.where(RawRows.isGood()), stored, changedFrom.get())
                      .withColumn("run_id", lit(run.runId()));
              if (!lake.exists(Leads.TABLE)) {
                lake.append(Leads.TABLE, LeadVersions.chained(changed, stored));
                return;
              }
              // Asked for several times, once of them by the merge itself.
              Dataset<Row> held = changed.localCheckpoint();
              Row counts =
                  held.agg(
                          count_if(col("is_outdated")), count_if(functions.not(col("is_outdated"))))
                      .head();
              noteOutdated(counts.getLong(0));
              if (counts.getLong(1) >= QualityGate.ENOUGH_TO_TELL) {
                noteRestless(held, counts.getLong(1), stored);
              }
              lake.replace(Leads.TABLE, LeadVersions.chained(held, stored));
            });
  }

  /** What differs for most leads that were known before, in one night, is no news of them. */
  private void noteRestless(Dataset<Row> changed, long rows, Dataset<Row> stored) {
    long known = stored.where(col("valid_to").isNull()).count();
    if (2 * rows <= known) {
      return;
    }
    String restless =
        RestlessAttributes.differing(changed, stored)
            .where(col("leads").multiply(2).gt(known))
            .orderBy(col("leads").desc(), col("attribute"))
            .limit(MOST_ATTRIBUTES)
            .collectAsList()
            .stream()
            .map(row -> row.getString(0) + " (" + 100 * row.getLong(1) / known + " %)")
            .collect(Collectors.joining(", "));
    if (!restless.isEmpty()) {
      run.progress()
          .note(
              "Attributes differ for most of the leads that were known before: "
                  + restless
                  + ". What changes with every export makes a new version of each lead, and tells a"
                  + " model the date of the export: list it in inputs.leads.exclude.");
    }
  }

  private void noteOutdated(long rows) {
    if (rows > 0) {
      run.progress()
          .note(
              String.format(
                  Locale.ROOT,
                  "%,d rows of leads come from files of an earlier date than what is stored of these"
                      + " leads, and change nothing.",
                  rows));
    }
  }

  /** Adds outcomes that are not stored yet, and takes out what they correct. */
  void outcomes(InputBatch batch) {
    batch.rows().ifPresent(rows -> outcomes(rows.where(RawRows.isGood())));
  }

  private void outcomes(Dataset<Row> good) {
    boolean isThere = lake.exists(Outcomes.TABLE);
    OutcomeChanges changes = OutcomeChanges.of(good, lake.read(Outcomes.TABLE));
    // Found before the new ones are added. They are added first, so that a run which is cut off in
    // between has lost nothing: the next one, which reads the file again, takes the old ones out.
    Dataset<Row> replaced = changes.replaced().localCheckpoint();
    lake.append(
        Outcomes.TABLE,
        OutcomeRules.classified(changes.added(), run.settings().conversion())
            .withColumn("run_id", lit(run.runId())));
    if (isThere && !replaced.isEmpty()) {
      Column isSame =
          Outcomes.TABLE.key().stream()
              .map(key -> col("target." + key).eqNullSafe(col("source." + key)))
              .reduce(col("target.run_id").equalTo(col("source.run_id")), Column::and);
      lake.delete(Outcomes.TABLE, replaced, isSame);
      noteCorrected(replaced.where("is_correction").count());
    }
    noteSecondConversions();
  }

  private void noteCorrected(long rows) {
    if (rows > 0) {
      run.progress()
          .note(
              String.format(
                  Locale.ROOT,
                  "%,d stored outcomes were corrected: later rows took their place.",
                  rows));
    }
  }

  /** Without an id of its source, a corrected outcome looks like another one. */
  private void noteSecondConversions() {
    ConversionSettings conversion = run.settings().conversion();
    if (!conversion.closesLead() || conversion.reopensOnInbound()) {
      return;
    }
    long leads =
        lake.read(Outcomes.TABLE)
            .where(col("is_conversion"))
            .groupBy("lead_id")
            .agg(count(lit(1)).as("conversions"), max(isOfThisRun()).as("is_new"))
            .where("conversions > 1 AND is_new")
            .count();
    if (leads > 0) {
      run.progress()
          .note(
              String.format(
                  Locale.ROOT,
                  "%,d leads have converted more than once now, although a conversion closes a lead:"
                      + " the first one counts. If rows were corrected, name their id in"
                      + " inputs.outcomes.columns.outcome_id; if these leads bought again, see"
                      + " conversion.closes_lead.",
                  leads));
    }
  }

  private Column isOfThisRun() {
    return col("run_id").equalTo(lit(run.runId()));
  }
}
