package io.warmlead.model;

import java.time.Duration;
import java.time.Instant;

/**
 * Times of a training.
 *
 * @param horizon how long after a snapshot a conversion counts
 * @param every time between two snapshots of one lead
 * @param knownUntil up to when outcomes are recorded; snapshots lie before it
 * @param trainedAsOf instant as of which the model is trained, not before knownUntil
 */
public record TrainingTime(
    Duration horizon, Duration every, Instant knownUntil, Instant trainedAsOf) {
  public TrainingTime {
    Require.that(!knownUntil.isAfter(trainedAsOf), "outcomes are known beyond the training");
  }
}
