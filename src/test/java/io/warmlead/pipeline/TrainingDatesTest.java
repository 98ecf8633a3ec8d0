package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrainingDatesTest {
  private static final Settings SETTINGS =
      SettingsLoader.load(
          List.of(),
          List.of("lake.path=/nowhere", "conversion.outcomes=[won]", "run.zone=Europe/Kyiv"));
  private static final LocalDate AS_OF = LocalDate.parse("2026-05-20");

  @Test
  void theyStandAWeekApartUpToTheAsOfDate() {
    TrainingDates dates = dates(60, 30);
    assertThat(dates.every()).isEqualTo(7);
    assertThat(daysBack(dates)).containsExactly(51L, 44L, 37L, 30L, 23L, 16L, 9L, 2L);
  }

  @Test
  void aLongHistoryIsLookedAtForAtMostSoManyDates() {
    TrainingDates dates = dates(3_650, 30);
    assertThat(dates.every()).isEqualTo(7);
    assertThat(daysBack(dates)).hasSize(40 + 4).startsWith(30L + 39 * 7);
  }

  @Test
  void whereTheHorizonIsLongTheyReachBackThreeOfThem() {
    TrainingDates dates = dates(3_650, 270);
    assertThat(dates.every()).isEqualTo(21);
    assertThat(daysBack(dates)).startsWith(270L + 39 * 21).contains(270L).endsWith(18L);
    assertThat(dates(3_650, 365).every()).isEqualTo(28);
  }

  @Test
  void aShortHistoryIsNotThinnedForALongHorizon() {
    TrainingDates dates = dates(400, 180);
    assertThat(dates.every()).isEqualTo(7);
    assertThat(daysBack(dates)).startsWith(180L + 30 * 7).contains(180L);
  }

  @Test
  void theNewestStandAsTheyDidForWhoeverIsJudgedSinceAnInstant() {
    Instant from = AsOf.start(AS_OF.minusDays(20), SETTINGS.run());
    assertThat(dates(60, 30).since(from)).hasSize(3).allMatch(date -> !date.isBefore(from));
  }

  private static TrainingDates dates(int knownDays, int horizonDays) {
    Instant asOf = AsOf.start(AS_OF, SETTINGS.run());
    return TrainingDates.of(
        asOf.minus(Duration.ofDays(knownDays)),
        asOf,
        SETTINGS.model(),
        horizonDays,
        SETTINGS.run());
  }

  /** Whole days of the zone, in which clocks change. */
  private static List<Long> daysBack(TrainingDates dates) {
    return dates.dates().stream()
        .map(date -> AS_OF.toEpochDay() - AsOf.date(date, SETTINGS.run()).toEpochDay())
        .toList();
  }
}
