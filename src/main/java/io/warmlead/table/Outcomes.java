package io.warmlead.table;

/** What became of leads. */
public final class Outcomes {
  private Outcomes() {}

  public static final TableContract TABLE =
      TableContract.named(
              "outcomes", "One outcome of a lead. A lead without a row is undecided, not lost.")
          .required("lead_id", "STRING", "The lead")
          .required("outcome", "STRING", "Name of the outcome, as the source has it")
          .required("occurred_at", "TIMESTAMP", "When it happened")
          .optional("value", "DECIMAL(18,4)", "Amount, in the source's currency")
          .required("is_conversion", "BOOLEAN", "Whether the settings call it a conversion")
          .required("closes", "BOOLEAN", "Whether it closes the lead")
          .required("file", "STRING", "File that the row was read from")
          .required("run_id", "STRING", "Run that wrote the row")
          .optional(
              "outcome_id",
              "STRING",
              "Identity in the source, where it has one: a later row of the same takes its place")
          .key("lead_id", "outcome", "occurred_at", "value", "outcome_id")
          .statistics("occurred_at")
          .build();
}
