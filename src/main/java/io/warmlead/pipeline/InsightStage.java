package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.config.Settings;
import io.warmlead.insight.OfficeHours;
import io.warmlead.insight.Touchpoints;
import io.warmlead.lake.Lake;
import io.warmlead.table.Cadence;
import io.warmlead.table.ForecastQuality;
import io.warmlead.table.Funnel;
import io.warmlead.table.HandoffTiming;
import io.warmlead.table.HeatingAccounts;
import io.warmlead.table.NextSteps;
import io.warmlead.table.ResponseTime;
import io.warmlead.table.RewarmOutcomes;
import io.warmlead.table.Silence;
import io.warmlead.table.SourcePerformance;
import io.warmlead.table.TierTransitionMatrix;
import io.warmlead.table.WarmEconomics;
import io.warmlead.table.WarmWindows;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Writes the insight tables. Each is a query of its own in the resources of {@code insight}; here
 * stands what they read: of the past only as much as {@code insight.history} says.
 */
final class InsightStage {
  /** Weeks of moves that are written again, because their scores may have been. */
  private static final int MOST_WEEKS = 8;

  /** As cadence.sql has it. */
  private static final int RECENT_TOUCHES_DAYS = 14;

  private final RunContext run;
  private final Settings settings;
  private final Lake lake;
  private final Instant asOf;
  private final LocalDate today;
  private final LocalDate since;
  private final InsightInputs past;
  private final InsightWriter insights;

  InsightStage(RunContext run, Instant asOf) {
    this.run = run;
    this.settings = run.settings();
    this.lake = run.lake();
    this.asOf = asOf;
    this.today = AsOf.date(asOf, settings.run());
    // From a Monday, so that the first week of entry is whole.
    this.since =
        today
            .minusDays(settings.insight().historyDays())
            .with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
    this.past = new InsightInputs(run, asOf, since);
    this.insights = new InsightWriter(run, asOf, since);
  }

  /** Writes all insight tables as of the instant. */
  void analyze() {
    ScoredDates scored = ScoredDates.between(run, since.minusDays(1), today);
    SideBySide.run(
        () -> writeMoves(scored),
        () -> writeEconomics(scored),
        () -> writeFunnel(),
        () -> writeSources(scored),
        () -> writeResponseTimes(scored),
        () -> writeWarmWindows(),
        () -> writeHandoffTiming(scored),
        () -> writeRewarmed(scored),
        () -> writeForecastQuality(scored),
        () -> writeAccounts(scored),
        () -> writeCadence(),
        () -> writeNextSteps());
  }

  private void writeMoves(ScoredDates scored) {
    List<ScoredDates.Week> weeks = scored.weeks(MOST_WEEKS);
    if (weeks.isEmpty()) {
      insights.writeNothing(TierTransitionMatrix.TABLE);
      return;
    }
    LocalDate first = weeks.get(0).monday();
    LocalDate last = weeks.get(weeks.size() - 1).monday();
    List<LocalDate> ends =
        weeks.stream().flatMap(week -> List.of(week.from(), week.to()).stream()).toList();
    insights.write(
        TierTransitionMatrix.TABLE,
        Map.of(
            "weeks", broadcast(ScoredDates.rows(lake, weeks)),
            "lead_scores", past.scores(ends),
            "tier_transitions",
                past.transitions().where(col("score_date").gt(lit(Date.valueOf(first)))),
            "outcomes", past.outcomes()),
        "week BETWEEN DATE'" + first + "' AND DATE'" + last + "'");
  }

  private void writeEconomics(ScoredDates scored) {
    if (scored.dates().isEmpty()) {
      insights.writeNothing(WarmEconomics.TABLE);
      return;
    }
    insights.write(
        WarmEconomics.TABLE,
        Map.of(
            "lead_scores", past.scores(datesApart(scored, 0)),
            "leads", past.leads(),
            "outcomes", past.outcomes(),
            "engagements", past.engagements().where(col("cost").isNotNull())),
        Map.of("running_date", running(scored, 0)));
  }

  /**
   * Dates a horizon apart whose horizon, some days later, is over, and the oldest whose horizon
   * still runs.
   */
  private List<LocalDate> datesApart(ScoredDates scored, int daysLater) {
    int horizon = settings.conversion().horizonDays();
    LocalDate newest = today.minusDays((long) daysLater + horizon);
    List<LocalDate> dates = new ArrayList<>(scored.upTo(newest).apart(horizon));
    dates.add(running(scored, daysLater));
    return dates;
  }

