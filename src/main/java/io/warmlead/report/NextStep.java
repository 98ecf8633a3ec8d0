package io.warmlead.report;

import java.util.Optional;
import java.util.Set;

/**
 * What to do next with a lead.
 *
 * @param action as in {@code next_action}; empty where none was chosen
 * @param asset what the lead touched last
 * @param nextAsset where leads that converted went from there
 */
public record NextStep(String action, Optional<String> asset, Optional<String> nextAsset) {
  private static final Set<String> SILENT = Set.of("wait", "leave_alone");

  /** What to talk about: nothing with a lead that is left in peace. */
  Optional<String> about() {
    return asset.filter(this::isWorthAWord);
  }

  /** What to lead on to. */
  Optional<String> then() {
    return about().flatMap(about -> nextAsset).filter(this::isWorthAWord);
  }

  /** A name like "/" tells a reader nothing. */
  private boolean isWorthAWord(String name) {
    return !SILENT.contains(action) && name.codePoints().anyMatch(Character::isLetterOrDigit);
  }
}
