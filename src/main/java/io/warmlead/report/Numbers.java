package io.warmlead.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Numbers and times in the words of the report. A space that does not break precedes units. */
final class Numbers {
  static final String UNKNOWN = "unknown";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Numbers() {}

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A count with its noun, in the plural where there is not exactly one. */
  static String counted(long number, String noun) {
    return count(number) + "\u00a0" + noun + (number == 1 ? "" : "s");
  }

  /** A share in percent; never 0 or 100 % for what is only close to it. */
  static String percent(double share) {
    return percentNumber(share) + "\u00a0%";
  }

  static String percent(Optional<Double> share) {
    return share.map(Numbers::percent).orElse(UNKNOWN);
  }

  /** An interval of shares, with one percent sign. */
  static String percents(double low, double high) {
    return percentNumber(low) + " to " + percent(high);
  }

  /** The 95 % interval of a share. */
  static String interval(Insights.Estimate share) {
    return share.low() == null || share.high() == null
        ? UNKNOWN
        : percents(share.low(), share.high());
  }

  /** The interval of a share behind a number in a sentence; nothing where none is known. */
  static String bracketed(Insights.Estimate share) {
    return share.low() == null || share.high() == null
        ? ""
        : " (95\u00a0% interval " + percents(share.low(), share.high()) + ")";
  }

  /** Seconds as people say them. */
  static String duration(double seconds) {
    if (seconds < 9.95) {
      return decimal(seconds, 1) + "\u00a0s";
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + "\u00a0s";
    }
    return whole < 3600
        ? whole / 60 + "\u00a0min " + whole % 60 + "\u00a0s"
        : whole / 3600 + "\u00a0h " + whole % 3600 / 60 + "\u00a0min";
  }

  private static String percentNumber(double share) {
    double percent = 100 * share;
    if (Double.isNaN(percent)) {
      return UNKNOWN;
    }
    if (percent > 0 && percent < 0.01) {
      return "under 0.01";
    }
    if (percent >= 99.95 && percent < 100) {
      return "over 99.9";
    }
    return String.format(Locale.ROOT, percent > 0 && percent < 0.995 ? "%.2f" : "%.1f", percent);
  }

  /** An amount of money, of which nobody said in what currency. */
  static String amount(double amount) {
    return String.format(Locale.ROOT, amount < 100 ? "%,.2f" : "%,.0f", amount);
  }

  /** Days without their unit: the shorter, the finer. */
  static String days(double days) {
    return String.format(Locale.ROOT, days < 1 ? "%.2f" : days < 100 ? "%.1f" : "%,.0f", days);
  }

  static String decimal(Double number, int digits) {
    return number == null || number.isNaN()
        ? UNKNOWN
        : String.format(Locale.ROOT, "%." + digits + "f", number);
  }

  static String date(LocalDate date) {
    return DATE.format(date);
  }

  static String instant(Instant instant) {
    return INSTANT.format(instant);
  }

  /** A name of a table's value as words: {@code lift_at_10} reads "lift at 10". */
  static String words(String name) {
    return name.replace('_', ' ');
  }
}
