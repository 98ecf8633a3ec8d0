package io.warmlead.table;

/** Leads and their attributes, by version. */
public final class Leads {
  private Leads() {}

  public static final TableContract TABLE =
      TableContract.named(
              "leads",
              "One version of a lead's attributes, valid from valid_from (inclusive) to valid_to"
                  + " (exclusive; NULL: still valid).")
          .required("lead_id", "STRING", "The lead")
          .required("created_at", "TIMESTAMP", "When the lead was created")
          .optional("source", "STRING", "Where the lead came from")
          .optional("segment", "STRING", "Market segment")
          .optional("country", "STRING", "Country")
          .optional("language", "STRING", "Language")
          .optional("account_id", "STRING", "Organisation that the lead belongs to")
          .optional("referrer_id", "STRING", "Who referred the lead")
          .optional("owner", "STRING", "Who looks after the lead")
          .optional("budget", "STRING", "BANT: budget")
          .optional("authority", "STRING", "BANT: authority to decide")
          .optional("need", "STRING", "BANT: need")
          .optional("timeline", "STRING", "BANT: timing")
          .optional("override_tier", "STRING", "Tier set by hand; wins over the computed one")
          .required("attributes", "MAP<STRING, STRING>", "All other columns of the source")
          .required("valid_from", "TIMESTAMP", "Start of this version")
          .optional("valid_to", "TIMESTAMP", "End of this version")
          .optional(
              "counts_from",
              "TIMESTAMP",
              "Since when the version counts: valid_from, or of a lead's first version created_at"
                  + " where that is earlier; NULL: valid_from")
          .required("file", "STRING", "File that the version was read from")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("lead_id", "valid_from")
          .statistics("created_at", "valid_from", "valid_to")
          .build();
}
