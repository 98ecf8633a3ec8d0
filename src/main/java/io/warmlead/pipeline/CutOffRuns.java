package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * Runs that ended without a word, killed or with their machine. What they had read is in the
 * tables, and no summary ever told of it.
 */
public final class CutOffRuns {
  private final Lake lake;

  CutOffRuns(Lake lake) {
    this.lake = lake;
  }

  /**
   * Sees to the run before, where that was cut off: its results are put back, and {@code runs} gets
   * the one row that it could not write. Whoever calls this holds the lake.
   *
   * @param lastHeard when the holder before was alive for the last time, where it died holding
   * @param progress is told what was done, or why it could not be
   */
  public static void settle(
      Lake lake, Artefacts artefacts, Optional<Instant> lastHeard, Progress progress) {
    RunNote.find(artefacts)
        .ifPresent(
            note -> {
              new CutOffRuns(lake).settle(note, lastHeard).forEach(progress::note);
              note.clear();
            });
  }

  private List<String> settle(RunNote note, Optional<Instant> lastHeard) {
    ResultsBefore results = new ResultsBefore(lake, note);
    if (results.isPublished()) {
      return List.of();
    }
    RunNote.Content content = note.content();
    Column isOfTheRun = col("run_id").equalTo(lit(content.run().id()));
    Optional<String> putBack = results.putBack();
    if (!lake.read(Runs.TABLE).where(isOfTheRun).isEmpty()) {
      return putBack.stream().toList();
    }
    List<String> more = new ArrayList<>(told(isOfTheRun));
    putBack.ifPresent(more::add);
    advice(content).ifPresent(more::add);
    Instant began = content.lastHeard();
    RunLedger.cutOff(
        lake,
        content,
        lastHeard.filter(began::isBefore).orElse(began),
        Stream.concat(Stream.of("Cut off" + ended(content)), more.stream())
            .collect(Collectors.joining(" ")));
    more.add(0, "Run " + content.run().id() + " was cut off" + ended(content));
    return more;
  }

  /** Where and when a run ended. */
  private static String ended(RunNote.Content content) {
    return " in "
        + content.run().command()
        + content
            .lastStage()
            .flatMap(RunNote.Stage::asOfInstant)
            .map(at -> " as of " + at)
            .orElse("")
        + content.lastStage().map(stage -> ", stage " + stage.name()).orElse("")
        + ", which began at "
        + content.lastHeard()
        + ".";
  }

  /** What to do, where the next night does not make it good. */
  private static Optional<String> advice(RunNote.Content content) {
    if (content.range() != null) {
      return Optional.of(Backfill.unfinished(content.range().from(), content.range().to()));
    }
    return switch (content.run().command()) {
      case "erase" -> Optional.of(Erasure.AGAIN);
      case "restore" -> Optional.of("The tables are of two nights: restore again.");
      default -> Optional.empty();
    };
  }

  /**
   * What runs since the newest one in {@code runs} had read: a sentence for each, the oldest first.
   * Run ids follow the clock, so that each is told of once, by the run after it.
   */
  List<String> told() {
    Row newest = lake.read(Runs.TABLE).agg(coalesce(max("run_id"), lit(""))).head();
    return told(col("run_id").gt(newest.getString(0)));
  }

  private List<String> told(Column which) {
    return lake
        .read(IngestedFiles.TABLE)
        .where(which)
        .groupBy("run_id")
        .agg(count(lit(1)), sum("accepted"), sum("rejected"))
        .orderBy("run_id")
        .collectAsList()
        .stream()
        .map(CutOffRuns::told)
        .toList();
  }

  private static String told(Row run) {
    return String.format(
        Locale.ROOT,
        "Run %s was cut off after it had read %,d files: %,d rows are stored, %,d were refused"
            + " (rejects, ingested_files). They are not read again.",
        run.getString(0),
        run.getLong(1),
        run.getLong(2),
        run.getLong(3));
  }
}
