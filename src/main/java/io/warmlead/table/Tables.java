package io.warmlead.table;

import java.util.List;

/** All tables of a lake, in the order in which a row passes through them. */
public final class Tables {
  private Tables() {}

  public static final List<TableContract> ALL =
      List.of(
          Engagements.TABLE,
          Leads.TABLE,
          Outcomes.TABLE,
          Rejects.TABLE,
          IngestedFiles.TABLE,
          Suppressed.TABLE,
          DailyActivity.TABLE,
          EarlierActivity.TABLE,
          LeadFeatures.TABLE,
          LeadScores.TABLE,
          LeadScores.CURRENT,
          LeadScores.HOT,
          LeadScores.COOLING,
          LeadScores.SAVE_TODAY,
          LeadScores.REWARMED,
          TierTransitions.TABLE,
          ScoreChanges.TABLE,
          Models.TABLE,
          ModelMetrics.TABLE,
          DecayCurves.TABLE,
          DecayHalfLives.TABLE,
          DecayTests.TABLE,
          Silence.TABLE,
          TierQuality.TABLE,
          ForecastQuality.TABLE,
          ChallengerScores.TABLE,
          Drift.TABLE,
          TierTransitionMatrix.TABLE,
          WarmEconomics.TABLE,
          WarmWindows.TABLE,
          HandoffTiming.TABLE,
          NextSteps.TABLE,
          RewarmOutcomes.TABLE,
          HeatingAccounts.TABLE,
          Funnel.TABLE,
          SourcePerformance.TABLE,
          ResponseTime.TABLE,
          Cadence.TABLE,
          Runs.TABLE);
}
