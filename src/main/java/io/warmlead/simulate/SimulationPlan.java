package io.warmlead.simulate;

import java.util.Objects;

/**
 * What to simulate.
 *
 * @param to folder to write to, a Hadoop URI or path
 * @param leads number of leads in the company's CRM
 * @param days length of the calendar in days; its last day is fixed, so more days begin earlier
 * @param events wanted number of engagement rows; reached within a few percent by more or less idle
 *     browsing, so that the planted truth is the same whatever the volume. What leads do on purpose
 *     is always written, about a dozen rows per lead in half a year, even if fewer are wanted
 * @param seed the same seed writes the same bytes
 */
public record SimulationPlan(String to, int leads, int days, long events, long seed) {
  private static final int MOST_LEADS = 50_000_000;
  private static final int MOST_DAYS = 3_660;

  public SimulationPlan {
    Objects.requireNonNull(to, "to");
    require(!to.isBlank(), "to", "'" + to + "'", "must name a folder");
    require(leads >= 1 && leads <= MOST_LEADS, "leads", leads, "must lie in 1 to " + MOST_LEADS);
    require(days >= 7 && days <= MOST_DAYS, "days", days, "must lie in 7 to " + MOST_DAYS);
    require(events >= leads, "events", events, "must be at least one per lead, " + leads);
  }

  /** Demo size: 3,000 leads, 180 days, 120,000 engagements, seed 7. */
  public static SimulationPlan demo(String to) {
    return new SimulationPlan(to, 3_000, 180, 120_000, 7);
  }

  private static void require(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(key + " = " + value + ": " + rule);
    }
  }
}
