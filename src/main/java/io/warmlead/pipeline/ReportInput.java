package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.warmlead.lake.Lake;
import io.warmlead.report.NightView.Account;
import io.warmlead.report.NightView.Counted;
import io.warmlead.table.Engagements;
import io.warmlead.table.Rejects;
import java.util.List;

/** What a run read, and what became of the rows. */
final class ReportInput {
  private final Lake lake;
  private final String runId;

  ReportInput(RunContext run) {
    this.lake = run.lake();
    this.runId = run.runId();
  }

  static List<Account> accounts(IngestStage.Result result) {
    return result.accounts().stream()
        .map(
            a ->
                new Account(
                    a.input(),
                    a.files(),
                    a.rowsIn(),
                    a.accepted(),
                    a.duplicates(),
                    a.rejected(),
                    a.ignored(),
                    a.unknownLeads()))
        .toList();
  }

  List<Counted> rejectReasons() {
    return ReportRows.counted(
        lake.read(Rejects.TABLE)
            .where(col("run_id").equalTo(runId))
            .select(explode(col("reasons")).as("name")));
  }

  List<Counted> unmapped() {
    return ReportRows.counted(
        lake.read(Engagements.TABLE)
            .where(col("run_id").equalTo(runId).and(col("is_mapped").equalTo(false)))
            .select(col("event").as("name")));
  }
}
