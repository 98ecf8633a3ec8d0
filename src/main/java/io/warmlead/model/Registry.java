package io.warmlead.model;

import io.warmlead.model.ModelEntry.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which model scores, and when a new one is due: rules over the lines of the registry. */
public final class Registry {
  private static final Comparator<ModelEntry> NEWEST_LAST =
      Comparator.comparing(ModelEntry::trainedAsOf).thenComparing(ModelEntry::version);

  private Registry() {}

  /**
   * The model that scores as of an instant: the champion, if it was trained as of then or before;
   * for older instants the newest former champion that was.
   */
  public static Optional<ModelEntry> championAsOf(List<ModelEntry> entries, Instant asOf) {
    List<ModelEntry> known =
        entries.stream().filter(entry -> !entry.trainedAsOf().isAfter(asOf)).toList();
    return newest(known, Status.CHAMPION).or(() -> newest(known, Status.ARCHIVED));
  }

  /** True where no model can score as of the instant, or the one that does is that old. */
  public static boolean isRetrainingDue(
      List<ModelEntry> entries, Instant asOf, int retrainAfterDays) {
    Duration age = Duration.ofDays(retrainAfterDays);
    return championAsOf(entries, asOf)
        .map(champion -> !champion.trainedAsOf().plus(age).isAfter(asOf))
        .orElse(true);
  }

  /**
   * Makes a version champion and archives the one that was.
   *
   * @throws IllegalArgumentException if there is no such version
   */
  public static List<ModelEntry> promote(List<ModelEntry> entries, String version) {
    require(entries, version);
    return entries.stream()
        .map(
            entry -> {
              if (entry.version().equals(version)) {
                return entry.with(Status.CHAMPION);
              }
              return entry.status() == Status.CHAMPION ? entry.with(Status.ARCHIVED) : entry;
            })
        .toList();
  }

  /**
   * Takes the champion back and gives its place to a former one. What was rolled back is refused,
   * not archived, so that no backfill picks it up again.
   *
   * @param version the former champion to return to; without it the newest
   * @throws IllegalArgumentException if there is no champion, or no such former champion
   */
  public static List<ModelEntry> rollback(List<ModelEntry> entries, Optional<String> version) {
    ModelEntry champion =
        newest(entries, Status.CHAMPION)
            .orElseThrow(() -> new IllegalArgumentException("There is no champion to roll back."));
    ModelEntry target =
        version
            .map(name -> require(entries, name))
            .or(() -> newest(entries, Status.ARCHIVED))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no former champion to roll back to: "
                            + champion.version()
                            + " is the first."));
    Require.that(
        target.status() == Status.ARCHIVED,
        target.version() + " is " + target.status().stored() + ", not a former champion.");
    return promote(entries, target.version()).stream()
        .map(
            entry ->
                entry.version().equals(champion.version()) ? entry.with(Status.REFUSED) : entry)
        .toList();
  }

  private static ModelEntry require(List<ModelEntry> entries, String version) {
    return entries.stream()
        .filter(entry -> entry.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no model version "
                        + version
                        + ". Known: "
                        + String.join(", ", entries.stream().map(ModelEntry::version).toList())));
  }

  private static Optional<ModelEntry> newest(List<ModelEntry> entries, Status status) {
    return entries.stream().filter(entry -> entry.status() == status).max(NEWEST_LAST);
  }
}
