package io.warmlead.table;

/** Accepted engagements. */
public final class Engagements {
  private Engagements() {}

  public static final TableContract TABLE =
      TableContract.named(
              "engagements",
              "One engagement: a timestamped interaction of a lead, as accepted. Engagements of"
                  + " leads that are not known yet are here too and count once the lead arrives.")
          .required("event_id", "STRING", "Identity: the source's, or a digest of the row")
          .required("lead_id", "STRING", "Lead that the engagement belongs to")
          .required("occurred_at", "TIMESTAMP", "When it happened")
          .optional("received_at", "TIMESTAMP", "When it reached us, where the source says so")
          .required(
              "known_at",
              "TIMESTAMP",
              "The later of occurred_at and received_at: used only as of instants after it")
          .required("event", "STRING", "Raw event name of the source")
          .required("signal", "STRING", "What it means; the raw name where nothing maps it")
          .required("is_mapped", "BOOLEAN", "Whether the catalogue knows the signal")
          .required("family", "STRING", "Family of the signal; unmapped where unknown")
          .required(
              "direction",
              "STRING",
              "inbound (the lead acted), outbound (we acted), negative, or unknown (counted as"
                  + " inbound)")
          .optional("stated_direction", "STRING", "Direction in the source's own word")
          .required("intent", "STRING", "low, medium or high")
          .required("channel", "STRING", "Channel in lower case; unknown where not given")
          .optional("asset", "STRING", "Page, document, campaign or event touched")
          .optional("value", "DECIMAL(18,4)", "Amount, in the source's currency")
          .optional("cost", "DECIMAL(18,4)", "What the touch cost us")
          .required("attributes", "MAP<STRING, STRING>", "All other columns of the source")
          .required("file", "STRING", "File that the row was read from")
          .required("batch", "BIGINT", "Rises with each ingest; later work starts from it")
          .required("run_id", "STRING", "Run that accepted the row")
          .key("event_id")
          .statistics("occurred_at", "known_at", "batch")
          .build();
}
