package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.max;

import io.warmlead.config.RunSettings;
import io.warmlead.config.SettingsException;
import io.warmlead.config.UserFailure;
import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/** As-of instants: everything strictly before one is known. */
public final class AsOf {
  private AsOf() {}

  /**
   * Reads a date (its start in the company's zone) or an instant.
   *
   * @throws SettingsException when it is neither
   */
  public static Instant parse(String text, RunSettings run) {
    try {
      return text.length() <= 10
          ? start(LocalDate.parse(text), run)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new SettingsException(
          "--as-of "
              + text
              + ": is neither a date like 2026-03-01 nor an instant like 2026-03-01T06:00:00Z.");
    }
  }

  /**
   * Looks at a text that is not used.
   *
   * @throws SettingsException when it is neither a date nor an instant
   */
  public static void requireReadable(String text) {
    parse(text, new RunSettings(ZoneOffset.UTC, 0, 24, List.of()));
  }

  /** The start of a date in the company's zone. */
  public static Instant start(LocalDate date, RunSettings run) {
    return date.atStartOfDay(run.zone()).toInstant();
  }

  /** The date of an instant in the company's zone. */
  public static LocalDate date(Instant asOf, RunSettings run) {
    return asOf.atZone(run.zone()).toLocalDate();
  }

  /**
   * The day after the newest engagement.
   *
   * @throws UserFailure when there are no engagements
   */
  static Instant afterNewest(Lake lake, RunSettings run) {
    Row newest = lake.read(DailyActivity.TABLE).agg(max("day")).head();
    if (newest.isNullAt(0)) {
      throw noEngagements();
    }
    return start(newest.getDate(0).toLocalDate().plusDays(1), run);
  }

  /** What to do where neither an instant was given nor an engagement tells one. */
  static UserFailure noEngagements() {
    return UserFailure.input(
        "The lake holds no engagements yet, so there is no newest day to score after. Run"
            + " `warmlead ingest` first, or give --as-of.");
  }

  /** Instants going back from the newest in whole local days, oldest first. */
  static List<Instant> backwards(
      Instant newest, int everyDays, int most, Instant notBefore, RunSettings run) {
    List<Instant> instants = new ArrayList<>();
    for (int step = 0; step < most; step++) {
      Instant instant = newest.atZone(run.zone()).minusDays((long) step * everyDays).toInstant();
      if (instant.isBefore(notBefore)) {
        break;
      }
      instants.add(0, instant);
    }
    return instants;
  }
}
