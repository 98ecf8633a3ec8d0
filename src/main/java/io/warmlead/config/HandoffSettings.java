package io.warmlead.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When a lead is handed from marketing to sales.
 *
 * @param mql criteria of a marketing-qualified lead
 * @param sql criteria of a sales-qualified lead
 * @param accepted outcomes by which sales takes a lead that was handed over
 * @param rejected outcomes by which sales gives it back
 * @param bant what tells of budget, authority, need and timing
 */
public record HandoffSettings(
    Criteria mql, Criteria sql, List<String> accepted, List<String> rejected, BantSettings bant) {

  /**
   * What a lead must fulfil, all of it.
   *
   * @param tiers one of these
   * @param minProbability at least this; empty: not asked
   * @param minPoints engagement points at least; empty: not asked
   * @param minBant known parts of budget, authority, need and timing at least
   * @param signals one of these within the warm window; empty: not asked
   * @param segments one of these; empty: not asked
   */
  public record Criteria(
      List<String> tiers,
      OptionalDouble minProbability,
      OptionalDouble minPoints,
      int minBant,
      List<String> signals,
      List<String> segments) {

    public Criteria {
      tiers = List.copyOf(tiers);
      signals = List.copyOf(signals);
      segments = List.copyOf(segments);
    }

    private void check(String key) {
      Check.oneOrMoreOf(key + ".tiers", tiers, List.of("cold", "warm", "hot"));
      minProbability.ifPresent(p -> Check.between(key + ".min_probability", p, 0, 1));
      Check.between(key + ".min_bant", minBant, 0, 4);
      Check.named(key + ".signals", signals);
      Check.named(key + ".segments", segments);
    }
  }

  public HandoffSettings {
    mql.check("handoff.mql");
    sql.check("handoff.sql");
    Check.named("handoff.accepted", accepted);
    Check.named("handoff.rejected", rejected);
    accepted = List.copyOf(accepted);
    rejected = List.copyOf(rejected);
    Optional<String> both = accepted.stream().filter(rejected::contains).findFirst();
    if (both.isPresent()) {
      throw new SettingsException(
          "handoff.accepted and handoff.rejected both name "
              + both.get()
              + ": an outcome says one or the other.");
    }
  }
}
