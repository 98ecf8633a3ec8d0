package io.warmlead.simulate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The company's days, zone and weekly rhythm.
 *
 * <p>Time is in days since midnight UTC of the first day. The audience is awake around working
 * hours; the company itself works Monday to Friday, 8 to 18 local time. Both rhythms are step
 * functions by the hour with mean one over a week. The last day is fixed: no clock is read.
 */
final class CompanyCalendar {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  static final LocalDate LAST_DAY = LocalDate.of(2026, 6, 30);
  static final int SECONDS_PER_DAY = 86_400;

  private static final int WEEK = 168;
  private static final int SUMMER_OFFSET = 2;
  private static final double[] AUDIENCE_BY_HOUR = {
    .10, .06, .05, .05, .06, .12, .35, .80, 1.5, 2.0, 2.1, 2.0, 1.5, 1.6, 1.9, 1.8, 1.6, 1.3, .9,
    .8, .85, .8, .5, .25
  };
  private static final double[] AUDIENCE_BY_DAY = {1.1, 1.2, 1.15, 1.1, .9, .35, .4};
  private static final double[] AUDIENCE_WEEK = audienceWeek();
  private static final double[] BUSINESS_WEEK = businessWeek();

  /** Largest values of the two rhythms. */
  static final double AUDIENCE_PEAK = Arrays.stream(AUDIENCE_WEEK).max().orElseThrow();

  static final double BUSINESS_PEAK = Arrays.stream(BUSINESS_WEEK).max().orElseThrow();

  private final LocalDate firstDay;
  private final int days;
  private final long startSecond;
  private final short[] weekHour;
  private final int[] offsetSeconds;
  private final boolean[] ambiguous;
  private final short[] export;
  private final List<String> exports = new ArrayList<>();
  private final double[] audienceSum;
  private final String[] dayText;

  CompanyCalendar(int days) {
    this.days = days;
    firstDay = LAST_DAY.minusDays(days - 1L);
    startSecond = firstDay.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    int hours = days * 24;
    weekHour = new short[hours];
    offsetSeconds = new int[hours];
    ambiguous = new boolean[hours];
    export = new short[hours];
    audienceSum = new double[hours + 1];
    ZoneRules rules = ZONE.getRules();
    for (int hour = 0; hour < hours; hour++) {
      Instant instant = Instant.ofEpochSecond(startSecond + hour * 3_600L);
      var local = instant.atZone(ZONE);
      weekHour[hour] = (short) ((local.getDayOfWeek().getValue() - 1) * 24 + local.getHour());
      offsetSeconds[hour] = local.getOffset().getTotalSeconds();
      ambiguous[hour] = rules.getValidOffsets(local.toLocalDateTime()).size() > 1;
      String current =
          local.toLocalDate().isBefore(LAST_DAY)
              ? YearMonth.from(local).toString()
              : LAST_DAY.toString();
      if (exports.isEmpty() || !exports.get(exports.size() - 1).equals(current)) {
        exports.add(current);
      }
      export[hour] = (short) (exports.size() - 1);
      audienceSum[hour + 1] = audienceSum[hour] + AUDIENCE_WEEK[weekHour[hour]];
    }
    dayText = new String[days + 3];
    Arrays.setAll(dayText, day -> firstDay.plusDays(day - 1L).toString());
  }

  LocalDate firstDay() {
    return firstDay;
  }

  /** Length, days: the end of the last day. */
  double end() {
    return days;
  }

  /** What the company exported, oldest first: its months, and the last day by itself. */
  List<String> exports() {
    return List.copyOf(exports);
  }

  /** Position in {@link #exports()} of an instant within the calendar. */
  int exportAt(double time) {
    return export[hourAt(time)];
  }

  /** Rhythm of the audience, mean one. */
  double audience(double time) {
    return AUDIENCE_WEEK[weekHour[hourAt(time)]];
  }

  /** Rhythm of the company's office hours, mean one, nought outside. */
  double business(double time) {
    return BUSINESS_WEEK[weekHour[hourAt(time)]];
  }

