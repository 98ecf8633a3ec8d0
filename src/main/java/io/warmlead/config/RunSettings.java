package io.warmlead.config;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;

/**
 * Calendar of the company.
 *
 * @param zone zone of dates
 * @param businessFromHour first office hour, 0 to 23
 * @param businessToHour hour at which the office closes, 1 to 24
 * @param businessDays days on which the office is open
 */
public record RunSettings(
    ZoneId zone, int businessFromHour, int businessToHour, List<DayOfWeek> businessDays) {

  public RunSettings {
    Check.between("run.business_hours.from", businessFromHour, 0, 23);
    Check.between("run.business_hours.to", businessToHour, businessFromHour + 1, 24);
    businessDays = List.copyOf(businessDays);
  }
}
