package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Runs;
import java.sql.Date;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Runs that were published: rows of others do not count yet, or never will. */
final class PublishedRuns {
  /** Of the table of runs, for readers that have only SQL. */
  static final String IS_PUBLISHED =
      "stage = '" + Runs.WHOLE + "' AND startswith(status, '" + RunLedger.SUCCEEDED + "')";

  private final Lake lake;
  private final Dataset<Row> runs;
  private final Dataset<Row> ids;

  PublishedRuns(Lake lake) {
    this(lake, List.of());
  }

  private PublishedRuns(Lake lake, List<Row> underWay) {
    this.lake = lake;
    this.runs = lake.read(Runs.TABLE).where(IS_PUBLISHED);
    Dataset<Row> published = runs.select("run_id");
    this.ids =
        underWay.isEmpty()
            ? published
            : published.unionByName(lake.spark().createDataFrame(underWay, published.schema()));
  }

  /** What counts for a run that is under way: what was published, and its own rows. */
  static PublishedRuns and(RunContext run) {
    return new PublishedRuns(run.lake(), List.of(RowFactory.create(run.runId())));
  }

  /** Those rows that one of the runs wrote. */
  Dataset<Row> only(Dataset<Row> rows) {
    return rows.join(broadcast(ids), new String[] {"run_id"}, "left_semi");
  }

  /** Whether a run was published. */
  boolean has(String runId) {
    return !runs.where(col("run_id").equalTo(lit(runId))).isEmpty();
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
    return newestDate(Optional.empty());
  }

  /**
   * The same, up to a date.
   *
   * @param notAfter of those up to a date; empty: of all
   */
  Optional<LocalDate> newestDate(Optional<LocalDate> notAfter) {
    return newest(
        notAfter.map(date -> col("score_date").leq(lit(Date.valueOf(date)))).orElse(lit(true)));
  }

  /** The newest scored date before another whose scores are there; empty where there is none. */
  Optional<LocalDate> newestBefore(LocalDate date) {
    return newest(col("score_date").lt(lit(Date.valueOf(date))));
  }

  /**
   * The scored dates from one to another, both included, whose scores are there. The ledger and the
   * list of files tell: no scores are read, however many dates there are.
   */
  Set<LocalDate> dates(LocalDate from, LocalDate to) {
    Set<LocalDate> there =
        lake.partitions(LeadScores.TABLE).stream()
            .map(LocalDate::parse)
            .collect(Collectors.toCollection(HashSet::new));
    there.retainAll(
        ledger(col("score_date").between(lit(Date.valueOf(from)), lit(Date.valueOf(to)))));
    return there;
  }

  /** Whether one of the runs scored a date, and its scores are there. */
  boolean hasScores(LocalDate date) {
    return !scores(date).isEmpty();
  }

  private Optional<LocalDate> newest(Column which) {
    // From the ledger, which has one row a run: the scores of all nights would be read for less.
    return ledger(which).stream()
        // A date may have been scored again by a run that failed, or taken back.
        .filter(this::hasScores)
        .findFirst();
  }

  /** Newest first. */
  private List<LocalDate> ledger(Column which) {
    return runs
        .where(which.and(col("score_date").isNotNull()))
        .select("score_date")
        .distinct()
        .orderBy(col("score_date").desc())
        .collectAsList()
        .stream()
        .map(date -> date.getDate(0).toLocalDate())
        .toList();
  }

  private Dataset<Row> scores(LocalDate date) {
    return only(
        lake.read(LeadScores.TABLE).where(col("score_date").equalTo(lit(Date.valueOf(date)))));
  }
}
