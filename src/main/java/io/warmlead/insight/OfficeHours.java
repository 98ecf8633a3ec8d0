package io.warmlead.insight;

import io.warmlead.config.RunSettings;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Office hours as {@code response_time.sql} counts with them. */
public final class OfficeHours {
  private static final int SECONDS_PER_HOUR = 3_600;

  private OfficeHours() {}

  /**
   * Values of its markers: seconds of an office day and the second at which it opens; per weekday
   * from Monday whether the office is open, and the office days of the week before it.
   */
  public static Map<String, Object> markers(RunSettings run) {
    List<Boolean> isOpen = new ArrayList<>();
    List<Integer> before = new ArrayList<>();
    int open = 0;
    for (DayOfWeek day : DayOfWeek.values()) {
      before.add(open);
      isOpen.add(run.businessDays().contains(day));
      open += run.businessDays().contains(day) ? 1 : 0;
    }
    return Map.of(
        "office_seconds",
        (run.businessToHour() - run.businessFromHour()) * SECONDS_PER_HOUR,
        "office_opens",
        run.businessFromHour() * SECONDS_PER_HOUR,
        "office_days_a_week",
        open,
        "office_days_before",
        List.copyOf(before),
        "is_office_day",
        List.copyOf(isOpen));
  }
}
