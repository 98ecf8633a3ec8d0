package io.warmlead.pipeline;

import io.warmlead.config.SettingsException;
import io.warmlead.config.UserFailure;
import io.warmlead.lake.Lake;
import io.warmlead.lake.PastVersions;
import io.warmlead.pipeline.EarlierTables.Change;
import io.warmlead.pipeline.PublishedNights.Night;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.EarlierActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import io.warmlead.table.Rejects;
import io.warmlead.table.Suppressed;
import io.warmlead.table.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Puts the tables of a lake back as a published night left them. Either all versions that this
 * takes can be had, or nothing is changed; a second run after a crash finishes the first.
 */
public final class Restoration {
  /** What a night reads; the list of files goes with the rows that came out of them. */
  static final Set<TableContract> INPUT =
      Set.of(
          Engagements.TABLE,
          Leads.TABLE,
          Outcomes.TABLE,
          Rejects.TABLE,
          IngestedFiles.TABLE,
          DailyActivity.TABLE);

  /** What readers look at first; goes back last. */
  static final Set<TableContract> LISTS =
      Set.of(
          LeadScores.CURRENT,
          LeadScores.HOT,
          LeadScores.COOLING,
          LeadScores.SAVE_TODAY,
          LeadScores.REWARMED);

  private final RunContext run;
  private final Lake lake;
  private final PastVersions past;

  public Restoration(RunContext run) {
    this.run = run;
    this.lake = run.lake();
    this.past = new PastVersions(lake);
  }

  /**
   * Restores.
   *
   * @param date the newest night that scored it, or
   * @param runId this run
   * @param withInput engagements, leads and outcomes too
   * @return what was done, a line for each table
   * @throws SettingsException when there is no such night
   * @throws UserFailure when the night cannot be had any more
   */
  public List<String> restore(Optional<LocalDate> date, Optional<String> runId, boolean withInput) {
    Night night = new PublishedNights(lake).find(date, runId);
    requireNobodyErasedSince(night);
    // Throws where one of them is gone.
    EarlierTables tables =
        tables(
            night,
            table ->
                Queries.PUBLISHED.contains(table)
                    || LISTS.contains(table)
                    || (withInput && INPUT.contains(table)));
    String what = "the night of " + night.scoreDate() + ", run " + night.runId();
    if (tables.changes().isEmpty()) {
      return List.of("All is as " + what + " left it; nothing was changed.");
    }
    RunLedger ledger = new RunLedger(run, "restore");
    try {
      ledger.stage(
          "restore",
          tables.changes().size() + " tables as of " + what,
          Optional.empty(),
          () -> {
            if (withInput && lake.exists(EarlierActivity.TABLE)) {
              // Made from the days that are about to change; the next scoring makes it anew.
              lake.empty(EarlierActivity.TABLE);
            }
            tables.putBack(lake);
            return true;
          });
      ledger.close(Optional.empty(), Optional.empty(), RunLedger.SUCCEEDED, "back to " + what);
    } catch (Exception e) {
      // Spark throws checked exceptions undeclared.
      ledger.fail(Optional.empty(), String.valueOf(e.getMessage()), e);
      throw e;
    }
    List<String> told = new ArrayList<>(tables.changes().stream().map(Restoration::told).toList());
    told.add("The tables are as " + what + ", left them. Later dates can be scored again.");
    return told;
  }

  /** Once an erasure has begun, no older version may be made present. */
  private void requireNobodyErasedSince(Night night) {
    if (!lake.exists(Suppressed.TABLE)) {
      return;
    }
    Optional<Long> version = night.version(Suppressed.TABLE.name());
    boolean isTheSame =
        version
            .filter(then -> past.look(Suppressed.TABLE, then).whyGone().isEmpty())
            .map(then -> past.read(Suppressed.TABLE, then).count())
            .filter(codes -> codes == lake.read(Suppressed.TABLE).count())
            .isPresent();
    if (!isTheSame) {
      throw UserFailure.input(
          "Persons were erased since the night of "
              + night.scoreDate()
              + ", run "
              + night.runId()
              + ", and the older versions of the tables with them: it cannot be restored. Restore a"
              + " night after the erasure, or score the date again with backfill. Nothing was"
              + " changed.");
    }
  }

  private EarlierTables tables(Night night, Predicate<TableContract> isWanted) {
    EarlierTables tables = EarlierTables.look(lake, night.versions(), isWanted);
    if (!tables.gone().isEmpty()) {
      throw UserFailure.input(
          "The night of "
              + night.scoreDate()
              + ", run "
              + night.runId()
              + ", cannot be restored:\n  "
              + String.join("\n  ", tables.gone())
              + "\n`maintain --apply` and `erase` delete what no present table needs. Restore a"
              + " newer night, or score the date again with backfill. Nothing was changed.");
    }
    return tables;
  }

  private static String told(Change change) {
    return change.table().name()
        + "  "
        + change
            .version()
            .map(then -> "as at version " + then)
            .orElse("emptied: it was not there yet")
        + " (was at "
        + change.present()
        + ")";
  }
}
