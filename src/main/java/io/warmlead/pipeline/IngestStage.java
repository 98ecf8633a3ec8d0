package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
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
    Map<LocalDate, Long> days = engagements.rows().map(FutureClock::daysOf).orElse(Map.of());
    InputBatch judged =
        engagements
            .rows()
            .map(rows -> engagements.withRows(FutureClock.withProblem(rows, clockLimit(days))))
            .orElse(engagements);

    new Reinterpretation(run).apply();
    List<InputAccount> accounts = new ArrayList<>();
    long batch = newestBatch() + 1;
    writeEngagements(judged, days, batch);
    writeLeads(leads, asOf.orElseGet(() -> newestDay(days)));
    outcomes.ifPresent(this::writeOutcomes);
    accounts.add(account(judged, Optional.of(batch)));
    accounts.add(account(leads, Optional.empty()));
    outcomes.ifPresent(o -> accounts.add(account(o, Optional.empty())));
    for (InputBatch one : List.of(engagements, leads)) {
      one.rows().ifPresent(Dataset::unpersist);
    }
    outcomes.flatMap(InputBatch::rows).ifPresent(Dataset::unpersist);
    return new Result(accounts);
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

  private Instant newestDay(Map<LocalDate, Long> days) {
    return days.keySet().stream()
        .filter(day -> clockLimit(days).map(limit -> day.isBefore(limit)).orElse(true))
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
    writeRejects(batch);
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
    writeRejects(batch);
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
    writeRejects(batch);
  }

  private void writeRejects(InputBatch batch) {
    String files =
        batch.files().stream()
            .map(file -> "'" + file.path().replace("\\", "\\\\").replace("'", "\\'") + "'")
            .reduce((a, b) -> a + ", " + b)
            .orElse("''");
    Dataset<Row> rejected =
        batch
            .rows()
            .orElseThrow()
            .where(not(col("is_ignored")).and(not(RawRows.isGood())))
            .withColumn("input", lit(batch.input().name()))
            .withColumnRenamed("problems", "reasons")
            .withColumn("raw", org.apache.spark.sql.functions.coalesce(col("raw"), col("content")))
            .withColumn("run_id", lit(run.runId()))
            .withColumn("rejected_at", lit(Timestamp.from(startedAt)));
    lake.replaceWhere(
        Rejects.TABLE,
        rejected,
        "input = '" + batch.input().name() + "' AND file IN (" + files + ")");
  }

  private InputAccount account(InputBatch batch, Optional<Long> engagementBatch) {
    Map<String, Counts> counts = batch.counts();
    Map<String, Long> accepted = new HashMap<>();
    Map<String, Long> unknown = new HashMap<>();
    Dataset<Row> written = written(batch, engagementBatch);
    if (!batch.files().isEmpty()) {
      perFile(written, accepted);
      if (engagementBatch.isPresent()) {
        Dataset<Row> leads = lake.read(Leads.TABLE).select("lead_id").distinct();
        perFile(written.join(leads, new String[] {"lead_id"}, "left_anti"), unknown);
      }
    }
    List<Row> rows = new ArrayList<>();
    batch
        .files()
        .forEach(
            file -> {
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
            });
    if (!rows.isEmpty()) {
      lake.append(
          IngestedFiles.TABLE, lake.spark().createDataFrame(rows, IngestedFiles.TABLE.schema()));
    }
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

  private Dataset<Row> written(InputBatch batch, Optional<Long> engagementBatch) {
    if (engagementBatch.isPresent()) {
      return lake.read(Engagements.TABLE).where(col("batch").equalTo(engagementBatch.get()));
    }
    return lake.read(batch.input().name().equals("leads") ? Leads.TABLE : Outcomes.TABLE)
        .where(col("run_id").equalTo(run.runId()));
  }

  private static void perFile(Dataset<Row> rows, Map<String, Long> counts) {
    rows.groupBy("file")
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
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
