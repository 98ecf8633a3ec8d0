package io.warmlead.model;

import java.time.Instant;
import java.util.Objects;

/**
 * The champion that a new model has to beat.
 *
 * @param version its name
 * @param trainedAsOf dates from then on are out-of-time for it
 */
public record Incumbent(String version, Instant trainedAsOf) {
  public Incumbent {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(trainedAsOf, "trainedAsOf");
  }
}
