package io.warmlead.simulate;

import java.time.LocalDate;
import java.util.List;

/**
 * What was written.
 *
 * @param to the folder, fully qualified
 * @param settings the settings overlay that reads the folder, fully qualified
 * @param leads rows of the leads file
 * @param engagements rows of all engagement files, dirt included
 * @param outcomes rows of the outcomes file
 * @param conversions outcomes that are conversions
 * @param files every file written, relative to {@code to}, in the order of writing
 * @param firstDay first day of the calendar
 * @param lastDay last day of the calendar, inclusive
 */
public record SimulationResult(
    String to,
    String settings,
    long leads,
    long engagements,
    long outcomes,
    long conversions,
    List<String> files,
    LocalDate firstDay,
    LocalDate lastDay) {

  public SimulationResult {
    files = List.copyOf(files);
  }
}
