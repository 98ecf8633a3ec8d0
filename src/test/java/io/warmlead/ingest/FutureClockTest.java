package io.warmlead.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which instants a clock must have run ahead to show. */
final class FutureClockTest {
  @Test
  void aClockThatRanAheadOfNearlyAllRowsIsFound() {
    LocalDate day = LocalDate.parse("2026-01-10");
    LocalDate far = LocalDate.parse("2099-01-01");
    assertThat(
            FutureClock.limit(Map.of(day, 1_999L, far, 1L), 0, Optional.empty(), Optional.empty()))
        .contains(day.plusDays(31));
    assertThat(FutureClock.limit(Map.of(day, 10L, far, 1L), 0, Optional.empty(), Optional.empty()))
        .as("one of eleven rows is no outlier")
        .contains(far.plusDays(31));
    assertThat(FutureClock.limit(Map.of(far, 1L), 10_000, Optional.of(day), Optional.empty()))
        .contains(day.plusDays(31));
    assertThat(FutureClock.limit(Map.of(), 0, Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void aLogThatPausedGoesOn() {
    LocalDate before = LocalDate.parse("2026-07-15");
    LocalDate after = LocalDate.parse("2026-08-20");
    assertThat(limit(Map.of(after, 800L), 1_000_000, before)).contains(after.plusDays(31));
    assertThat(limit(Map.of(after, 1L), 1_000_000, before)).contains(after.plusDays(31));
    // A year ahead of a log that did not pause is wrong, however few rows came with it.
    LocalDate night = before.plusDays(1);
    LocalDate ahead = LocalDate.parse("2027-03-01");
    assertThat(limit(Map.of(night, 800L, ahead, 2L), 1_000_000, before))
        .contains(before.plusDays(31));
    assertThat(
            FutureClock.limit(
                Map.of(ahead, 1L), 1_000_000, Optional.of(before), Optional.of(night)))
        .contains(night.plusDays(31));
    // One wrong clock among the new rows is still found.
    LocalDate wrong = LocalDate.parse("2026-12-24");
    assertThat(limit(Map.of(after, 800L, wrong, 1L), 1_000_000, before))
        .contains(after.plusDays(31));
  }

  @Test
  void oneRowFarBeyondAHundredOthersIsWrong() {
    LocalDate day = LocalDate.parse("2026-03-01");
    LocalDate far = LocalDate.parse("2099-01-01");
    assertThat(FutureClock.limit(Map.of(day, 500L, far, 1L), 0, Optional.empty(), Optional.empty()))
        .contains(day.plusDays(31));
    assertThat(limit(Map.of(day, 20L, far, 1L), 300, day.minusDays(1))).contains(day.plusDays(31));
  }

  @Test
  void nothingBeforeTheDateOfTheRunIsRefused() {
    LocalDate day = LocalDate.parse("2026-03-01");
    LocalDate given = LocalDate.parse("2028-01-10");
    assertThat(
            FutureClock.limit(
                Map.of(given.minusDays(1), 5L), 10_000, Optional.of(day), Optional.of(given)))
        .contains(given.plusDays(31));
  }

  private static Optional<LocalDate> limit(
      Map<LocalDate, Long> days, long storedRows, LocalDate newestStored) {
    return FutureClock.limit(days, storedRows, Optional.of(newestStored), Optional.empty());
  }
}
