package io.warmlead.pipeline;

import io.warmlead.lake.Lake;
import io.warmlead.lake.PastVersions;
import io.warmlead.lake.PastVersions.Found;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tables beside what they were at earlier versions, and the way back: each table in one commit, the
 * published lists last, because readers look at them first.
 *
 * @param changes tables that are not as they were
 * @param gone what cannot be had any more, a line for each; then nothing must be put back
 */
record EarlierTables(List<Change> changes, List<String> gone) {

  /**
   * A table that is not as it was.
   *
   * @param version that it had; empty where the table was not there yet
   */
  record Change(TableContract table, long present, Optional<Long> version) {
    private String gone(String why) {
      return table.name() + " at version " + version.orElseThrow() + ": " + why;
    }
  }

  /**
   * Looks, and changes nothing.
   *
   * @param versions table to version; a table that was not there yet is not in it
   */
  static EarlierTables look(
      Lake lake, Map<String, Long> versions, Predicate<TableContract> isWanted) {
    List<Change> candidates =
        Tables.ALL.stream()
            .filter(isWanted)
            .filter(lake::exists)
            .map(
                table ->
                    new Change(
                        table,
                        lake.version(table),
                        Optional.ofNullable(versions.get(table.name()))))
            .toList();
    PastVersions past = new PastVersions(lake);
    Map<Change, Supplier<Found>> looked = new LinkedHashMap<>();
    List<Change> changes = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    try (SideBySide looking = new SideBySide()) {
      candidates.forEach(change -> looked.put(change, looking.start(() -> look(past, change))));
      looked.forEach(
          (change, found) -> {
            found.get().whyGone().ifPresent(why -> gone.add(change.gone(why)));
            if (!found.get().isPresent()) {
              changes.add(change);
            }
          });
    }
    return new EarlierTables(changes, gone);
  }

  /** Puts all of them back. */
  void putBack(Lake lake) {
    putBack(lake, change -> !Restoration.LISTS.contains(change.table()));
    putBack(lake, change -> Restoration.LISTS.contains(change.table()));
  }

  private static Found look(PastVersions past, Change change) {
    return change
        .version()
        .map(
            then ->
                then == change.present()
                    ? new Found(true, Optional.empty())
                    : past.look(change.table(), then))
        .orElseGet(() -> new Found(past.isEmpty(change.table()), Optional.empty()));
  }

  private void putBack(Lake lake, Predicate<Change> isNow) {
    SideBySide.run(
        changes.stream()
            .filter(isNow)
            .map(
                change ->
                    (Runnable)
                        () ->
                            change
                                .version()
                                .ifPresentOrElse(
                                    then -> lake.restore(change.table(), then),
                                    () -> lake.empty(change.table())))
            .toArray(Runnable[]::new));
  }
}
