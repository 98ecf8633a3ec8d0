package io.warmlead.model;

import io.warmlead.feature.PlanColumn;
import java.util.Objects;

/**
 * A column that seems to know the outcome.
 *
 * @param column what to leave out
 * @param evidence what was found, in words with numbers
 */
public record Suspect(PlanColumn column, String evidence) {

  public Suspect {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(evidence, "evidence");
  }

  /** For example {@code attribute timeline: 57 of 58 leads …}. */
  @Override
  public String toString() {
    return column + ": " + evidence;
  }
}