  private LocalDate running(ScoredDates scored, int daysLater) {
    return scored.firstAfter(
        today.minusDays((long) daysLater + settings.conversion().horizonDays()));
  }

  private void writeFunnel() {
    insights.write(
        Funnel.TABLE,
        Map.of(
            "leads", past.leads(),
            "activity", past.activity(),
            "levels", past.levels(),
            "outcomes", past.outcomes()),
        Map.of());
  }

  private void writeSources(ScoredDates scored) {
    List<LocalDate> newest = scored.dates().isEmpty() ? List.of() : List.of(scored.newest());
    insights.write(
        SourcePerformance.TABLE,
        Map.of(
            "leads", past.leads(),
            "activity", past.activity(),
            "lead_scores", past.scores(newest),
            "outcomes", past.outcomes(),
            "sources", broadcast(Touchpoints.listed(lake.spark()))),
        Map.of());
  }

  private void writeResponseTimes(ScoredDates scored) {
    insights.write(
        ResponseTime.TABLE,
        Map.of(
            "engagements",
                past.engagements()
                    .select("lead_id", "occurred_at", "signal", "direction", "intent"),
            "leads", past.leads(),
            "lead_scores", past.scores(scored.weekly()),
            "outcomes", past.outcomes()),
        OfficeHours.markers(settings.run()));
  }

  private void writeCadence() {
    // What was sent in the first days is only counted, as recent touches of later ones.
    Instant from = AsOf.start(since.plusDays(RECENT_TOUCHES_DAYS), settings.run());
    insights.write(
        Cadence.TABLE,
        Map.of("activity", past.activity(), "leads", past.leads()),
        Map.of("since_touch", from));
  }

  private void writeNextSteps() {
    insights.write(
        NextSteps.TABLE,
        Map.of("activity", past.activity(), "outcomes", past.outcomes()),
        Map.of("min_leads", settings.decay().minGroupLeads()));
  }

  private void writeHandoffTiming(ScoredDates scored) {
    if (scored.dates().isEmpty()) {
      insights.writeNothing(HandoffTiming.TABLE);
      return;
    }
    insights.write(
        HandoffTiming.TABLE,
        Map.of(
            "lead_scores", past.scores(List.of(scored.newest())),
            "history", past.stages(scored.dates()),
            "activity", past.activity(),
            "outcomes", past.outcomes()),
        Map.of("hot_days", settings.temperature().hotWindowDays()));
  }

  private void writeRewarmed(ScoredDates scored) {
    if (scored.dates().isEmpty()) {
      insights.writeNothing(RewarmOutcomes.TABLE);
      return;
    }
    insights.write(
        RewarmOutcomes.TABLE,
        Map.of(
            "lead_scores", past.scores(datesApart(scored, 0)),
            "leads", past.leads(),
            "outcomes", past.outcomes(),
            "returns",
                past.transitions()
                    .where(col("kind").equalTo("rewarmed"))
                    .select("lead_id", "score_date", "trigger_signal")),
        Map.of());
  }

  private void writeForecastQuality(ScoredDates scored) {
    List<Integer> ahead = settings.decay().forecastDays();
    if (scored.dates().isEmpty() || ahead.isEmpty()) {
      insights.writeNothing(ForecastQuality.TABLE);
      return;
    }
    List<LocalDate> dates = datesApart(scored, ahead.get(0));
    insights.write(
        ForecastQuality.TABLE,
        Map.of(
            "lead_scores", past.scores(dates),
            "activity", past.activity(),
            "outcomes", past.outcomes(),
            "tier_transitions",
                past.transitions()
                    .where(col("score_date").gt(lit(Date.valueOf(Collections.min(dates)))))),
        Map.of("scored_dates", scored.dates(), "forecast_days", ahead));
  }

  private void writeAccounts(ScoredDates scored) {
    if (scored.dates().isEmpty()) {
      insights.writeNothing(HeatingAccounts.TABLE);
      return;
    }
    insights.write(
        HeatingAccounts.TABLE,
        Map.of("lead_scores", past.scores(List.of(scored.newest()))),
        Map.of());
  }

  private void writeWarmWindows() {
    insights.write(
        WarmWindows.TABLE,
        Map.of(
            "silence",
                lake.read(Silence.TABLE).where(col("as_of").equalTo(lit(Timestamp.from(asOf)))),
            "customary", FollowUp.customaryWindows(lake.spark(), settings.nurture())),
        Map.of(
            "min_leads", settings.decay().minGroupLeads(),
            "default_days", settings.nurture().defaultWindowDays()));
  }
}
