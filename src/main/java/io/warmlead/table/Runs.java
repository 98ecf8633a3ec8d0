package io.warmlead.table;

/** The run ledger. */
public final class Runs {
  private Runs() {}

  /** Name of the row that closes a whole run and publishes it. */
  public static final String WHOLE = "run";

  public static final TableContract TABLE =
      TableContract.named(
              "runs",
              "One stage of one run; the row with stage `run` stands for the whole and is written"
                  + " last: a run is published when that row says succeeded. Of a run that was cut off the"
                  + " next command that writes adds that one row.")
          .required("run_id", "STRING", "Run")
          .required("command", "STRING", "Command that ran")
          .required("stage", "STRING", "Stage, or run for the whole")
          .required("started_at", "TIMESTAMP", "Start, by the clock of the machine")
          .required(
              "finished_at",
              "TIMESTAMP",
              "End, by the clock of the machine; where the run was cut off, when it was alive for"
                  + " the last time, as far as is known")
          .optional("as_of", "TIMESTAMP", "As-of instant of the run")
          .optional("score_date", "DATE", "Date that the run scored, if it did")
          .required(
              "status",
              "STRING",
              "succeeded, succeeded without a model, refused, failed or cut off")
          .optional("message", "STRING", "Why, where there is something to say")
          .optional("rows_in", "BIGINT", "Rows read")
          .optional("rows_out", "BIGINT", "Rows written")
          .optional("rows_rejected", "BIGINT", "Rows put in quarantine")
          .required("versions_read", "MAP<STRING, BIGINT>", "Table to Delta version at the start")
          .required("versions_written", "MAP<STRING, BIGINT>", "Table to Delta version written")
          .required("code_version", "STRING", "Version of Warmlead")
          .required("settings_digest", "STRING", "sha-256 of the settings in effect")
          .key("run_id", "stage")
          .statistics("run_id", "started_at", "as_of", "score_date")
          .build();
}
