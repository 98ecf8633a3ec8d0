package io.warmlead.pipeline;

import io.warmlead.lake.Lake;
import io.warmlead.table.Runs;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Times the stages of one run and writes them, the row of the whole last, in one commit. */
final class RunLedger {
  static final String SUCCEEDED = "succeeded";
  static final String WITHOUT_MODEL = "succeeded without a model";
  static final String REFUSED = "refused";
  static final String FAILED = "failed";

  private final RunContext run;
  private final String command;
  private final Instant startedAt;
  private final Map<String, Long> versionsRead = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  RunLedger(RunContext run, String command) {
    this.run = run;
    this.command = command;
    this.startedAt = run.clock().instant();
    for (TableContract table : Tables.ALL) {
      long version = run.lake().version(table);
      if (version >= 0) {
        versionsRead.put(table.name(), version);
      }
    }
  }

  /** Table to version at the start; a table that was not there yet is not in it. */
  Map<String, Long> versionsRead() {
    return Map.copyOf(versionsRead);
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
    run.progress().stage(name, what);
    run.lake().spark().sparkContext().setJobGroup(run.runId() + " " + name, what, false);
    Instant from = run.clock().instant();
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
            startedAt,
            run.clock().instant(),
            asOf,
            scoreDate,
            status,
            message,
            Count.NONE));
    Lake lake = run.lake();
    Map<String, Long> written = lake.versionsWritten();
    List<Row> rows =
        entries.stream()
            .map(
                entry ->
                    RowFactory.create(
                        run.runId(),
                        command,
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
                        entry.stage().equals(Runs.WHOLE)
                            ? asScala(versionsRead)
                            : asScala(Map.of()),
                        entry.stage().equals(Runs.WHOLE) ? asScala(written) : asScala(Map.of()),
                        CodeVersion.current(),
                        run.settings().digest()))
            .toList();
    lake.append(Runs.TABLE, lake.spark().createDataFrame(rows, Runs.TABLE.schema()).coalesce(1));
  }

  private static scala.collection.Map<String, Long> asScala(Map<String, Long> versions) {
    return scala.jdk.javaapi.CollectionConverters.asScala(versions);
  }
}
