package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.warmlead.lake.Lake;
import io.warmlead.lake.SourceFile;
import io.warmlead.pipeline.InputBatch.Counts;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
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

  /** Input and file to fingerprint, for all files ever read, as each was read last. */
  Map<String, Map<String, String>> filesRead() {
    Map<String, Map<String, String>> read = new HashMap<>();
    lake
        .read(IngestedFiles.TABLE)
        .select("input", "file", "fingerprint", "run_id")
        .collectAsList()
        .stream()
        // Run ids follow the clock.
        .sorted(Comparator.comparing(row -> row.getString(3)))
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
   * @return one account per batch
   */
  List<InputAccount> write(List<InputBatch> batches) {
    List<Supplier<Map<String, Stored>>> stored = new ArrayList<>();
    try (SideBySide queries = new SideBySide()) {
      batches.forEach(batch -> stored.add(queries.start(() -> stored(batch))));
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

  private Map<String, Stored> stored(InputBatch batch) {
    if (batch.rows().isEmpty()) {
      return Map.of();
    }
    Dataset<Row> written =
        switch (batch.input().name()) {
          case "engagements" ->
              unaccounted(batch, lake.read(Engagements.TABLE).where(isAfterLastActivity()))
                  .join(
                      lake.read(Leads.TABLE)
                          .select("lead_id")
                          .distinct()
                          .withColumn("is_known", lit(true)),
                      new String[] {"lead_id"},
                      "left_outer");
          case "leads" ->
              unaccounted(batch, lake.read(Leads.TABLE)).withColumn("is_known", lit(true));
          default ->
              unaccounted(batch, lake.read(Outcomes.TABLE)).withColumn("is_known", lit(true));
        };
    Map<String, Stored> stored = new HashMap<>();
    written
        .groupBy("file")
        .agg(count(lit(1)), count_if(col("is_known").isNull()))
        .collectAsList()
        .forEach(row -> stored.put(row.getString(0), new Stored(row.getLong(1), row.getLong(2))));
    return stored;
  }

  /**
   * Rows of this run, and of runs that ended before they wrote their accounts: their files are read
   * again now, and the rows they left belong into this account.
   */
  private Dataset<Row> unaccounted(InputBatch batch, Dataset<Row> rows) {
    Dataset<Row> accounted =
        lake.read(IngestedFiles.TABLE)
            .where(col("input").equalTo(batch.input().name()))
            .select("run_id")
            .distinct();
    return rows.join(broadcast(accounted), new String[] {"run_id"}, "left_anti");
  }

  /** Older batches were accounted for before they were summed up; they need not be read. */
  private Column isAfterLastActivity() {
    Row newest = lake.read(DailyActivity.TABLE).agg(coalesce(max("batch"), lit(0L))).head();
    return col("batch").gt(newest.getLong(0));
  }

  private List<Row> rows(InputBatch batch, Map<String, Stored> stored) {
    List<Row> rows = new ArrayList<>();
    for (SourceFile file : batch.files()) {
      Counts count = batch.counts().getOrDefault(file.path(), new Counts(0, 0, 0, 0));
      Stored found = stored.getOrDefault(file.path(), Stored.NONE);
      long accepted = Math.min(found.accepted(), count.good());
      rows.add(
          RowFactory.create(
              batch.input().name(),
              file.path(),
              file.fingerprint(),
              count.rowsIn(),
              accepted,
              count.good() - accepted,
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
