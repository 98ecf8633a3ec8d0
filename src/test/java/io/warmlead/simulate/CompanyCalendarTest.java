package io.warmlead.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class CompanyCalendarTest {
  private final CompanyCalendar calendar = new CompanyCalendar(365);

  @Test
  void rhythmsAverageOneOverAWeek() {
    double audience = 0;
    double office = 0;
    for (int hour = 0; hour < 168; hour++) {
      audience += CompanyCalendar.audienceOfWeek(hour);
      office += CompanyCalendar.businessOfWeek(hour);
    }
    assertThat(audience / 168).isCloseTo(1, within(1e-12));
    assertThat(office / 168).isCloseTo(1, within(1e-12));
  }

  @Test
  void localTimesFollowTheZoneAndNameTheOffsetOnlyWhereTheClockRepeats() {
    assertThat(local(LocalDate.of(2026, 1, 5), 12.5)).isEqualTo("2026-01-05 13:30:00");
    assertThat(local(LocalDate.of(2026, 6, 30), 23)).isEqualTo("2026-07-01 01:00:00");
    assertThat(local(LocalDate.of(2025, 10, 26), 0.5)).isEqualTo("2025-10-26 02:30:00+02:00");
    assertThat(local(LocalDate.of(2025, 10, 26), 1.5)).isEqualTo("2025-10-26 02:30:00+01:00");
  }

  @Test
  void officeHoursAreWaitedFor() {
    double saturday = daysTo(LocalDate.of(2026, 6, 20)) + 10.25 / 24;
    assertThat(local(calendar.nextBusinessInstant(saturday))).isEqualTo("2026-06-22 08:15:00");
  }

  @Test
  void theQuantileOfAnInstantLeadsBackToIt() {
    for (double time = 0.37; time < 365; time += 13.1) {
      assertThat(calendar.instantAt(calendar.quantileAt(time))).isCloseTo(time, within(1e-6));
    }
  }

  @Test
  void asOfDatesAreMondays() {
    LocalDate monday = calendar.firstDay().plusDays(Math.round(calendar.firstMonday()));
    assertThat(monday.getDayOfWeek().getValue()).isEqualTo(1);
    assertThat(calendar.firstMonday()).isBetween(0.0, 6.0);
  }

  private String local(LocalDate day, double hours) {
    return local(daysTo(day) + hours / 24);
  }

  private String local(double time) {
    CsvLine line = new CsvLine();
    calendar.appendLocal(line, time + 1e-9);
    return line.toString();
  }

  private double daysTo(LocalDate day) {
    return day.toEpochDay() - calendar.firstDay().toEpochDay();
  }
}
