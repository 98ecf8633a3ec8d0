package io.warmlead.model;

import io.warmlead.config.NearestName;
import io.warmlead.config.SettingsException;
import io.warmlead.config.UserFailure;
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

  /** Versions that a message lists at most. */
  private static final int MOST_NAMED = 8;

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

  /**
   * The champion that a model trained as of an instant has to beat: the one that scored until then.
   * Models trained as of the same instant do not count, so that training again gives the same.
   */
  public static Optional<ModelEntry> incumbentAt(List<ModelEntry> entries, Instant asOf) {
    return championAsOf(
        entries.stream().filter(entry -> entry.trainedAsOf().isBefore(asOf)).toList(), asOf);
  }

  /** The newest challenger as of an instant, if it is younger than the model that scores then. */
  public static Optional<ModelEntry> challengerAsOf(List<ModelEntry> entries, Instant asOf) {
    List<ModelEntry> known =
        entries.stream().filter(entry -> !entry.trainedAsOf().isAfter(asOf)).toList();
    Optional<ModelEntry> champion = championAsOf(entries, asOf);
    return newest(known, Status.CHALLENGER)
        .filter(
            challenger ->
                champion
                    .map(entry -> entry.trainedAsOf().isBefore(challenger.trainedAsOf()))
                    .orElse(true));
  }

  /**
   * True where no model can score as of the instant, or the newest that was learned is that old.
   * Challengers and what was rolled back count too: to train again the next night would only tell
   * the same again.
   */
  public static boolean isRetrainingDue(
      List<ModelEntry> entries, Instant asOf, int retrainAfterDays) {
    if (championAsOf(entries, asOf).isEmpty()) {
      return true;
    }
    Instant still = asOf.minus(Duration.ofDays(retrainAfterDays));
    return entries.stream()
        .filter(entry -> entry.isStored() && !entry.trainedAsOf().isAfter(asOf))
        .noneMatch(entry -> entry.trainedAsOf().isAfter(still));
  }

  /** Whether a training was tried within some days before an instant, whatever became of it. */
  public static boolean wasTried(List<ModelEntry> entries, Instant asOf, int days) {
    Instant after = asOf.minus(Duration.ofDays(days));
    return entries.stream()
        .anyMatch(
            entry -> entry.trainedAsOf().isAfter(after) && !entry.trainedAsOf().isAfter(asOf));
  }

  /** Whether a training as of this very instant gave no model to score by. */
  public static boolean wasRefusedAt(List<ModelEntry> entries, Instant asOf) {
    return entries.stream()
        .anyMatch(entry -> entry.status() == Status.REFUSED && entry.trainedAsOf().equals(asOf));
  }

  /**
   * Makes a version champion and archives the one that was.
   *
   * @throws UserFailure if there is no such version, or a gate refused it
   */
  public static List<ModelEntry> promote(List<ModelEntry> entries, String version) {
    if (!require(entries, version).isStored()) {
      throw UserFailure.refused(
          version
              + " cannot become champion: a gate refused it, so there is no model to score by.");
    }
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
   * @throws UserFailure if there is no champion, or no such former champion
   */
  public static List<ModelEntry> rollback(List<ModelEntry> entries, Optional<String> version) {
    ModelEntry champion =
        newest(entries, Status.CHAMPION)
            .orElseThrow(() -> new SettingsException("There is no champion to roll back."));
    ModelEntry target =
        version
            .map(name -> require(entries, name))
            .or(() -> newest(entries, Status.ARCHIVED))
            .orElseThrow(
                () ->
                    new SettingsException(
                        "There is no former champion to roll back to: "
                            + champion.version()
                            + " is the first."));
    if (target.status() != Status.ARCHIVED) {
      throw new SettingsException(
          target.version()
              + " is "
              + target.status().stored()
              + ", not a former champion."
              + (target.isStored() ? " To make it champion: warmlead promote." : ""));
    }
    return promote(entries, target.version()).stream()
        .map(
            entry ->
                entry.version().equals(champion.version()) ? entry.with(Status.REFUSED) : entry)
        .toList();
  }

  /**
   * The line of a version.
   *
   * @throws SettingsException if there is none; names the nearest and the newest
   */
  public static ModelEntry require(List<ModelEntry> entries, String version) {
    List<String> known =
        entries.stream().sorted(NEWEST_LAST.reversed()).map(ModelEntry::version).toList();
    return entries.stream()
        .filter(entry -> entry.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new SettingsException(
                    "There is no model version "
                        + version
                        + "."
                        + NearestName.hint(version, known)
                        + (known.isEmpty()
                            ? " The registry is empty: run `warmlead train` first."
                            : " Newest first: "
                                + String.join(
                                    ", ", known.subList(0, Math.min(MOST_NAMED, known.size())))
                                + (known.size() > MOST_NAMED ? ", …" : ""))));
  }

  private static Optional<ModelEntry> newest(List<ModelEntry> entries, Status status) {
    return entries.stream().filter(entry -> entry.status() == status).max(NEWEST_LAST);
  }
}
