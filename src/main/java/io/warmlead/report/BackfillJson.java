package io.warmlead.report;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A backfill for programs: one object in one line, described by {@code backfill.schema.json} beside
 * this class.
 */
public final class BackfillJson {
  private BackfillJson() {}

  /**
   * One date.
   *
   * @param status as in the table {@code runs}
   * @param modelVersion empty when behaviour rules alone decided
   */
  public record Night(
      String runId,
      String status,
      LocalDate scoreDate,
      long leadsScored,
      Optional<String> modelVersion) {}

  /**
   * The line.
   *
   * @param version of Warmlead
   */
  public static String of(String version, String lake, List<Night> nights) {
    return ReportJson.line(new Told(version, "backfill", lake, nights));
  }

  private record Told(String version, String command, String lake, List<Night> nights) {}
}
