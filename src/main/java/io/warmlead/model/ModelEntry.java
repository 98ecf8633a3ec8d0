package io.warmlead.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * A line of the registry: what the rules of {@link Registry} look at.
 *
 * @param version unique name
 * @param trainedAsOf nothing at or after this instant was known to the model
 * @param isStored whether there is a model to load; none where a gate refused the training
 */
public record ModelEntry(String version, Status status, Instant trainedAsOf, boolean isStored) {

  public ModelEntry {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(trainedAsOf, "trainedAsOf");
  }

  ModelEntry with(Status other) {
    return new ModelEntry(version, other, trainedAsOf, isStored);
  }

  /** What became of a model. */
  public enum Status {
    /** Scores are published by it. */
    CHAMPION,
    /** Waits for a promotion. */
    CHALLENGER,
    /** Was champion until a newer one came. */
    ARCHIVED,
    /** A gate refused it, or it was rolled back: never scores again unless promoted. */
    REFUSED;

    /** As the {@code models} table writes it. */
    public String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what {@link #stored()} wrote.
     *
     * @throws IllegalArgumentException if there is no such status
     */
    public static Status of(String stored) {
      return valueOf(stored.toUpperCase(Locale.ROOT));
    }
  }
}
