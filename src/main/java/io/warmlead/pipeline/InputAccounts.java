package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.lake.Lake;
import io.warmlead.lake.SourceFile;
import io.warmlead.pipeline.InputBatch.Counts;
import io.warmlead.table.Engagements;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Keeps the account of every file that was read: where each of its rows went. */
final class InputAccounts {
  private final RunContext run;
  private final Lake lake;

  InputAccounts(RunContext run) {
    this.run = run;
    this.lake = run.lake();
  }

  /**
   * The account of one input: rowsIn = accepted + duplicates + rejected + ignored, the rows of
   * erased persons among the ignored.
   */
  record InputAccount(
      String input,
      int files,
      long rowsIn,
      long accepted,
      long duplicates,
      long rejected,
      long ignored,
      long unknownLeads) {}

  /** Rows of one file that are in their table now, and how many of them wait for their lead. */
  private record Stored(long accepted, long unknown) {
    static final Stored NONE = new Stored(0, 0);
  }

  /** Input and file to fingerprint, for all files ever read. */
  Map<String, Map<String, String>> filesRead() {
    Map<String, Map<String, String>> read = new HashMap<>();
    lake.read(IngestedFiles.TABLE)
        .select("input", "file", "fingerprint")
        .collectAsList()
        .forEach(
            row ->
                read.computeIfAbsent(row.getString(0), input -> new HashMap<>())
                    .put(row.getString(1), row.getString(2)));
    return read;
  }

  /**
   * Writes the accounts of batches whose rows are in the tables: from here on their files count as
   * read.
   *
   * @param engagementBatch number of the batch of engagements
   * @return one account per batch
   */
  List<InputAccount> write(List<InputBatch> batches, long engagementBatch) {
    List<Supplier<Map<String, Stored>>> stored = new ArrayList<>();
    try (SideBySide queries = new SideBySide()) {
      batches.forEach(batch -> stored.add(queries.start(() -> stored(batch, engagementBatch))));
    }
    List<Row> all = new ArrayList<>();
    List<InputAccount> accounts = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      List<Row> rows = rows(batches.get(i), stored.get(i).get());
      accounts.add(account(batches.get(i), rows));
      all.addAll(rows);
    }
    if (!all.isEmpty()) {
      lake.append(
          IngestedFiles.TABLE,
          lake.spark().createDataFrame(all, IngestedFiles.TABLE.schema()).coalesce(1));
    }
    return accounts;
  }

  private Map<String, Stored> stored(InputBatch batch, long engagementBatch) {
    if (batch.rows().isEmpty()) {
      return Map.of();
    }
    Dataset<Row> written =
        switch (batch.input().name()) {
          case "engagements" ->
              lake.read(Engagements.TABLE)
                  .where(col("batch").equalTo(engagementBatch))
                  .join(
                      lake.read(Leads.TABLE)
                          .select("lead_id")
                          .distinct()
                          .withColumn("is_known", lit(true)),
                      new String[] {"lead_id"},
                      "left_outer");
          case "leads" -> ofThisRun(lake.read(Leads.TABLE));
          default -> ofThisRun(lake.read(Outcomes.TABLE));
        };
    Map<String, Stored> stored = new HashMap<>();
    written
        .groupBy("file")
        .agg(count(lit(1)), count_if(col("is_known").isNull()))
        .collectAsList()
        .forEach(row -> stored.put(row.getString(0), new Stored(row.getLong(1), row.getLong(2))));
    return stored;
  }

  private Dataset<Row> ofThisRun(Dataset<Row> rows) {
    return rows.where(col("run_id").equalTo(run.runId())).withColumn("is_known", lit(true));
  }

  private List<Row> rows(InputBatch batch, Map<String, Stored> stored) {
    List<Row> rows = new ArrayList<>();
    for (SourceFile file : batch.files()) {
      Counts count = batch.counts().getOrDefault(file.path(), new Counts(0, 0, 0, 0));
      Stored found = stored.getOrDefault(file.path(), Stored.NONE);
      rows.add(
          RowFactory.create(
              batch.input().name(),
              file.path(),
              file.fingerprint(),
              count.rowsIn(),
              found.accepted(),
              count.good() - found.accepted(),
              count.rejected(),
              count.ignored(),
              count.suppressed(),
              found.unknown(),
              run.runId()));
    }
    return rows;
  }

  private static InputAccount account(InputBatch batch, List<Row> rows) {
    return new InputAccount(
        batch.input().name(),
        rows.size(),
        sum(rows, 3),
        sum(rows, 4),
        sum(rows, 5),
        sum(rows, 6),
        sum(rows, 7) + sum(rows, 8),
        sum(rows, 9));
  }

  private static long sum(List<Row> rows, int column) {
    return rows.stream().mapToLong(row -> row.getLong(column)).sum();
  }
}
