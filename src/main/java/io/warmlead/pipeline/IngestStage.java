package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;

import io.warmlead.config.InputSettings;
import io.warmlead.config.NearestName;
import io.warmlead.config.Settings;
import io.warmlead.config.SettingsException;
import io.warmlead.ingest.EngagementIdentity;
import io.warmlead.ingest.FutureClock;
import io.warmlead.ingest.LeadVersions;
import io.warmlead.ingest.OutcomeRules;
import io.warmlead.ingest.RawRows;
import io.warmlead.lake.Lake;
import io.warmlead.lake.SourceFile;
import io.warmlead.lake.Sources;
import io.warmlead.pipeline.InputBatch.Counts;
import io.warmlead.table.Engagements;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import io.warmlead.table.Rejects;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Reads new files into engagements, leads, outcomes and rejects. */
final class IngestStage {
  private final RunContext run;
  private final Settings settings;
  private final Lake lake;
  private final Instant startedAt;

  IngestStage(RunContext run) {
    this.run = run;
    this.settings = run.settings();
    this.lake = run.lake();
    this.startedAt = run.clock().instant();
  }

  /** What was read, per input. */
  record Result(List<InputAccount> accounts) {
    long total(java.util.function.ToLongFunction<InputAccount> part) {
      return accounts.stream().mapToLong(part).sum();
    }
  }

  /** The account of one input: rowsIn = accepted + duplicates + rejected + ignored. */
  record InputAccount(
      String input,
      int files,
      long rowsIn,
      long accepted,
      long duplicates,
      long rejected,
      long ignored,
      long unknownLeads) {}

  /**
   * Ingests. All inputs are opened and judged before the first row is written.
   *
   * @param asOf instant of the run where it was given; changed lead attributes hold from the day
   *     before
   */
  Result ingest(Optional<Instant> asOf) {
    Sources sources = new Sources(lake.spark());
    requireInput(settings.engagements());
    requireInput(settings.leads());
    Map<String, Map<String, String>> read = filesRead();
    InputBatch engagements =
        open(
            settings.engagements(),
            sources,
            read,
            (raw, input) -> RawRows.engagements(raw, input, settings.signals()));
    InputBatch leads = open(settings.leads(), sources, read, RawRows::leads);
    Optional<InputBatch> outcomes =
        settings.outcomes().paths().isEmpty()
            ? Optional.empty()
            : Optional.of(open(settings.outcomes(), sources, read, RawRows::outcomes));

    engagements.requireGoodRows(engagements.counts());
    leads.requireGoodRows(leads.counts());
    outcomes.ifPresent(this::requireConversions);
    // The clock limit needs all rows of the batch, so it is judged on the typed rows.
    Map<LocalDate, Long> days = engagements.rows().map(FutureClock::daysOf).orElseGet(TreeMap::new);
    Optional<LocalDate> limit = clockLimit(days);
    InputBatch judged =
        engagements
            .rows()
            .map(rows -> engagements.withRows(FutureClock.withProblem(rows, limit)))
            .orElse(engagements);
    limit.ifPresent(day -> days.keySet().removeIf(rowDay -> !rowDay.isBefore(day)));

    new Reinterpretation(run).apply();
    List<InputBatch> batches = new ArrayList<>(List.of(judged, leads));
    outcomes.ifPresent(batches::add);
    long batch = newestBatch() + 1;
    writeEngagements(judged, days, batch);
    writeLeads(leads, asOf.orElseGet(() -> dayAfter(days)));
    outcomes.ifPresent(this::writeOutcomes);
    writeRejects(batches);
    Result result = new Result(writeAccounts(batches, batch));
    engagements.rows().ifPresent(Dataset::unpersist);
    leads.rows().ifPresent(Dataset::unpersist);
    outcomes.flatMap(InputBatch::rows).ifPresent(Dataset::unpersist);
    return result;
  }

  private List<InputAccount> writeAccounts(List<InputBatch> batches, long engagementBatch) {
    List<Row> rows = new ArrayList<>();
    List<InputAccount> accounts = new ArrayList<>();
    for (InputBatch batch : batches) {
      Dataset<Row> written =
          switch (batch.input().name()) {
            case "engagements" ->
                lake.read(Engagements.TABLE).where(col("batch").equalTo(engagementBatch));
            case "leads" -> lake.read(Leads.TABLE).where(col("run_id").equalTo(run.runId()));
            default -> lake.read(Outcomes.TABLE).where(col("run_id").equalTo(run.runId()));
          };
      accounts.add(account(batch, written, rows));
    }
    if (!rows.isEmpty()) {
      lake.append(
          IngestedFiles.TABLE,
          lake.spark().createDataFrame(rows, IngestedFiles.TABLE.schema()).coalesce(1));
    }
    return accounts;
  }

