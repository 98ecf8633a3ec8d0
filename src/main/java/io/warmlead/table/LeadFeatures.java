package io.warmlead.table;

/** What the model saw. */
public final class LeadFeatures {
  private LeadFeatures() {}

  public static final TableContract TABLE =
      TableContract.named(
              "lead_features",
              "Every feature of the model for one open lead, as it was known before the as-of"
                  + " instant.")
          .required("lead_id", "STRING", "The lead")
          .required("score_date", "DATE", "Date of the as-of instant in run.zone")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .optional("segment", "STRING", "Segment at that instant")
          .required("features", "MAP<STRING, DOUBLE>", "Feature name to number")
          .optional(
              "history_digest",
              "BIGINT",
              "Digest of the activity behind the features: tells score_changes what was restated")
          .optional("attributes_digest", "BIGINT", "Digest of the lead's attributes")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("lead_id", "score_date")
          .partitionedBy("score_date")
          .statistics("score_date", "as_of")
          .build();
}
