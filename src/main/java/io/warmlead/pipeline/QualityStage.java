package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.warmlead.config.Settings;
import io.warmlead.insight.Promises;
import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import io.warmlead.table.TierQuality;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Judges published scores once their horizon has passed. Every night judges the dates that have not
 * been judged yet or were scored anew since, at most a month of them, and the newest again, because
 * outcomes may have come late.
 */
final class QualityStage {
  private static final int MOST_DATES = 31;

  private final Settings settings;
  private final Lake lake;
  private final RunContext run;
  private final PublishedRuns published;

  QualityStage(RunContext run) {
    this.run = run;
    this.settings = run.settings();
    this.lake = run.lake();
    this.published = PublishedRuns.and(run);
  }

  /** Scores of one date; a date is scored by one run, with one model. */
  private record Night(LocalDate date, Instant scoredAsOf, String runId) {}

  /** Writes tier_quality for dates whose horizon has passed, as far as outcomes are recorded. */
  void judge(Instant asOf) {
    List<Night> decided = decided(OutcomeLog.knownUntil(lake, asOf, settings.run()));
    Map<LocalDate, String> judged = judged();
    List<Night> due =
        decided.stream()
            .filter(
                night ->
                    night.equals(decided.get(0)) || !night.runId().equals(judged.get(night.date())))
            .toList();
    if (due.isEmpty()) {
      // There for readers, even while nothing is decided.
      lake.append(TierQuality.TABLE, lake.read(TierQuality.TABLE).limit(0));
      return;
    }
    lake.replaceWhere(
        TierQuality.TABLE,
        Promises.of(scores(due, asOf), settings.decay().minGroupLeads())
            .join(broadcast(origins(due)), "score_date")
            .withColumn("horizon_days", lit(settings.conversion().horizonDays()))
            .withColumn("as_of", lit(Timestamp.from(asOf)))
            .withColumn("run_id", lit(run.runId())),
        "score_date IN ("
            + due.stream()
                .map(night -> "DATE'" + night.date() + "'")
                .collect(Collectors.joining(", "))
            + ")");
  }

  /** What the summary must say: tiers of everyone whose promise the newest judged date broke. */
  List<String> warnings(Instant asOf) {
    if (!lake.exists(TierQuality.TABLE)) {
      return List.of();
    }
    Dataset<Row> known =
        published.only(
            lake.read(TierQuality.TABLE).where(col("as_of").leq(lit(Timestamp.from(asOf)))));
    Row newest = known.agg(max("score_date")).head();
    if (newest.isNullAt(0)) {
      return List.of();
    }
    return known
        .where(
            col("score_date")
                .equalTo(lit(newest.getDate(0)))
                .and(col("segment").equalTo(Promises.ALL))
                .and(functions.not(col("kept"))))
        .orderBy("tier")
        .select("score_date", "tier", "model_version", "expected", "observed")
        .collectAsList()
        .stream()
        .map(
            row ->
                String.format(
                    java.util.Locale.ROOT,
                    "%s leads of %s: %.1f conversions promised by %s, %,d came (tier_quality)",
                    row.getString(1),
                    row.getDate(0),
                    row.getDouble(3),
                    row.getString(2),
                    row.getLong(4)))
        .toList();
  }

  /** Newest first. */
  private List<Night> decided(Instant asOf) {
    if (!lake.exists(LeadScores.TABLE)) {
      return List.of();
    }
    int horizon = settings.conversion().horizonDays();
    LocalDate newest = AsOf.date(asOf, settings.run()).minusDays(horizon);
    List<LocalDate> dates =
        published.dates(LocalDate.EPOCH, newest).stream()
            .sorted(Comparator.reverseOrder())
            .limit(MOST_DATES)
            .toList();
    if (dates.isEmpty()) {
      return List.of();
    }
    return scored(dates)
        .groupBy("score_date")
        .agg(max("scored_as_of"), max("run_id"))
        .orderBy(desc("score_date"))
        .collectAsList()
        .stream()
        .map(
            row ->
                new Night(
                    row.getDate(0).toLocalDate(),
                    row.getTimestamp(1).toInstant(),
                    row.getString(2)))
        .filter(night -> !night.scoredAsOf().plus(java.time.Duration.ofDays(horizon)).isAfter(asOf))
        .toList();
  }

  private Map<LocalDate, String> judged() {
    Map<LocalDate, String> judged = new HashMap<>();
    published
        .only(lake.read(TierQuality.TABLE))
        .select("score_date", "scores_run_id")
        .distinct()
        .collectAsList()
        .forEach(row -> judged.put(row.getDate(0).toLocalDate(), row.getString(1)));
    return judged;
  }

  private Dataset<Row> scores(List<Night> due, Instant asOf) {
    List<Instant> instants = due.stream().map(Night::scoredAsOf).toList();
    return new PublishedScores(run).withOutcome(published(due), instants, asOf);
  }

  private Dataset<Row> origins(List<Night> due) {
    return published(due)
        .groupBy("score_date")
        .agg(
            max("model_version").as("model_version"),
            max("scored_as_of").as("scored_as_of"),
            max("run_id").as("scores_run_id"));
  }

  private Dataset<Row> published(List<Night> due) {
    return scored(due.stream().map(Night::date).toList());
  }

  private Dataset<Row> scored(List<LocalDate> dates) {
    Object[] chosen = dates.stream().map(Date::valueOf).toArray();
    return published.only(
        lake.read(LeadScores.TABLE)
            .where(col("score_date").isin(chosen).and(col("probability").isNotNull())));
  }
}
