package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.config.Settings;
import io.warmlead.insight.InsightQuery;
import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Outcomes;
import io.warmlead.table.TableContract;
import io.warmlead.table.TierTransitionMatrix;
import io.warmlead.table.TierTransitions;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Writes the insight tables. Each is a query of its own in the resources of {@code insight}; here
 * stands what they read: of the past only as much as {@code insight.history} says.
 */
final class InsightStage {
  /** Weeks of moves that are written again, because their scores may have been. */
  private static final int MOST_WEEKS = 8;

  private final RunContext run;
  private final Settings settings;
  private final Lake lake;
  private final Instant asOf;
  private final LocalDate today;

  InsightStage(RunContext run, Instant asOf) {
    this.run = run;
    this.settings = run.settings();
    this.lake = run.lake();
    this.asOf = asOf;
    this.today = AsOf.date(asOf, settings.run());
  }

  /** Writes all insight tables as of the instant. */
  void analyze() {
    ScoredDates scored =
        ScoredDates.between(lake, today.minusDays(settings.insight().historyDays()), today);
    SideBySide.run(() -> writeMoves(scored));
  }

  private void writeMoves(ScoredDates scored) {
    List<ScoredDates.Week> weeks = scored.weeks(MOST_WEEKS);
    if (weeks.isEmpty()) {
      // There for readers, even while there is nothing to tell.
      lake.append(TierTransitionMatrix.TABLE, lake.read(TierTransitionMatrix.TABLE).limit(0));
      return;
    }
    LocalDate first = weeks.get(0).monday();
    LocalDate last = weeks.get(weeks.size() - 1).monday();
    Dataset<Row> moved =
        lake.read(TierTransitions.TABLE).where(col("score_date").gt(lit(Date.valueOf(first))));
    Dataset<Row> rows =
        InsightQuery.of(
            TierTransitionMatrix.TABLE.name(),
            Map.of(
                "weeks", functions.broadcast(ScoredDates.rows(lake, weeks)),
                "lead_scores",
                    scores(
                        weeks.stream()
                            .flatMap(week -> List.of(week.from(), week.to()).stream())
                            .distinct()
                            .toList()),
                "tier_transitions", moved,
                "outcomes", lake.read(Outcomes.TABLE)),
            markers());
    write(
        TierTransitionMatrix.TABLE,
        rows,
        "week BETWEEN DATE'" + first + "' AND DATE'" + last + "'");
  }

  /** Scores of some dates alone, as they were known at the instant. */
  private Dataset<Row> scores(List<LocalDate> dates) {
    Object[] chosen = dates.stream().map(Date::valueOf).toArray();
    return lake.read(LeadScores.TABLE)
        .where(col("score_date").isin(chosen))
        .where(col("scored_as_of").leq(lit(Timestamp.from(asOf))));
  }

  private Map<String, Object> markers() {
    return Map.of("as_of", asOf, "as_of_date", today);
  }

  private void write(TableContract table, Dataset<Row> rows, String predicate) {
    lake.replaceWhere(
        table,
        rows.withColumn("as_of", lit(Timestamp.from(asOf))).withColumn("run_id", lit(run.runId())),
        predicate);
  }
}
