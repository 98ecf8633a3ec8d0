package io.warmlead.simulate;

import java.util.Locale;

/**
 * What is wrong with exported rows, planted and counted. Shares are per proper row; rows that are
 * broken, from the future or of unknown leads are extra rows, so the truth stays whole.
 */
enum Dirt {
  /** The same row again in the same file. */
  DUPLICATE(0.004),
  /** The same row again in the next export. */
  REEXPORTED(0.003),
  BROKEN_TIMESTAMP(0.0004),
  MISSING_CONTACT(0.0004),
  MISSING_ACTIVITY(0.0004),
  /** Too few cells. */
  RAGGED(0.0003),
  /** No cells at all. */
  GARBAGE(0.0002),
  /** A clock in the year 2099. */
  FUTURE_CLOCK(0.0002),
  /** An event of a contact that the CRM does not know. */
  UNKNOWN_LEAD(0.003),
  /** An event name that the settings do not map. */
  UNMAPPED(0.008),
  /** An event name that the settings map to {@code ignore}. */
  IGNORED(0.006),
  /** Received more than a day after it took place; counted wherever it happens. */
  LATE(0.015);

  final double share;

  Dirt(double share) {
    this.share = share;
  }

  /** Name of the count in the truth. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Rows added per proper row. */
  static double addedRows() {
    double sum = 0;
    for (Dirt dirt : values()) {
      sum += dirt == LATE ? 0 : dirt.share;
    }
    return sum;
  }
}
