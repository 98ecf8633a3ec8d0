package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.Settings;
import io.warmlead.config.SignalSettings;
import io.warmlead.ingest.OutcomeRules;
import io.warmlead.ingest.SignalMapping;
import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.EarlierActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.Outcomes;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Applies changed meanings to what is stored: a new mapping of events, other conversion outcomes,
 * another zone or other office hours. The raw names are kept for this.
 */
final class Reinterpretation {
  private static final String NOTE = "interpretation.txt";

  private final RunContext run;

  Reinterpretation(RunContext run) {
    this.run = run;
  }

  /** Rewrites what the settings now mean differently; does nothing when they mean the same. */
  void apply() {
    Settings settings = run.settings();
    Lake lake = run.lake();
    String signals = digest(settings.signals());
    String conversion = digest(settings.conversion());
    String calendar = digest(settings.run());
    String now = signals + " " + conversion + " " + calendar;
    String before = run.artefacts().find(NOTE).orElse("");
    if (before.equals(now)) {
      return;
    }
    // The note is gone for a moment while it is replaced: a lake with rows and without one was left
    // there by a crash, and nobody knows what its rows were taken to mean.
    if (lake.exists(Outcomes.TABLE)) {
      run.progress().note("Settings changed what outcomes mean: classifying stored outcomes anew.");
      lake.overwrite(
          Outcomes.TABLE,
          OutcomeRules.classified(lake.read(Outcomes.TABLE), settings.conversion()));
    }
    if (lake.exists(Engagements.TABLE)) {
      if (lake.exists(EarlierActivity.TABLE)) {
        // Before the days that it was made from, so that it never outlives them.
        lake.empty(EarlierActivity.TABLE);
      }
      if (!before.startsWith(signals)) {
        run.progress().note("Settings changed what events mean: mapping stored engagements anew.");
        lake.overwrite(
            Engagements.TABLE,
            SignalMapping.withSignal(lake.read(Engagements.TABLE), settings.signals())
                .where(col("signal").notEqual(SignalSettings.IGNORE)));
      }
      if (lake.exists(DailyActivity.TABLE)) {
        lake.overwrite(
            DailyActivity.TABLE,
            DailyActivities.inOrderOfArrival(lake.read(Engagements.TABLE), settings.run()));
      }
    }
    run.artefacts().write(NOTE, now);
  }

  private static String digest(Object settings) {
    return DigestUtils.sha256Hex(settings.toString()).substring(0, 16);
  }
}
