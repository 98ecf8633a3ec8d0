package io.warmlead.pipeline;

import io.warmlead.lake.Lake;
import io.warmlead.lake.PastVersions;
import io.warmlead.table.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tables of results as a run found them, to be put back where it ends before it is published.
 * The note of the run tells of them, so that the next one that holds the lake can do it for a run
 * that was cut off. What was read, and models, stay.
 */
final class ResultsBefore {
  private final Lake lake;
  private final RunNote note;

  /**
   * The results as a run found them.
   *
   * @param note of the run: the versions of the tables, and whether it may have written results
   */
  ResultsBefore(Lake lake, RunNote note) {
    this.lake = lake;
    this.note = note;
  }

  /** Notes them; from now on the run may write results. */
  void note() {
    lake.requireOurs();
    note.write(note.content().withResults());
  }

  /** Whether the run has been published all the same; false where it was to write no results. */
  boolean isPublished() {
    return isNoted() && new PublishedRuns(lake).has(note.content().run().id());
  }

  /**
   * Puts them back, all or none.
   *
   * @return what is to be told; empty where the run had written no results
   */
  Optional<String> putBack() {
    if (!isNoted()) {
      return Optional.empty();
    }
    EarlierTables earlier =
        EarlierTables.look(
            lake,
            note.content().run().versions(),
            table -> Queries.PUBLISHED.contains(table) || Restoration.LISTS.contains(table));
    if (earlier.changes().isEmpty() && earlier.gone().isEmpty()) {
      return Optional.empty();
    }
    List<String> obstacles = new ArrayList<>(earlier.gone());
    PastVersions past = new PastVersions(lake);
    for (EarlierTables.Change change : earlier.changes()) {
      if (past.isChangedOtherwise(change.table(), change.version().orElse(-1L))) {
        obstacles.add(change.table().name() + ": something else than a run has changed it since");
      }
    }
    String ended = "Run " + note.content().run().id() + " ended before it was published. ";
    if (!obstacles.isEmpty()) {
      return Optional.of(
          ended
              + "What it wrote cannot be taken back ("
              + String.join("; ", obstacles)
              + "). Its rows count for nothing, and those of its date are replaced when that date is"
              + " scored again.");
    }
    earlier.putBack(lake);
    return Optional.of(
        ended
            + "What it had written of scores and analyses was taken back: "
            + earlier.changes().stream()
                .map(EarlierTables.Change::table)
                .map(TableContract::name)
                .collect(Collectors.joining(", "))
            + ".");
  }

  private boolean isNoted() {
    return note.content().writesResults();
  }
}
