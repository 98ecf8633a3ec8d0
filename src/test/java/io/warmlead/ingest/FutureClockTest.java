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
    assertThat(FutureClock.limit(Map.of(day, 1_999L, far, 1L), 0, Optional.empty()))
        .contains(day.plusDays(31));
    assertThat(FutureClock.limit(Map.of(day, 10L, far, 1L), 0, Optional.empty()))
        .as("one of eleven rows is no outlier")
        .contains(far.plusDays(31));
    assertThat(FutureClock.limit(Map.of(far, 1L), 10_000, Optional.of(day)))
        .contains(day.plusDays(31));
    assertThat(FutureClock.limit(Map.of(), 0, Optional.empty())).isEmpty();
  }
}
