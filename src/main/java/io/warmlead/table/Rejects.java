package io.warmlead.table;

/** Quarantine. */
public final class Rejects {
  private Rejects() {}

  public static final TableContract TABLE =
      TableContract.named(
              "rejects",
              "One row of an input that could not be used, with every reason. A row that is read again"
                  + " is judged anew and leaves this table for that.")
          .required("input", "STRING", "engagements, leads or outcomes")
          .required("file", "STRING", "File that the row was read from")
          .required("reasons", "ARRAY<STRING>", "Why, each with its explanation")
          .required("raw", "STRING", "The row as it was read, as JSON or the raw line")
          .optional("content", "STRING", "Digest of the row, by which it is known when read again")
          .required("run_id", "STRING", "Run that read the row")
          .required("rejected_at", "TIMESTAMP", "When that run started")
          .statistics("input")
          .build();
}