  private InputBatch open(
      InputSettings input,
      Sources sources,
      Map<String, Map<String, String>> read,
      java.util.function.BiFunction<Dataset<Row>, InputSettings, Dataset<Row>> typing) {
    String digest =
        DigestUtils.sha256Hex(
                input.toString() + (input.name().equals("engagements") ? settings.signals() : ""))
            .substring(0, 12);
    return InputBatch.open(
        input, sources, read.getOrDefault(input.name(), Map.of()), digest, typing);
  }

  private static void requireInput(InputSettings input) {
    if (input.paths().isEmpty()) {
      throw new SettingsException(
          "inputs."
              + input.name()
              + ".path is not given: say where the "
              + input.name()
              + " lie, in a --conf file or with --set inputs."
              + input.name()
              + ".path=…");
    }
  }

  private void requireConversions(InputBatch outcomes) {
    outcomes.requireGoodRows(outcomes.counts());
    List<String> wanted = settings.conversion().outcomes();
    if (outcomes.rows().isEmpty() || wanted.isEmpty()) {
      return;
    }
    List<String> found =
        outcomes
            .rows()
            .get()
            .where(RawRows.isGood())
            .select("outcome")
            .distinct()
            .limit(100)
            .as(org.apache.spark.sql.Encoders.STRING())
            .collectAsList();
    List<String> stored =
        lake.read(Outcomes.TABLE)
            .where(col("outcome").isin(wanted.toArray()))
            .select("outcome")
            .distinct()
            .as(org.apache.spark.sql.Encoders.STRING())
            .collectAsList();
    for (String name : wanted) {
      if (!found.contains(name) && !stored.contains(name) && !found.isEmpty()) {
        String message =
            "conversion.outcomes names "
                + name
                + ", which never occurs among the outcomes: "
                + String.join(", ", found.stream().sorted().toList())
                + "."
                + NearestName.hint(name, found);
        if (wanted.stream().noneMatch(found::contains) && stored.isEmpty()) {
          throw new SettingsException(message);
        }
        run.progress().note(message);
      }
    }
  }

  private Optional<LocalDate> clockLimit(Map<LocalDate, Long> days) {
    Dataset<Row> stored = lake.read(Engagements.TABLE);
    Row extent = stored.agg(count(lit(1)), max("occurred_at")).head();
    return FutureClock.limit(
        days,
        extent.getLong(0),
        extent.isNullAt(1)
            ? Optional.empty()
            : Optional.of(
                extent.getTimestamp(1).toInstant().atZone(java.time.ZoneOffset.UTC).toLocalDate()));
  }

  private Instant dayAfter(Map<LocalDate, Long> days) {
    return days.keySet().stream()
        .max(LocalDate::compareTo)
        .map(day -> AsOf.start(day.plusDays(1), settings.run()))
        .orElseGet(() -> AsOf.afterNewest(lake, settings.run()));
  }

  private void writeEngagements(InputBatch batch, Map<LocalDate, Long> days, long number) {
    if (batch.rows().isEmpty()) {
      return;
    }
    Dataset<Row> good = batch.rows().get().where(RawRows.isGood());
    LocalDate first = days.keySet().stream().min(LocalDate::compareTo).orElse(LocalDate.EPOCH);
    // The same engagement has the same time, so only that part of history can hold it.
    Dataset<Row> known =
        lake.read(Engagements.TABLE)
            .where(col("occurred_at").geq(lit(first.toString()).cast("timestamp")));
    lake.append(
        Engagements.TABLE,
        EngagementIdentity.distinct(good, known)
            .withColumn("batch", lit(number))
            .withColumn("run_id", lit(run.runId())));
  }

