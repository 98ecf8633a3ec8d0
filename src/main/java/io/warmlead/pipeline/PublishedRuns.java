package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Runs;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Runs that were published: rows of others do not count yet, or never will. */
final class PublishedRuns {
  private final Lake lake;
  private final Dataset<Row> runs;

  PublishedRuns(Lake lake) {
    this.lake = lake;
    this.runs =
        lake.read(Runs.TABLE)
            .where(
                col("stage")
                    .equalTo(Runs.WHOLE)
                    .and(col("status").startsWith(RunLedger.SUCCEEDED)));
  }

  /** Those rows that a published run wrote. */
  Dataset<Row> only(Dataset<Row> rows) {
    return rows.join(
        broadcast(runs.select("run_id").distinct()), new String[] {"run_id"}, "left_semi");
  }

  /**
   * The published scores of the newest scored date that is not after another; empty where there is
   * none.
   */
  Optional<Dataset<Row>> newestScores(LocalDate notAfter) {
    return newest(col("score_date").leq(lit(Date.valueOf(notAfter)))).map(this::scores);
  }

  /** The newest scored date whose scores are there; empty where there is none. */
  Optional<LocalDate> newestDate() {
    return newest(lit(true)).map(Date::toLocalDate);
  }

  private Optional<Date> newest(Column which) {
    // From the ledger, which has one row a run: the scores of all nights would be read for less.
    return runs
        .where(which.and(col("score_date").isNotNull()))
        .select("score_date")
        .distinct()
        .orderBy(col("score_date").desc())
        .collectAsList()
        .stream()
        .map(date -> date.getDate(0))
        // A date may have been scored again by a run that failed, or taken back.
        .filter(date -> !scores(date).isEmpty())
        .findFirst();
  }

  private Dataset<Row> scores(Date date) {
    return only(lake.read(LeadScores.TABLE).where(col("score_date").equalTo(lit(date))));
  }
}
