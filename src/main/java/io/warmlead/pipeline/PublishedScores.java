package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.max;

import io.warmlead.feature.PointInTime;
import io.warmlead.model.LevelShift;
import io.warmlead.model.ScoringModel;
import io.warmlead.table.ChallengerScores;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Outcomes;
import io.warmlead.table.TableContract;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What models said earlier, beside what has come of it since. */
final class PublishedScores {
  private static final int TREND_DAYS = 7;

  /** Scorings further apart tell no trend. */
  private static final int TREND_LOOKS_BACK = 45;

  private final RunContext run;
  private final PublishedRuns counting;

  PublishedScores(RunContext run) {
    this.run = run;
    this.counting = PublishedRuns.and(run);
  }

  /**
   * Adds {@code converted}: whether a conversion within the horizon after scored_as_of is known.
   *
   * @param scores lead_id, scored_as_of
   * @param instants all values of scored_as_of
   * @param asOf outcomes from then on are not known
   */
  Dataset<Row> withOutcome(Dataset<Row> scores, List<Instant> instants, Instant asOf) {
    Dataset<Row> conversions =
        PointInTime.conversions(
                run.lake().read(Outcomes.TABLE),
                instants,
                run.settings().conversion().horizonDays(),
                asOf,
                run.settings().run())
            .select(col("lead_id"), col("as_of").as("scored_as_of"), lit(true).as("converted"));
    return scores
        .join(conversions, new String[] {"lead_id", "scored_as_of"}, "left_outer")
        .withColumn("converted", coalesce(col("converted"), lit(false)));
  }

  /**
   * How far the level of a model must be moved on a night: by what came of its scores of the last
   * two horizons, of dates at least one snapshot apart, or one horizon where that is shorter: then
   * no conversion is told twice, and dates remain. What it said as a challenger counts as what it
   * said as champion.
   *
   * @param until up to when outcomes are recorded; what was published from then on tells nothing
   */
  double levelShift(ScoringModel model, Instant until) {
    LocalDate date = AsOf.date(until, run.settings().run());
    int horizon = run.settings().conversion().horizonDays();
    int every = Math.min(run.settings().model().snapshotEveryDays(), horizon);
    LocalDate oldest = date.minusDays(2L * horizon);
    Column isOfModel =
        col("model_version")
            .equalTo(lit(model.version()))
            .and(col("score_date").lt(lit(Date.valueOf(date))))
            .and(col("score_date").gt(lit(Date.valueOf(oldest))));
    Dataset<Row> said =
        scores(LeadScores.TABLE, isOfModel).unionByName(scores(ChallengerScores.TABLE, isOfModel));
    List<Row> nights =
        said.groupBy("score_date")
            .agg(max("scored_as_of"))
            .orderBy(col("score_date").desc())
            .collectAsList();
    List<Date> dates = new ArrayList<>();
    List<Instant> instants = new ArrayList<>();
    LocalDate before = date;
    for (Row night : nights) {
      if (!night.getDate(0).toLocalDate().isAfter(before.minusDays(every))) {
        before = night.getDate(0).toLocalDate();
        dates.add(night.getDate(0));
        instants.add(night.getTimestamp(1).toInstant());
      }
    }
    if (dates.isEmpty()) {
      return 0;
    }
    Column p = col("probability");
    Dataset<Row> scores =
        said.where(col("score_date").isin(dates.toArray()).and(p.isNotNull()))
            .select(
                col("lead_id"),
                col("scored_as_of"),
                ln(p.divide(lit(1).minus(p)))
                    .minus(coalesce(col("level_shift"), lit(0D)))
                    .as("log_odds"));
    return LevelShift.of(
        withOutcome(scores, instants, until).withColumnRenamed("scored_as_of", "as_of"),
        model,
        Duration.ofDays(every),
        until);
  }

  /**
   * The scores that trends are measured from: those of the newest date a week ago or longer, by the
   * same model; of its oldest date, where it is younger. So a trend is that of the lead, whatever
   * the days between two scorings.
   *
   * @param version model of the night; empty where behaviour rules alone decide
   */
  Dataset<Row> toMeasureTrendsFrom(Optional<String> version, LocalDate date) {
    Dataset<Row> scores = counting.only(run.lake().read(LeadScores.TABLE));
    if (version.isEmpty()) {
      return scores.limit(0);
    }
    Column isOfModel = col("model_version").equalTo(lit(version.get()));
    List<LocalDate> dates =
        scores
            .where(isOfModel.and(col("score_date").lt(lit(Date.valueOf(date)))))
            .where(col("score_date").geq(lit(Date.valueOf(date.minusDays(TREND_LOOKS_BACK)))))
            .select("score_date")
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> row.getDate(0).toLocalDate())
            .sorted()
            .toList();
    LocalDate weekAgo = date.minusDays(TREND_DAYS);
    return dates.stream()
        .filter(earlier -> !earlier.isAfter(weekAgo))
        .reduce((older, newer) -> newer)
        .or(() -> dates.stream().findFirst())
        .map(
            from -> scores.where(isOfModel.and(col("score_date").equalTo(lit(Date.valueOf(from))))))
        .orElseGet(() -> scores.limit(0));
  }

  private Dataset<Row> scores(TableContract table, Column which) {
    return counting
        .only(run.lake().read(table).where(which))
        .select("lead_id", "score_date", "scored_as_of", "probability", "level_shift");
  }
}
