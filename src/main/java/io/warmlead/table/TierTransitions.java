package io.warmlead.table;

/** Moves between tiers. */
public final class TierTransitions {
  private TierTransitions() {}

  public static final TableContract TABLE =
      TableContract.named(
              "tier_transitions",
              "A lead that changed its tier between two scorings, was scored for the first time or"
                  + " again after it was closed, or is no longer open.")
          .required("lead_id", "STRING", "The lead")
          .required("score_date", "DATE", "Date of the scoring that saw the change")
          .optional("segment", "STRING", "Segment at that date")
          .optional(
              "from_tier",
              "STRING",
              "Tier before; NULL for a new lead, and for one that was closed")
          .optional("to_tier", "STRING", "Tier after; NULL for a closed lead")
          .required(
              "kind",
              "STRING",
              "heated, cooled, rewarmed, new (or opened again after it was closed), closed, or policy:"
                  + " not the lead has moved, but the rules or the model behind them, its level among it (score_changes.by_model)")
          .optional(
              "trigger_signal",
              "STRING",
              "What set it off, by the largest part of score_changes: for a rise the request that"
                  + " made the lead hot, else the newest signal since the scoring before that counts"
                  + " alone, else the newest inbound one; silence for a fall, attributes, corrections,"
                  + " capacity; the outcome for a close; model or policy when these changed; opt_out;"
                  + " set by hand")
          .optional("trigger_at", "TIMESTAMP", "When that happened")
          .optional("dwell_days", "INT", "Days the lead had held the tier before")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("lead_id", "score_date")
          .partitionedBy("score_date")
          .statistics("score_date", "kind")
          .check("kind_name", "kind IN ('heated', 'cooled', 'rewarmed', 'new', 'closed', 'policy')")
          .build();
}
