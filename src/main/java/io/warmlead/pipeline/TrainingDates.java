package io.warmlead.pipeline;

import io.warmlead.config.ModelSettings;
import io.warmlead.config.RunSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The instants at which training looks at all leads, oldest first: all on one calendar, up to the
 * newest before the end of what is known. The horizon of the newest is still running.
 *
 * <p>To learn, to choose and to test on later dates takes three horizons of decided dates. Where
 * {@code model.max_snapshots} do not reach so far back and the history does, they stand further
 * apart, by a whole number of {@code model.snapshot_every_days}.
 *
 * @param dates the instants
 * @param every days from one to the next
 * @param until up to when outcomes are recorded
 */
record TrainingDates(List<Instant> dates, int every, Instant until) {
  static final int HORIZONS = 3;

  TrainingDates {
    dates = List.copyOf(dates);
  }

  /**
   * Chooses the dates.
   *
   * @param known from when on leads and what they do are known; no date is less than a step later
   */
  static TrainingDates of(
      Instant known, Instant until, ModelSettings model, int horizonDays, RunSettings run) {
    ZonedDateTime newestDecided = until.atZone(run.zone()).minusDays(horizonDays);
    int every = every(known, newestDecided.toInstant(), model, horizonDays);
    Instant oldest = known.plus(Duration.ofDays(every));
    List<Instant> dates =
        new ArrayList<>(
            AsOf.backwards(newestDecided.toInstant(), every, model.maxSnapshots(), oldest, run));
    // Steps forward from the newest decided date, so that all lie on one calendar.
    for (int days = every; days < horizonDays; days += every) {
      Instant running = newestDecided.plusDays(days).toInstant();
      if (running.isBefore(until) && !running.isBefore(oldest)) {
        dates.add(running);
      }
    }
    return new TrainingDates(dates, every, until);
  }

  private static int every(Instant known, Instant decided, ModelSettings model, int horizonDays) {
    long history = Math.max(0, Duration.between(known, decided).toDays());
    long wanted = Math.min(history, (long) HORIZONS * horizonDays);
    long reached = (long) model.maxSnapshots() * model.snapshotEveryDays();
    long steps = Math.max(1, (wanted + reached - 1) / reached);
    return Math.toIntExact(steps * model.snapshotEveryDays());
  }

  /** Those from an instant on. */
  List<Instant> since(Instant from) {
    return dates.stream().filter(date -> !date.isBefore(from)).toList();
  }
}
