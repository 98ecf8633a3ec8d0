package io.warmlead.decay;

import java.util.Locale;
import java.util.Objects;

/**
 * How long what a touch adds to the chance of conversion lasts.
 *
 * @param dimension signal or channel
 * @param value the signal or channel; {@link #EVERY} for all of them with one half-life
 * @param halfLifeDays days after which half of the effect is gone; NULL where withheld
 * @param lowDays lower end of the 95 % interval; NULL where the data set none
 * @param highDays upper end; NULL where it lies beyond the time watched
 * @param leads leads looked at that had such a touch
 * @param conversions conversions looked at that came after such a touch
 * @param method how it was fitted, or why it was withheld
 */
public record TouchEffect(
    String dimension,
    String value,
    Double halfLifeDays,
    Double lowDays,
    Double highDays,
    long leads,
    long conversions,
    String method) {

  /** Stands for all signals, or channels. */
  public static final String EVERY = "all";

  public TouchEffect {
    Objects.requireNonNull(dimension, "dimension");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(method, "method");
  }

  /** Whether a half-life was fitted. */
  boolean isTold() {
    return halfLifeDays != null;
  }

  /** A fit, or why it tells nothing. */
  static TouchEffect of(Subject subject, EffectFit fit, String method, double watchedDays) {
    if (!fit.isBeyondChance()) {
      return withheld(
          subject,
          String.format(
              Locale.ROOT,
              "no effect on conversion beyond chance (likelihood ratio %.1f)",
              Math.max(0, fit.likelihoodRatio())));
    }
    if (!fit.isTold() || fit.halfLifeDays() < FadingGrid.SHORTEST_DAYS * 1.01) {
      return withheld(subject, "has an effect, but the data do not tell how fast it fades");
    }
    if (fit.halfLifeDays() > watchedDays) {
      return withheld(
          subject,
          String.format(
              Locale.ROOT, "fitted half-life is longer than the %.0f days watched", watchedDays));
    }
    boolean isOpen = !(fit.highDays() <= watchedDays);
    return new TouchEffect(
        subject.dimension(),
        subject.value(),
        fit.halfLifeDays(),
        Double.isNaN(fit.lowDays()) ? null : fit.lowDays(),
        isOpen ? null : fit.highDays(),
        subject.leads(),
        subject.conversions(),
        isOpen ? method + HalfLives.NO_UPPER_END : method);
  }

  static TouchEffect withheld(Subject subject, String reason) {
    return new TouchEffect(
        subject.dimension(),
        subject.value(),
        null,
        null,
        null,
        subject.leads(),
        subject.conversions(),
        "withheld: " + reason);
  }

  /** What an effect is of, and of how many. */
  record Subject(String dimension, String value, long leads, long conversions) {}
}
