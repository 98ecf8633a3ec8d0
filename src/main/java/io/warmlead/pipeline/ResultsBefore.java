package io.warmlead.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import io.warmlead.lake.PastVersions;
import io.warmlead.table.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tables of results as a run found them, to be put back where it ends before it is published.
 * While the run is under way a note beside the tables tells of them, so that the next one that
 * holds the lake can do it for a run that was cut off. What was read, and models, stay.
 */
public final class ResultsBefore {
  private static final String NOTE = "run-under-way.json";

  private final Lake lake;
  private final Artefacts artefacts;
  private final Found found;
  private boolean isNoted;

  private ResultsBefore(Lake lake, Artefacts artefacts, Found found, boolean isNoted) {
    this.lake = lake;
    this.artefacts = artefacts;
    this.found = found;
    this.isNoted = isNoted;
  }

  /**
   * What a run found; this is what the note says.
   *
   * @param versions table to version; a table that was not there yet is not in it
   */
  record Found(String runId, Map<String, Long> versions) {}

  /**
   * The results as a run found them; nothing is noted yet.
   *
   * @param versions table to version, of all tables
   */
  static ResultsBefore of(RunContext run, Map<String, Long> versions) {
    return new ResultsBefore(
        run.lake(),
        run.artefacts(),
        new Found(run.runId(), new TreeMap<>(versions)),
        /* isNoted= */ false);
  }

  /**
   * Puts the results back where the run before was cut off. Whoever calls this holds the lake.
   *
   * @param progress is told what was done, or why it could not be
   */
  public static void putBackAfterCutOff(Lake lake, Artefacts artefacts, Progress progress) {
    noted(artefacts)
        .map(found -> new ResultsBefore(lake, artefacts, found, /* isNoted= */ true))
        .ifPresent(
            before -> {
              if (!before.isPublished()) {
                before.putBack().ifPresent(progress::note);
              }
              before.forget();
            });
  }

  /** Notes them; from now on the run may write results. */
  void note() {
    try {
      artefacts.write(NOTE, new ObjectMapper().writeValueAsString(found));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("cannot write " + NOTE, impossible);
    }
    isNoted = true;
  }

  /** Whether the run has been published all the same; false where it was to write no results. */
  boolean isPublished() {
    return isNoted && new PublishedRuns(lake).has(found.runId());
  }

  /**
   * Puts them back, all or none.
   *
   * @return what is to be told; empty where the run had written no results
   */
  Optional<String> putBack() {
    if (!isNoted) {
      return Optional.empty();
    }
    EarlierTables earlier =
        EarlierTables.look(
            lake,
            found.versions(),
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
    String ended = "Run " + found.runId() + " ended before it was published. ";
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

  /** Takes the note away, unless it is that of another run. */
  void forget() {
    if (isNoted
        && noted(artefacts).filter(note -> note.runId().equals(found.runId())).isPresent()) {
      artefacts.delete(NOTE);
    }
    isNoted = false;
  }

  private static Optional<Found> noted(Artefacts artefacts) {
    return artefacts
        .find(NOTE)
        .map(
            text -> {
              try {
                return new ObjectMapper().readValue(text, Found.class);
              } catch (JsonProcessingException e) {
                throw new IllegalStateException(
                    "_warmlead/" + NOTE + " beside the tables was changed: " + text, e);
              }
            });
  }
}
