package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.warmlead.config.InputSettings;
import io.warmlead.config.Settings;
import io.warmlead.config.SettingsException;
import io.warmlead.config.UserFailure;
import io.warmlead.ingest.FutureClock;
import io.warmlead.ingest.RawRows;
import io.warmlead.lake.Lake;
import io.warmlead.lake.Sources;
import io.warmlead.pipeline.InputAccounts.InputAccount;
import io.warmlead.pipeline.InputBatch.Counts;
import io.warmlead.table.Engagements;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import io.warmlead.table.TableContract;
import io.warmlead.temperature.TierPolicy;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Reads new files into engagements, leads, outcomes and rejects. */
final class IngestStage {
  private static final Map<String, TableContract> TABLES =
      Map.of("engagements", Engagements.TABLE, "leads", Leads.TABLE, "outcomes", Outcomes.TABLE);

  private final RunContext run;
  private final Settings settings;
  private final Lake lake;

  IngestStage(RunContext run) {
    this.run = run;
    this.settings = run.settings();
    this.lake = run.lake();
  }

  /** What was read, per input. */
  record Result(List<InputAccount> accounts) {
    long total(java.util.function.ToLongFunction<InputAccount> part) {
      return accounts.stream().mapToLong(part).sum();
    }
  }

  /**
   * Ingests. All inputs are opened and judged before the first row is written.
   *
   * @param asOf instant of the run where it was given, of a backfill the last one
   * @param isBackfill whether the run scores the past
   */
  Result ingest(Optional<Instant> asOf, boolean isBackfill) {
    requireInput(settings.engagements());
    requireInput(settings.leads());
    new CutOffRuns(lake).told().forEach(run.progress()::note);
    InputAccounts accounts = new InputAccounts(run);
    List<InputBatch> opened = open(accounts.filesRead());
    try {
      // Typing all rows, once: whatever comes after works on what this leaves in memory.
      SideBySide.run(
          opened.stream().map(batch -> (Runnable) batch::counts).toArray(Runnable[]::new));
      opened.forEach(this::requireGoodRows);
      requireAnyRow(opened.get(0), Engagements.TABLE);
      requireAnyRow(opened.get(1), Leads.TABLE);
      opened.stream()
          .skip(2)
          .forEach(
              new ConversionNames(settings, lake.read(Outcomes.TABLE), run.progress()::note)
                  ::require);
      noteUnknownOverrides(opened.get(1));
      ReadingChange.notes(opened).forEach(run.progress()::note);
      return write(opened, accounts, asOf, isBackfill);
    } finally {
      opened.forEach(InputBatch::release);
    }
  }

  private Result write(
      List<InputBatch> opened, InputAccounts accounts, Optional<Instant> asOf, boolean isBackfill) {
    Optional<Dataset<Row>> typed = opened.get(0).rows();
    // The clock limit needs all rows of the batch, so it is judged on the typed rows.
    Map<LocalDate, Long> days = typed.map(FutureClock::daysOf).orElseGet(TreeMap::new);
    Stored stored = typed.or(opened.get(1)::rows).map(rows -> stored()).orElse(Stored.NOTHING);
    Optional<LocalDate> limit =
        FutureClock.limit(
            days,
            stored.rows(),
            stored.newestDay(),
            asOf.map(instant -> AsOf.date(instant, settings.run())));
    boolean isAhead = limit.map(day -> days.keySet().removeIf(d -> !d.isBefore(day))).orElse(false);
    List<InputBatch> batches = new ArrayList<>(opened);
    if (isAhead) {
      batches.set(0, opened.get(0).withClockLimit(limit.get()));
    }

    new Reinterpretation(run).apply();
    long number = stored.newestBatch() + 1;
    // A row that is read otherwise may have had any time before.
    LocalDate first =
        batches.get(0).readOtherwise() > 0
            ? LocalDate.EPOCH
            : days.keySet().stream().min(LocalDate::compareTo).orElse(LocalDate.EPOCH);
    InputWrites writes = new InputWrites(run);
    SideBySide.run(
        () -> {
          // Of a batch without good rows there is nothing to look for in history.
          if (!days.isEmpty()) {
            new EngagementWrites(run).write(batches.get(0), first, stored.newestDay(), number);
          }
        },
        () ->
            writes.leads(
                batches.get(1),
                () ->
                    AttributeDate.of(
                            asOf, isBackfill, newest(batches.get(0), stored), settings.run())
                        .orElseThrow(AsOf::noEngagements)),
        () -> batches.stream().skip(2).forEach(writes::outcomes),
        () -> new RejectWrites(run).write(batches));
    // Before the files count as read: whoever tries again is told again.
    batches.forEach(this::requireFewRejects);
    return new Result(accounts.write(batches));
  }

