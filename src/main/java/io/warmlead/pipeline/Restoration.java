package io.warmlead.pipeline;

import io.warmlead.config.SettingsException;
import io.warmlead.config.UserFailure;
import io.warmlead.lake.Lake;
import io.warmlead.lake.PastVersions;
import io.warmlead.lake.PastVersions.Found;
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
import io.warmlead.table.Tables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
   * A table that is not as the night left it.
   *
   * @param version that the night left; empty where the table was not there yet
   */
  private record Change(TableContract table, long present, Optional<Long> version) {
    String line() {
      return table.name()
          + "  "
          + version.map(then -> "as at version " + then).orElse("emptied: it was not there yet")
          + " (was at "
          + present
          + ")";
    }

    String gone(String why) {
      return table.name() + " at version " + version.orElseThrow() + ": " + why;
    }
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
    List<Change> changes =
        changes(
            night,
            table ->
                Queries.PUBLISHED.contains(table)
                    || LISTS.contains(table)
                    || (withInput && INPUT.contains(table)));
    String what = "the night of " + night.scoreDate() + ", run " + night.runId();
    if (changes.isEmpty()) {
      return List.of("All is as " + what + " left it; nothing was changed.");
    }
    RunLedger ledger = new RunLedger(run, "restore");
    ledger.stage(
        "restore",
        changes.size() + " tables as of " + what,
        Optional.empty(),
        () -> {
          if (withInput && lake.exists(EarlierActivity.TABLE)) {
            // Made from the days that are about to change; the next scoring makes it anew.
            lake.empty(EarlierActivity.TABLE);
          }
          putBack(changes, change -> !LISTS.contains(change.table()));
          putBack(changes, change -> LISTS.contains(change.table()));
          return true;
        });
    ledger.close(Optional.empty(), Optional.empty(), RunLedger.SUCCEEDED, "back to " + what);
    List<String> told = new ArrayList<>(changes.stream().map(Change::line).toList());
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

  private List<Change> changes(Night night, Predicate<TableContract> isWanted) {
    List<Change> candidates =
        Tables.ALL.stream()
            .filter(isWanted)
            .filter(lake::exists)
            .map(table -> new Change(table, lake.version(table), night.version(table.name())))
            .toList();
    Map<Change, Supplier<Found>> looked = new LinkedHashMap<>();
    List<String> gone = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    try (SideBySide looking = new SideBySide()) {
      candidates.forEach(change -> looked.put(change, looking.start(() -> look(change))));
      looked.forEach(
          (change, found) -> {
            found.get().whyGone().ifPresent(why -> gone.add(change.gone(why)));
            if (!found.get().isPresent()) {
              changes.add(change);
            }
          });
    }
    if (!gone.isEmpty()) {
      throw UserFailure.input(
          "The night of "
              + night.scoreDate()
              + ", run "
              + night.runId()
              + ", cannot be restored:\n  "
              + String.join("\n  ", gone)
              + "\n`maintain --apply` and `erase` delete what no present table needs. Restore a"
              + " newer night, or score the date again with backfill. Nothing was changed.");
    }
    return changes;
  }

  private Found look(Change change) {
    return change
        .version()
        .map(
            then ->
                then == change.present()
                    ? new Found(true, Optional.empty())
                    : past.look(change.table(), then))
        .orElseGet(() -> new Found(past.isEmpty(change.table()), Optional.empty()));
  }

  private void putBack(List<Change> changes, Predicate<Change> isNow) {
    SideBySide.run(
        changes.stream()
            .filter(isNow)
            .map(change -> (Runnable) () -> putBack(change))
            .toArray(Runnable[]::new));
  }

  private void putBack(Change change) {
    change
        .version()
        .ifPresentOrElse(
            then -> lake.restore(change.table(), then), () -> lake.empty(change.table()));
  }
}
