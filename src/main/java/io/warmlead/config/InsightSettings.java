package io.warmlead.config;

/**
 * What the insight tables look back on.
 *
 * @param historyDays older engagements, leads and scores are not looked at, so that a night costs
 *     the same however long the history
 * @param entryWindowDays stages and conversions of a lead count within so many days of its creation
 */
public record InsightSettings(int historyDays, int entryWindowDays) {

  public InsightSettings {
    Check.atLeast("insight.history (days)", historyDays, 28);
    Check.between("insight.entry_window (days)", entryWindowDays, 1, historyDays);
  }
}
