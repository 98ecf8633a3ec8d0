package io.warmlead.feature;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * Says a number in the words of the people who talk to leads.
 *
 * @param text with a place for the number: <code>{}</code> as it is, <code>{times}</code> as how
 *     often, <code>{days}</code> as a length of time, <code>{percent}</code> for a share, <code>
 *     {trend}</code> for the logarithm of a ratio, <code>{weight}</code> for a sum of fractions; or
 *     with none, for a fact that holds
 * @param absent said instead of {@code text} for nought, and for an age of what never happened;
 *     empty where {@code text} says these as well
 */
public record Phrase(String text, String absent) implements Serializable {
  /** Age, in days, of what never happened. */
  public static final double NEVER_DAYS = 3650;

  private static final double STEADY = 0.1;

  public Phrase {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(absent, "absent");
  }

  /** A phrase that says every number. */
  public static Phrase of(String text) {
    return new Phrase(text, "");
  }

  /** The number in words. */
  public String say(double number) {
    if (isAbsent(number)) {
      return absent;
    }
    return text.replace("{}", readable(number))
        .replace("{times}", times(number))
        .replace("{days}", days(number))
        .replace("{percent}", Math.round(100 * number) + " %")
        .replace("{trend}", trend(number))
        .replace("{weight}", readable(number));
  }

  /** Whether a person could count what is said; a weight only stands for it. */
  public boolean statesFact() {
    return !text.contains("{weight}");
  }

  /** Whether the number says that something is not, or never was. */
  public boolean isAbsent(double number) {
    return !absent.isEmpty() && (text.contains("{days}") ? number >= NEVER_DAYS : number == 0);
  }

  /** Whole numbers without decimals, others with two at most. */
  public static String readable(double number) {
    return rounded(number, 2);
  }

  private static String times(double number) {
    if (number == 1) {
      return "once";
    }
    return number == 2 ? "twice" : readable(number) + " times";
  }

  private static String days(double number) {
    if (number < 1) {
      return "less than a day";
    }
    String days = rounded(number, number < 10 ? 1 : 0);
    return days.equals("1") ? "1 day" : days + " days";
  }

  private static String trend(double logRatio) {
    if (Math.abs(logRatio) < STEADY) {
      return "steady";
    }
    return logRatio > 0 ? "rising" : "falling";
  }

  private static String rounded(double number, int decimals) {
    if (Math.rint(number) == number && Math.abs(number) < 1e15) {
      return Long.toString((long) number);
    }
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
