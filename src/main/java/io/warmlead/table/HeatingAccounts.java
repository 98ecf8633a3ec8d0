package io.warmlead.table;

/** Organisations of which several leads heat together. */
public final class HeatingAccounts {
  private HeatingAccounts() {}

  public static final TableContract TABLE =
      TableContract.named(
              "heating_accounts",
              "Accounts of which two or more open leads are heating on the newest date of scores.")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required("account_id", "STRING", "The organisation")
          .required("leads", "BIGINT", "Open leads of the account")
          .required("heating", "BIGINT", "Of these, with the trend heating")
          .required("warm", "BIGINT", "Of these, warm")
          .required("hot", "BIGINT", "Of these, hot")
          .optional(
              "any_converts",
              "DOUBLE",
              "Probability that one or more of the leads convert within the horizon, as if they"
                  + " decided independently of one another; NULL without a model")
          .required(
              "heating_signals",
              "ARRAY<STRING>",
              "Signals of the last inbound engagements of the heating leads within the warm window")
          .optional("last_inbound_at", "TIMESTAMP", "Last engagement by a lead of the account")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "account_id")
          .statistics("as_of")
          .build();
}
