package io.warmlead.simulate;

import java.util.ArrayList;
import java.util.List;

/** What became of a lead. Instants in days since the calendar's start, infinity if never. */
final class LeadStory {
  /** A project that began after the lead's creation. */
  record Spell(double began, double size, boolean isRewarming) {}

  /** How a lead was closed. */
  enum Close {
    WON,
    LOST,
    OPEN
  }

  private final List<Spell> spells = new ArrayList<>();
  private Close close = Close.OPEN;
  private double closedAt = Double.POSITIVE_INFINITY;
  private double unsubscribedAt = Double.POSITIVE_INFINITY;

  void began(Spell spell) {
    spells.add(spell);
  }

  void close(Close how, double time) {
    close = how;
    closedAt = time;
  }

  void unsubscribed(double time) {
    unsubscribedAt = time;
  }

  boolean isOpen() {
    return close == Close.OPEN;
  }

  boolean isWon() {
    return close == Close.WON;
  }

  Close close() {
    return close;
  }

  double closedAt() {
    return closedAt;
  }

  double unsubscribedAt() {
    return unsubscribedAt;
  }

  List<Spell> spells() {
    return spells;
  }
}
