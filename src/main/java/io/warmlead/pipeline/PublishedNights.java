package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.try_element_at;

import io.warmlead.config.SettingsException;
import io.warmlead.lake.Lake;
import io.warmlead.table.Runs;
import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Nights of the ledger, and the versions of the tables that each left behind. */
final class PublishedNights {
  private static final int MOST_NAMED = 10;

  private final Dataset<Row> runs;

  PublishedNights(Lake lake) {
    this.runs =
        lake.read(Runs.TABLE)
            .where(
                col("stage")
                    .equalTo(Runs.WHOLE)
                    .and(col("status").startsWith(RunLedger.SUCCEEDED))
                    .and(col("score_date").isNotNull()))
            // By what the runs found, not by the clock: that may have been set back between them.
            .orderBy(
                coalesce(try_element_at(col("versions_read"), lit(Runs.TABLE.name())), lit(-1L))
                    .desc());
  }

  /**
   * A night.
   *
   * @param versions table to version; a table that was not there yet is not in it
   */
  record Night(String runId, LocalDate scoreDate, Map<String, Long> versions) {
    /** The version of a table. */
    Optional<Long> version(String table) {
      return Optional.ofNullable(versions.get(table));
    }
  }

  /**
   * The newest night of a date or of a run.
   *
   * @throws SettingsException naming nights that there are, when there is no such night
   */
  Night find(Optional<LocalDate> date, Optional<String> runId) {
    if (date.isPresent() == runId.isPresent()) {
      throw new SettingsException(
          "Say which night, with --score-date DATE or with --run ID. " + newest());
    }
    Column isWanted =
        date.map(day -> col("score_date").equalTo(lit(Date.valueOf(day))))
            .orElseGet(() -> col("run_id").equalTo(lit(runId.orElseThrow())));
    return runs.where(isWanted).limit(1).collectAsList().stream()
        .map(PublishedNights::night)
        .findFirst()
        .orElseThrow(
            () ->
                new SettingsException(
                    "No published night "
                        + date.map(day -> "scored " + day)
                            .orElseGet(() -> "has the id " + runId.orElseThrow())
                        + ". "
                        + newest()));
  }

  private String newest() {
    List<Row> newest = runs.select("score_date", "run_id").limit(MOST_NAMED).collectAsList();
    return newest.isEmpty()
        ? "No night was published in this lake."
        : newest.stream()
            .map(night -> night.getDate(0) + " (run " + night.getString(1) + ")")
            .collect(Collectors.joining(", ", "The newest are ", "."));
  }

  /** What a run found, where it wrote nothing else. */
  private static Night night(Row row) {
    Map<String, Long> versions = new HashMap<>(row.getJavaMap(row.fieldIndex("versions_read")));
    versions.putAll(row.getJavaMap(row.fieldIndex("versions_written")));
    return new Night(
        row.getAs("run_id"), row.<Date>getAs("score_date").toLocalDate(), Map.copyOf(versions));
  }
}
