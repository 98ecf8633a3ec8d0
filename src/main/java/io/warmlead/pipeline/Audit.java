package io.warmlead.pipeline;

import io.warmlead.lake.Lake;
import io.warmlead.table.Models;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Verifies the tables of a lake. Only reads; what a night has not published yet is not judged. */
public final class Audit {
  private final RunContext run;
  private final Lake lake;

  public Audit(RunContext run) {
    this.run = run;
    this.lake = run.lake();
  }

  /**
   * What one check came to.
   *
   * @param offending rows or keys that break the rule
   * @param examples some of them
   * @param isNote whether the number is worth knowing, and nothing is wrong
   */
  public record Check(
      String table, String rule, long offending, List<String> examples, boolean isNote) {

    /** Whether something is wrong. */
    public boolean isBroken() {
      return offending > 0 && !isNote;
    }

    /** Whether it found anything, be it wrong or worth a note. */
    public boolean isWorthTelling() {
      return offending > 0;
    }

    /** The check in one line. */
    public String line() {
      String verdict = isBroken() ? "WRONG" : isNote ? "note " : "ok   ";
      String found =
          offending == 0
              ? ""
              : ": " + offending + ", for example " + String.join(" and ", examples);
      return verdict + "  " + table + "  " + rule + (isNote && offending == 0 ? ": 0" : found);
    }
  }

  /**
   * Audits.
   *
   * @param dates how many of the newest dates; {@code Integer.MAX_VALUE} for everything
   * @return every check, table by table
   */
  public List<Check> run(int dates) {
    List<TableContract> there = Tables.ALL.stream().filter(lake::exists).toList();
    AuditScope scope = AuditScope.newest(lake, dates);
    run.progress()
        .stage(
            "audit",
            there.size()
                + " tables, "
                + scope.nights().size()
                + " scored dates"
                + (scope.isEverything() ? ", all history" : ""));
    return answers(AuditPlan.of(lake, there, scope));
  }

  /**
   * What one night has in one table.
   *
   * @param digest of its rows, 32 hexadecimal digits
   */
  public record Digest(LocalDate date, String table, long rows, String digest) {

    /** The digest in one line. */
    public String line() {
      return "digest " + date + "  " + table + "  " + rows + " rows  " + digest;
    }
  }

  /**
   * Digests of what nights published, to compare a replay or another lake by.
   *
   * @param dates how many of the newest dates; {@code Integer.MAX_VALUE} for all
   * @return the newest date first, table by table
   */
  public List<Digest> digests(int dates) {
    run.progress().stage("digest", "what the nights published");
    return new NightDigests(lake)
        .of(AuditScope.newest(lake, dates).nights().stream().map(AuditScope.Night::date).toList());
  }

  /** Asks table by table, the tables side by side. */
  private List<Check> answers(List<AuditPlan.Asked> tables) {
    List<Supplier<List<Check>>> answers = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    try (SideBySide queries = new SideBySide()) {
      for (AuditPlan.Asked asked : tables) {
        answers.add(queries.start(() -> answers(asked)));
      }
      answers.forEach(answer -> checks.addAll(answer.get()));
    }
    List<String> damaged = new ModelStore(run).damaged();
    checks.add(
        new Check(
            Models.TABLE.name(),
            "files_as_published",
            damaged.size(),
            damaged.stream().limit(2).toList(),
            false));
    return checks;
  }

  private static List<Check> answers(AuditPlan.Asked asked) {
    return Stream.of(asked.wrong(), asked.notes())
        .flatMap(
            frames ->
                frames.stream().reduce(Dataset::unionByName).stream()
                    .flatMap(all -> all.collectAsList().stream())
                    .map(row -> check(asked.table(), row, frames == asked.notes())))
        .toList();
  }

  private static Check check(String table, Row row, boolean isNote) {
    return new Check(
        table,
        row.getString(0),
        row.getLong(1),
        Stream.of(row.getString(2), row.getString(3)).filter(Objects::nonNull).distinct().toList(),
        isNote);
  }
}
