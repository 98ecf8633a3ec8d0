package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ScoredDatesTest {
  /** 5, 12 and 19 January 2026 are Mondays. */
  private static final ScoredDates DATES =
      new ScoredDates(
          Stream.of("2026-01-19", "2026-01-06", "2026-01-12", "2026-01-09", "2026-01-13")
              .map(LocalDate::parse)
              .toList());

  @Test
  void theScoresOfAMondayEndTheWeekBefore() {
    assertThat(DATES.weeks(9))
        .containsExactly(
            week("2026-01-05", "2026-01-06", "2026-01-12"),
            week("2026-01-12", "2026-01-12", "2026-01-19"));
    assertThat(DATES.weeks(1)).containsExactly(week("2026-01-12", "2026-01-12", "2026-01-19"));
    assertThat(DATES.weekly())
        .containsExactly(LocalDate.parse("2026-01-12"), LocalDate.parse("2026-01-19"));
  }

  @Test
  void oneScoringTellsOfNoWeek() {
    assertThat(new ScoredDates(List.of(LocalDate.parse("2026-01-06"))).weeks(9)).isEmpty();
    assertThat(new ScoredDates(List.of()).weeks(9)).isEmpty();
  }

  @Test
  void datesApartGoBackFromTheNewest() {
    assertThat(DATES.apart(7))
        .containsExactly(LocalDate.parse("2026-01-19"), LocalDate.parse("2026-01-12"));
    assertThat(DATES.apart(6))
        .containsExactly(
            LocalDate.parse("2026-01-19"),
            LocalDate.parse("2026-01-13"),
            LocalDate.parse("2026-01-06"));
    assertThat(DATES.upTo(LocalDate.parse("2026-01-12")).apart(30))
        .containsExactly(LocalDate.parse("2026-01-12"));
  }

  @Test
  void theFirstAfterADateIsTheNewestWhereAllAreOlder() {
    assertThat(DATES.firstAfter(LocalDate.parse("2026-01-09"))).isEqualTo("2026-01-12");
    assertThat(DATES.firstAfter(LocalDate.parse("2026-02-09"))).isEqualTo("2026-01-19");
  }

  private static ScoredDates.Week week(String monday, String from, String to) {
    return new ScoredDates.Week(
        LocalDate.parse(monday), LocalDate.parse(from), LocalDate.parse(to));
  }
}
