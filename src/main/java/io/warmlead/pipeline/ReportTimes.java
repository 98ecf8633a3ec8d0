package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;

import io.warmlead.lake.Lake;
import io.warmlead.report.Insights.StageTime;
import io.warmlead.table.Runs;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Row;

/** How long a run took, and those before it. */
final class ReportTimes {
  private static final int MOST_EARLIER = 14;
  private static final double MILLIS = 1000;

  private final Lake lake;
  private final String runId;

  ReportTimes(RunContext run) {
    this.lake = run.lake();
    this.runId = run.runId();
  }

  /**
   * Times of a run.
   *
   * @param stages in the order in which they began
   * @param earlier seconds of the newest earlier runs of the same command
   */
  record Times(List<StageTime> stages, List<Double> earlier) {}

  Times times() {
    List<Row> rows =
        lake.read(Runs.TABLE)
            .where(col("run_id").equalTo(runId))
            .orderBy(col("started_at"), col("finished_at"), col("stage"))
            .select("stage", "started_at", "finished_at", "command")
            .collectAsList();
    return rows.stream()
        .filter(row -> row.getString(0).equals(Runs.WHOLE))
        .findFirst()
        .map(whole -> new Times(stages(rows, whole), earlier(whole)))
        .orElseGet(() -> new Times(List.of(), List.of()));
  }

  private static List<StageTime> stages(List<Row> rows, Row whole) {
    return rows.stream()
        .filter(row -> !row.equals(whole))
        .map(
            row ->
                new StageTime(row.getString(0), seconds(whole, 1, row, 1), seconds(row, 1, row, 2)))
        .toList();
  }

  private List<Double> earlier(Row whole) {
    return lake
        .read(Runs.TABLE)
        .where(
            col("stage")
                .equalTo(Runs.WHOLE)
                .and(col("command").equalTo(whole.getString(3)))
                .and(col("status").startsWith(RunLedger.SUCCEEDED))
                .and(col("started_at").lt(whole.getTimestamp(1))))
        .orderBy(desc("started_at"), col("run_id"))
        .limit(MOST_EARLIER)
        .select("started_at", "finished_at")
        .collectAsList()
        .stream()
        .map(row -> seconds(row, 0, row, 1))
        .toList();
  }

  private static double seconds(Row from, int start, Row to, int end) {
    return Duration.between(from.getTimestamp(start).toInstant(), to.getTimestamp(end).toInstant())
            .toMillis()
        / MILLIS;
  }
}