  /** Engagements, leads and, where there are any, outcomes, in this order. */
  private List<InputBatch> open(Map<String, Map<String, String>> read) {
    Sources sources = new Sources(lake.spark());
    UnaryOperator<Dataset<Row>> marking = new SuppressionList(run).marking();
    List<InputBatch> batches = new ArrayList<>();
    batches.add(
        open(
            settings.engagements(),
            sources,
            read,
            (raw, input) -> marking.apply(RawRows.engagements(raw, input, settings.signals()))));
    batches.add(
        open(
            settings.leads(),
            sources,
            read,
            (raw, input) -> marking.apply(RawRows.leads(raw, input))));
    if (!settings.outcomes().paths().isEmpty()) {
      batches.add(
          open(
              settings.outcomes(),
              sources,
              read,
              (raw, input) -> marking.apply(RawRows.outcomes(raw, input))));
    }
    return batches;
  }

  private InputBatch open(
      InputSettings input,
      Sources sources,
      Map<String, Map<String, String>> read,
      java.util.function.BiFunction<Dataset<Row>, InputSettings, Dataset<Row>> typing) {
    return InputBatch.open(
        input,
        sources,
        read.getOrDefault(input.name(), Map.of()),
        ReadingChange.digest(input, settings),
        typing);
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

  /**
   * A quiet day brings files without rows, or a single row that cannot be used, and others may have
   * brought much. A first batch without a good row is an export that failed; only outcomes may be
   * missing still.
   */
  private void requireGoodRows(InputBatch batch) {
    Optional<String> fault = batch.fault();
    if (fault.isEmpty()) {
      return;
    }
    String input = batch.input().name();
    boolean isThere = lake.exists(TABLES.get(input));
    Counts all = batch.total();
    boolean mayBe =
        all.rowsIn() == 0
            ? isThere || input.equals("outcomes")
            : isThere && all.rowsIn() < QualityGate.ENOUGH_TO_TELL;
    if (!mayBe) {
      throw UserFailure.input(fault.get() + " Nothing was written.");
    }
    run.progress()
        .note(
            all.rowsIn() == 0
                ? "inputs." + input + ": the new files hold no rows."
                : "inputs."
                    + input
                    + ": none of "
                    + all.rowsIn()
                    + " new rows can be used; the table rejects says why.");
  }

  /** A first batch of which every row is left out would be an empty lake. */
  private void requireAnyRow(InputBatch batch, TableContract table) {
    if (!batch.files().isEmpty() && batch.total().good() == 0 && !lake.exists(table)) {
      throw everyRowLeftOut(batch.input().name());
    }
  }

  /** What to do where a first batch has good rows, and all of them are left out. */
  static UserFailure everyRowLeftOut(String name) {
    return UserFailure.input(
        "inputs."
            + name
            + ": every row that could be used is left out. Check inputs."
            + name
            + ".where"
            + (name.equals("engagements") ? ", and signals.map for what is ignored." : ".")
            + " Nothing was written.");
  }

  private void requireFewRejects(InputBatch batch) {
    Counts all = batch.total();
    new QualityGate(run).requireFewRejects(batch.input().name(), all.rowsIn(), all.rejected());
  }

  private void noteUnknownOverrides(InputBatch leads) {
    if (leads.rows().isEmpty()) {
      return;
    }
    Row unknown =
        leads
            .rows()
            .get()
            .where(RawRows.isGood().and(TierPolicy.isUnknownOverride()))
            .agg(count(lit(1)), functions.min("override_tier"))
            .head();
    if (unknown.getLong(0) > 0) {
      run.progress()
          .note(
              "override_tier is none of cold, warm and hot in "
                  + unknown.getLong(0)
                  + " rows of leads, such as \""
                  + unknown.getString(1)
                  + "\": nothing is set by hand there.");
    }
  }

  /** What the engagements table holds. */
  private record Stored(long rows, Optional<Instant> newest, long newestBatch) {
    static final Stored NOTHING = new Stored(0, Optional.empty(), 0);

    Optional<LocalDate> newestDay() {
      return newest.map(instant -> instant.atZone(ZoneOffset.UTC).toLocalDate());
    }
  }

  private Stored stored() {
    if (!lake.exists(Engagements.TABLE)) {
      return Stored.NOTHING;
    }
    Row extent =
        lake.read(Engagements.TABLE)
            .agg(count(lit(1)), max("occurred_at"), coalesce(max("batch"), lit(0L)))
            .head();
    return new Stored(
        extent.getLong(0),
        Optional.ofNullable(extent.getTimestamp(1)).map(Timestamp::toInstant),
        extent.getLong(2));
  }

  /** The newest engagement, stored or about to be. */
  private static Optional<Instant> newest(InputBatch engagements, Stored stored) {
    return Stream.concat(
            stored.newest().stream(),
            engagements.rows().stream()
                .map(rows -> rows.where(RawRows.isGood()).agg(max("occurred_at")).head())
                .filter(newest -> !newest.isNullAt(0))
                .map(newest -> newest.getTimestamp(0).toInstant()))
        .max(Instant::compareTo);
  }
}
