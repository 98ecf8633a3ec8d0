package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.warmlead.config.QualitySettings;
import io.warmlead.config.UserFailure;
import io.warmlead.table.DailyActivity;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Keeps a night that was built on next to nothing from being published: what was published before
 * stands, and what was read stays in its tables and in the quarantine.
 */
final class QualityGate {
  /** Fewer rows, or fewer engagements in a usual week, tell nothing. */
  static final int ENOUGH_TO_TELL = 100;

  private static final int WEEKS = 8;

  /** A week of less than this share of a usual one is told of, even where it is not refused. */
  private static final double STRIKING = 0.05;

  /** More refused rows than this share are told of. */
  private static final double STRIKING_REJECTS = 0.5;

  private final RunContext run;
  private final QualitySettings settings;

  QualityGate(RunContext run) {
    this.run = run;
    this.settings = run.settings().quality();
  }

  /**
   * Judges what was read of an input.
   *
   * @throws UserFailure when more rows were refused than the settings allow
   */
  void requireFewRejects(String input, long rows, long rejected) {
    if (isTooMany(rejected, rows, settings.maxRejectShare())) {
      throw UserFailure.input(
          refused(input, rows, rejected)
              + tooMany(settings)
              + " Nothing was scored. The rows are in the table rejects, with their reasons;"
              + cure(input));
    }
    if (isTooMany(rejected, rows, STRIKING_REJECTS)) {
      run.progress().note(refused(input, rows, rejected) + "; the table rejects says why.");
    }
  }

  /** What a night would end with, were these rows read in one run; empty where it would go on. */
  static Optional<UserFailure> tooManyRejects(
      QualitySettings settings, String input, long rows, long rejected) {
    return isTooMany(rejected, rows, settings.maxRejectShare())
        ? Optional.of(
            UserFailure.input(
                refused(input, rows, rejected)
                    + tooMany(settings)
                    + " A night that reads them scores nothing:"
                    + cure(input)))
        : Optional.empty();
  }

  private static boolean isTooMany(long rejected, long rows, double share) {
    return rows >= ENOUGH_TO_TELL && (double) rejected / rows > share;
  }

  private static String refused(String input, long rows, long rejected) {
    return String.format(
        Locale.ROOT, "inputs.%s: %,d of %,d rows were refused", input, rejected, rows);
  }

  private static String tooMany(QualitySettings settings) {
    return ", more than quality.max_reject_share = " + settings.maxRejectShare() + " allows.";
  }

  private static String cure(String input) {
    return " mend inputs."
        + input
        + ".columns, .zone or .options, or the export, leave out with .where what is not meant"
        + " to be read, or allow more.";
  }

  /**
   * Judges what arrived in the week before a date by the eight weeks before it.
   *
   * @throws UserFailure when there are fewer engagements than the settings ask for
   */
  void requireUsualWeek(LocalDate date) {
    requireUsualWeek(settings, date, run.lake().read(DailyActivity.TABLE), run.progress()::note);
  }

  /**
   * The same of any days.
   *
   * @param days {@code arrived_day, events}
   * @param notes takes what a person should know
   */
  static void requireUsualWeek(
      QualitySettings settings, LocalDate date, Dataset<Row> days, Consumer<String> notes) {
    Column daysAgo = datediff(lit(Date.valueOf(date)), col("arrived_day"));
    long[] weeks = new long[WEEKS + 1];
    for (Row week :
        days.where(daysAgo.between(1, 7 * (WEEKS + 1)))
            .groupBy(floor(daysAgo.minus(1).divide(lit(7))).cast("int"))
            .agg(sum("events"))
            .collectAsList()) {
      weeks[week.getInt(0)] = week.getLong(1);
    }
    long[] before = Arrays.copyOfRange(weeks, 1, weeks.length);
    Arrays.sort(before);
    // The lower one of the two in the middle.
    long usual = before[(WEEKS - 1) / 2];
    if (usual < ENOUGH_TO_TELL) {
      return;
    }
    String found =
        String.format(
            Locale.ROOT,
            "The week before %s holds %,d engagements, a usual one %,d",
            date,
            weeks[0],
            usual);
    if (weeks[0] < settings.minShareOfUsual() * usual) {
      throw UserFailure.input(
          found
              + ": less than quality.min_share_of_usual = "
              + settings.minShareOfUsual()
              + " asks for. Nothing was scored, and what was published before stands. See whether"
              + " an export failed; where the log is right, lower the setting for this run.");
    }
    if (weeks[0] < STRIKING * usual) {
      notes.accept(found + ". Has an export failed? (quality.min_share_of_usual)");
    }
  }
}
