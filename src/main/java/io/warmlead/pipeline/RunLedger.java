package io.warmlead.pipeline;

import io.warmlead.lake.Lake;
import io.warmlead.table.Runs;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Times the stages of one run and writes them, the row of the whole last, in one commit. Until then
 * a note beside the tables tells of the run and its stage, for where it is cut off.
 */
final class RunLedger {
  static final String SUCCEEDED = "succeeded";
  static final String WITHOUT_MODEL = "succeeded without a model";
  static final String REFUSED = "refused";
  static final String FAILED = "failed";
  static final String CUT_OFF = "cut off";

  private final RunContext run;
  private final RunNote underWay;
  private final List<Entry> entries = new ArrayList<>();

  RunLedger(RunContext run, String command) {
    this.run = run;
    Map<String, Long> versions = new TreeMap<>();
    for (TableContract table : Tables.ALL) {
      long version = run.lake().version(table);
      if (version >= 0) {
        versions.put(table.name(), version);
      }
    }
    this.underWay =
        new RunNote(
            run.artefacts(),
            new RunNote.Content(
                new RunNote.Run(
                    run.runId(),
                    command,
                    run.clock().instant().toString(),
                    versions,
                    CodeVersion.current(),
                    run.settings().digest())));
  }

  /** The note of this run; written when its first stage begins. */
  RunNote underWay() {
    return underWay;
  }

  /** Says which dates the command has still to score, that of this run first. */
  void within(LocalDate from, LocalDate to) {
    underWay.change(underWay.content().within(new RunNote.Range(from.toString(), to.toString())));
  }

  /** Counts of one stage; NULL where a count has no meaning. */
  record Count(Long in, Long out, Long rejected) {
    static final Count NONE = new Count(null, null, null);
  }

  private record Entry(
      String stage,
      Instant startedAt,
      Instant finishedAt,
      Optional<Instant> asOf,
      Optional<LocalDate> scoreDate,
      String status,
      String message,
      Count count) {}

  /** Runs one stage under a name that the Spark UI shows too, and notes how long it took. */
  <T> T stage(String name, String what, Optional<Instant> asOf, Supplier<T> work) {
    Instant from = run.clock().instant();
    run.lake().requireOurs();
    underWay.write(
        underWay
            .content()
            .in(
                new RunNote.Stage(
                    name, from.toString(), asOf.map(Instant::toString).orElse(null))));
    run.progress().stage(name, what);
    run.lake().spark().sparkContext().setJobGroup(run.runId() + " " + name, what, false);
    T result = work.get();
    entries.add(
        new Entry(
            name,
            from,
            run.clock().instant(),
            asOf,
            Optional.empty(),
            SUCCEEDED,
            null,
            Count.NONE));
    return result;
  }

  /** Adds counts and a message to the newest stage. */
  void detail(String status, String message, Count count) {
    Entry last = entries.remove(entries.size() - 1);
    entries.add(
        new Entry(
            last.stage(),
            last.startedAt(),
            last.finishedAt(),
            last.asOf(),
            last.scoreDate(),
            status,
            message,
            count));
    run.progress()
        .rows(
            Optional.ofNullable(count.in()),
            Optional.ofNullable(count.out()),
            Optional.ofNullable(count.rejected()));
  }

  /** Writes everything; with this commit the run is published, if it succeeded. */
  void close(Optional<Instant> asOf, Optional<LocalDate> scoreDate, String status, String message) {
    entries.add(
        new Entry(
            Runs.WHOLE,
            Instant.parse(underWay.content().run().startedAt()),
            run.clock().instant(),
            asOf,
            scoreDate,
            status,
            message,
            Count.NONE));
    write(run.lake(), underWay.content().run(), entries, run.lake().versionsWritten());
    underWay.forget();
  }

  /**
   * Closes it for a run that failed. Where that cannot be written, the next command tells of it.
   *
   * @param message stays in the table: it must name no person
   * @param e gets what went wrong here as suppressed
   */
  void fail(Optional<Instant> asOf, String message, Exception e) {
    try {
      close(asOf, Optional.empty(), FAILED, message);
    } catch (Exception unwritten) {
      e.addSuppressed(unwritten);
    }
  }

  /**
   * Writes the one row of a run that was cut off.
   *
   * @param lastHeard when it was alive for the last time, as far as is known
   */
  static void cutOff(Lake lake, RunNote.Content note, Instant lastHeard, String message) {
    write(
        lake,
        note.run(),
        List.of(
            new Entry(
                Runs.WHOLE,
                Instant.parse(note.run().startedAt()),
                lastHeard,
                note.lastStage().flatMap(RunNote.Stage::asOfInstant),
                Optional.empty(),
                CUT_OFF,
                message,
                Count.NONE)),
        Map.of());
  }

  private static void write(
      Lake lake, RunNote.Run run, List<Entry> entries, Map<String, Long> written) {
    List<Row> rows = entries.stream().map(entry -> row(run, entry, written)).toList();
    lake.append(Runs.TABLE, lake.spark().createDataFrame(rows, Runs.TABLE.schema()).coalesce(1));
  }

  private static Row row(RunNote.Run run, Entry entry, Map<String, Long> written) {
    boolean isWhole = entry.stage().equals(Runs.WHOLE);
    return RowFactory.create(
        run.id(),
        run.command(),
        entry.stage(),
        Timestamp.from(entry.startedAt()),
        Timestamp.from(entry.finishedAt()),
        entry.asOf().map(Timestamp::from).orElse(null),
        entry.scoreDate().map(java.sql.Date::valueOf).orElse(null),
        entry.status(),
        entry.message(),
        entry.count().in(),
        entry.count().out(),
        entry.count().rejected(),
        asScala(isWhole ? run.versions() : Map.of()),
        asScala(isWhole ? written : Map.of()),
        run.codeVersion(),
        run.settingsDigest());
  }

  private static scala.collection.Map<String, Long> asScala(Map<String, Long> versions) {
    return scala.jdk.javaapi.CollectionConverters.asScala(versions);
  }
}
