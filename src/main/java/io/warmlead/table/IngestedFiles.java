package io.warmlead.table;

/** Accounts of what was read. */
public final class IngestedFiles {
  private IngestedFiles() {}

  public static final TableContract TABLE =
      TableContract.named(
              "ingested_files",
              "The account of one reading of one file: rows_in = accepted + duplicates + rejected +"
                  + " ignored + suppressed.")
          .required("input", "STRING", "engagements, leads or outcomes")
          .required("file", "STRING", "The file")
          .required(
              "fingerprint", "STRING", "Size, modification time and settings it was read with")
          .required("rows_in", "BIGINT", "Rows read")
          .required("accepted", "BIGINT", "Rows stored")
          .required("duplicates", "BIGINT", "Rows already known")
          .required("rejected", "BIGINT", "Rows in quarantine")
          .required("ignored", "BIGINT", "Rows left out by `where` or mapped to ignore")
          .required("suppressed", "BIGINT", "Rows of erased persons")
          .required(
              "unknown_leads", "BIGINT", "Of the accepted engagements, those whose lead is unknown")
          .required("run_id", "STRING", "Run that read the file")
          .key("run_id", "input", "file")
          .statistics("input")
          .check("account", "rows_in = accepted + duplicates + rejected + ignored + suppressed")
          .build();
}