  private void writeLeads(InputBatch batch, Instant asOf) {
    if (batch.rows().isEmpty()) {
      return;
    }
    Dataset<Row> stored = lake.read(Leads.TABLE);
    Dataset<Row> changed =
        LeadVersions.changed(
                batch.rows().get().where(RawRows.isGood()), stored, asOf.minus(Duration.ofDays(1)))
            .withColumn("run_id", lit(run.runId()))
            .localCheckpoint();
    if (lake.exists(Leads.TABLE)) {
      Map<String, org.apache.spark.sql.Column> updates = new HashMap<>();
      Leads.TABLE.columnNames().forEach(name -> updates.put(name, col("source." + name)));
      lake.merge(Leads.TABLE, LeadVersions.chained(changed, stored), lit(true), updates);
    } else {
      lake.append(Leads.TABLE, LeadVersions.chained(changed, stored));
    }
  }

  private void writeOutcomes(InputBatch batch) {
    if (batch.rows().isEmpty()) {
      return;
    }
    Dataset<Row> good = batch.rows().get().where(RawRows.isGood());
    lake.append(
        Outcomes.TABLE,
        OutcomeRules.classified(
                OutcomeRules.distinct(good, lake.read(Outcomes.TABLE)), settings.conversion())
            .withColumn("run_id", lit(run.runId())));
  }

  /** Replaces the quarantine of the files that were read. */
  private void writeRejects(List<InputBatch> batches) {
    Optional<Dataset<Row>> rejected =
        batches.stream()
            .flatMap(batch -> batch.rows().stream().map(rows -> rejects(batch, rows)))
            .reduce(Dataset::unionByName);
    String files =
        batches.stream()
            .flatMap(batch -> batch.files().stream())
            .map(file -> "'" + file.path().replace("\\", "\\\\").replace("'", "\\'") + "'")
            .collect(Collectors.joining(", "));
    rejected.ifPresent(
        rows -> lake.replaceWhere(Rejects.TABLE, rows.coalesce(1), "file IN (" + files + ")"));
  }

  private Dataset<Row> rejects(InputBatch batch, Dataset<Row> rows) {
    return rows.where(not(col("is_ignored")).and(not(RawRows.isGood())))
        .select(
            lit(batch.input().name()).as("input"),
            col("file"),
            col("problems").as("reasons"),
            coalesce(col("raw"), col("content")).as("raw"),
            lit(run.runId()).as("run_id"),
            lit(Timestamp.from(startedAt)).as("rejected_at"));
  }

  private InputAccount account(InputBatch batch, Dataset<Row> written, List<Row> accounts) {
    if (batch.files().isEmpty()) {
      return new InputAccount(batch.input().name(), 0, 0, 0, 0, 0, 0, 0);
    }
    Map<String, Counts> counts = batch.counts();
    Map<String, Long> accepted = new HashMap<>();
    Map<String, Long> unknown = new HashMap<>();
    boolean isEngagements = batch.input().name().equals("engagements");
    Dataset<Row> leads =
        lake.read(Leads.TABLE).select("lead_id").distinct().withColumn("is_known", lit(true));
    (isEngagements
            ? written.join(leads, new String[] {"lead_id"}, "left_outer")
            : written.withColumn("is_known", lit(true)))
        .groupBy("file")
        .agg(count(lit(1)), count_if(col("is_known").isNull()))
        .collectAsList()
        .forEach(
            row -> {
              accepted.put(row.getString(0), row.getLong(1));
              unknown.put(row.getString(0), row.getLong(2));
            });
    List<Row> rows = new ArrayList<>();
    for (SourceFile file : batch.files()) {
      Counts count = counts.getOrDefault(file.path(), new Counts(0, 0, 0));
      long stored = accepted.getOrDefault(file.path(), 0L);
      rows.add(
          RowFactory.create(
              batch.input().name(),
              file.path(),
              file.fingerprint(),
              count.rowsIn(),
              stored,
              count.good() - stored,
              count.rejected(),
              count.ignored(),
              0L,
              unknown.getOrDefault(file.path(), 0L),
              run.runId()));
    }
    accounts.addAll(rows);
    return new InputAccount(
        batch.input().name(),
        batch.files().size(),
        sum(rows, 3),
        sum(rows, 4),
        sum(rows, 5),
        sum(rows, 6),
        sum(rows, 7),
        sum(rows, 9));
  }

  private static long sum(List<Row> rows, int column) {
    return rows.stream().mapToLong(row -> row.getLong(column)).sum();
  }

  private Map<String, Map<String, String>> filesRead() {
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

  private long newestBatch() {
    Row newest = lake.read(Engagements.TABLE).agg(max("batch")).head();
    return newest.isNullAt(0) ? 0 : newest.getLong(0);
  }
}
