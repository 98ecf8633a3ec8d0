package io.warmlead.pipeline;

import io.warmlead.config.SettingsException;
import io.warmlead.pipeline.Nightly.Part;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Scores past dates in order, each as it would have been scored then. */
public final class Backfill {
  /** Dates that a note names at most. */
  private static final int MOST_NAMED = 5;

  private final Supplier<RunContext> runs;

  /**
   * A backfill.
   *
   * @param runs a run of its own for each date
   */
  public Backfill(Supplier<RunContext> runs) {
    this.runs = runs;
  }

  /**
   * Scores dates of a range: every so many days, and with them those between that were scored
   * already, because what these say of the scoring before them follows from the earlier dates. The
   * published lists stay with the newest night; a range that reaches it publishes it again, at its
   * end.
   *
   * @param train trains where there is no model, and when retraining was due
   * @throws SettingsException when the range is empty
   */
  public List<Nightly.Result> run(LocalDate from, LocalDate to, int everyDays, boolean train) {
    if (to.isBefore(from)) {
      throw new SettingsException(
          "--to " + to + " lies before --from " + from + ": there is no date to score.");
    }
    if (everyDays < 1) {
      throw new SettingsException("--every " + everyDays + ": must be at least 1 day.");
    }
    List<Nightly.Result> results = new ArrayList<>();
    RunContext run = runs.get();
    new StaleDates(run.lake()).told(from, to).ifPresent(run.progress()::note);
    for (LocalDate date : dates(from, to, everyDays, run)) {
      Set<Part> parts = EnumSet.of(Part.SCORE);
      if (results.isEmpty()) {
        // One reading of the files serves all dates.
        parts.add(Part.INGEST);
      } else {
        run = runs.get();
      }
      if (train) {
        parts.add(Part.TRAIN_IF_DUE);
      }
      results.add(score(date, to, parts, run, results.isEmpty()));
    }
    return results;
  }

  private static Nightly.Result score(
      LocalDate date, LocalDate to, Set<Part> parts, RunContext run, boolean isFirst) {
    try {
      return new Nightly(run, "backfill")
          .run(parts, Optional.of(AsOf.start(date, run.settings().run())), Optional.of(to));
    } catch (Exception e) {
      // Spark throws checked exceptions undeclared.
      if (!isFirst) {
        run.progress().note(unfinished(date.toString(), to.toString()));
      }
      throw e;
    }
  }

  /**
   * What to do about dates that a backfill has not come to.
   *
   * @param from the first of them
   * @param to its last
   */
  static String unfinished(String from, String to) {
    return "The dates from "
        + from
        + " to "
        + to
        + " were not finished: run `warmlead backfill --from "
        + from
        + " --to "
        + to
        + "` with the other options that it had.";
  }

  /** In order. */
  private static SortedSet<LocalDate> dates(
      LocalDate from, LocalDate to, int everyDays, RunContext run) {
    SortedSet<LocalDate> dates = new TreeSet<>();
    for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(everyDays)) {
      dates.add(date);
    }
    SortedSet<LocalDate> between = new TreeSet<>(new PublishedRuns(run.lake()).dates(from, to));
    between.removeAll(dates);
    if (!between.isEmpty()) {
      run.progress()
          .note(
              "Scored again too, because they were scored already and follow from the dates before"
                  + " them: "
                  + between.stream()
                      .limit(MOST_NAMED)
                      .map(LocalDate::toString)
                      .collect(Collectors.joining(", "))
                  + (between.size() > MOST_NAMED
                      ? " and " + (between.size() - MOST_NAMED) + " more."
                      : "."));
    }
    dates.addAll(between);
    return dates;
  }
}