  /** Rhythm of the audience so many hours after a Monday's midnight UTC, in summer. */
  static double audienceOfWeek(int utcHour) {
    return AUDIENCE_WEEK[Math.floorMod(utcHour + SUMMER_OFFSET, WEEK)];
  }

  /** Office hours so many hours after a Monday's midnight UTC, in summer. */
  static double businessOfWeek(int utcHour) {
    return BUSINESS_WEEK[Math.floorMod(utcHour + SUMMER_OFFSET, WEEK)];
  }

  /** First Monday's midnight UTC at or after the start. */
  double firstMonday() {
    return Math.floorMod(8 - firstDay.getDayOfWeek().getValue(), 7);
  }

  /** The instant itself in office hours, else the same minute of the next office hour. */
  double nextBusinessInstant(double time) {
    double next = time;
    while (next < days && business(next) == 0) {
      next += 1.0 / 24;
    }
    return next;
  }

  /** The audience's rhythm, summed up to an instant, as a share of the whole calendar. */
  double quantileAt(double time) {
    int hour = hourAt(time);
    double within = Math.min(1, time * 24 - hour);
    double sum = audienceSum[hour] + within * (audienceSum[hour + 1] - audienceSum[hour]);
    return sum / audienceSum[audienceSum.length - 1];
  }

  /** Inverse of {@link #quantileAt}. */
  double instantAt(double quantile) {
    double wanted = quantile * audienceSum[audienceSum.length - 1];
    int found = Arrays.binarySearch(audienceSum, wanted);
    int hour = Math.max(0, Math.min(audienceSum.length - 2, found >= 0 ? found : -found - 2));
    double width = audienceSum[hour + 1] - audienceSum[hour];
    return Math.min(days - 1e-5, (hour + (wanted - audienceSum[hour]) / width) / 24);
  }

  /** Whole seconds since the start. */
  static long second(double time) {
    return (long) Math.floor(time * SECONDS_PER_DAY);
  }

  /** Appends local time without zone, or with its offset in the hour that the clock repeats. */
  void appendLocal(CsvLine line, double time) {
    long local = second(time) + offsetSeconds[hourAt(time)];
    appendDateAndTime(line, local, ' ');
    if (ambiguous[hourAt(time)]) {
      appendOffset(line, time);
    }
  }

  /** Appends local time with its offset. */
  void appendWithOffset(CsvLine line, double time) {
    appendDateAndTime(line, second(time) + offsetSeconds[hourAt(time)], 'T');
    appendOffset(line, time);
  }

  /** Appends universal time, marked by a Z. */
  void appendUniversal(CsvLine line, double time) {
    appendDateAndTime(line, second(time), 'T');
    line.append('Z');
  }

  private void appendOffset(CsvLine line, double time) {
    line.append('+').digits(offsetSeconds[hourAt(time)] / 3_600, 2).append(":00");
  }

  private void appendDateAndTime(CsvLine line, long seconds, char separator) {
    int day = (int) Math.floorDiv(seconds, (long) SECONDS_PER_DAY);
    int rest = (int) Math.floorMod(seconds, (long) SECONDS_PER_DAY);
    line.append(dayText[day + 1]).append(separator);
    line.digits(rest / 3_600, 2).append(':').digits(rest / 60 % 60, 2).append(':');
    line.digits(rest % 60, 2);
  }

  private int hourAt(double time) {
    return Math.max(0, Math.min(weekHour.length - 1, (int) (time * 24)));
  }

  private static double[] audienceWeek() {
    double[] week = new double[WEEK];
    Arrays.setAll(week, hour -> AUDIENCE_BY_DAY[hour / 24] * AUDIENCE_BY_HOUR[hour % 24]);
    return withMeanOne(week);
  }

  private static double[] businessWeek() {
    double[] week = new double[WEEK];
    Arrays.setAll(week, hour -> hour / 24 < 5 && hour % 24 >= 8 && hour % 24 < 18 ? 1 : 0);
    return withMeanOne(week);
  }

  private static double[] withMeanOne(double[] week) {
    double sum = Arrays.stream(week).sum();
    return Arrays.stream(week).map(level -> level * WEEK / sum).toArray();
  }
}
