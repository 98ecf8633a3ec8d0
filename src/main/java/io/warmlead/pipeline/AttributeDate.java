package io.warmlead.pipeline;

import io.warmlead.config.RunSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Since when attributes hold that a run finds changed, where the source does not say. */
final class AttributeDate {
  /**
   * The day after planned engagements and clocks that run ahead may lie so far beyond the night
   * that reads: the 30 days of {@link io.warmlead.ingest.FutureClock}, this day, and one for the
   * zone.
   */
  private static final int AHEAD_DAYS = 32;

  private AttributeDate() {}

  /**
   * The day before the instant as of which all is known that was read.
   *
   * <p>A night that was given its instant is taken at its word, unless the engagements go on for
   * more than a month beyond it: what is read then was not known. A backfill is about the past, and
   * the engagements tell for how long it is past.
   *
   * @param asOf instant of the run where it was given, of a backfill the last one
   * @param newest newest engagement, stored or read now; empty where there is none
   * @return empty when neither is there
   */
  static Optional<Instant> of(
      Optional<Instant> asOf, boolean isBackfill, Optional<Instant> newest, RunSettings run) {
    Optional<LocalDate> dayAfterLog = newest.map(last -> AsOf.date(last, run).plusDays(1));
    int mayLieAhead = isBackfill ? 0 : AHEAD_DAYS;
    Optional<LocalDate> tooFar =
        asOf.flatMap(
            instant ->
                dayAfterLog.filter(
                    day -> day.isAfter(AsOf.date(instant, run).plusDays(mayLieAhead))));
    return tooFar
        .map(day -> AsOf.start(day, run))
        .or(() -> asOf)
        .or(() -> dayAfterLog.map(day -> AsOf.start(day, run)))
        .map(instant -> instant.minus(Duration.ofDays(1)));
  }
}
