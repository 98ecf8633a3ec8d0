package io.warmlead.pipeline;

import io.warmlead.config.SettingsException;
import io.warmlead.pipeline.Nightly.Part;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Scores past dates in order, each as it would have been scored then. */
public final class Backfill {
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
   * Scores every date of a range.
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
    for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(everyDays)) {
      RunContext run = runs.get();
      Set<Part> parts = EnumSet.of(Part.SCORE);
      if (results.isEmpty()) {
        // One reading of the files serves all dates.
        parts.add(Part.INGEST);
      }
      if (train) {
        parts.add(Part.TRAIN_IF_DUE);
      }
      results.add(
          new Nightly(run, "backfill")
              .run(parts, Optional.of(AsOf.start(date, run.settings().run())), Optional.of(to)));
    }
    return results;
  }
}
