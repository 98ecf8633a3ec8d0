package io.warmlead.decay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.decay.Histogram.Bin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class CureFitTest {

  @Test
  void withoutCensoringAnExponentialHasTheClosedFormOfGroupedData() {
    // Geometric counts: 2^-1, 2^-2 ... of 1,024 fall in each day, so half are left after each.
    List<Bin> bins = new ArrayList<>();
    for (int day = 0; day < 9; day++) {
      bins.add(new Bin(day, day + 1, 512L >> day, 0, 0));
    }
    bins.add(new Bin(9, 10, 0, 2, 9));

    CureFit fit = CureFit.of(new Histogram(bins), Shape.EXPONENTIAL);

    assertThat(fit.estimate().halfLifeDays()).isCloseTo(1, within(0.001));
    assertThat(fit.estimate().convertingShare()).isCloseTo(1, within(0.001));
  }

  @Test
  void theIntervalHoldsThePlantedHalfLifeAboutAsOftenAsItSays() {
    int held = 0;
    for (int seed = 0; seed < 100; seed++) {
      CureFit fit = CureFit.of(simulated(600, 0.3, 10, 40, seed), Shape.EXPONENTIAL);
      if (!(fit.lowDays() > 10) && !(fit.highDays() < 10)) {
        held++;
      }
    }

    assertThat(held).isBetween(89, 100);
  }

  @Test
  void aShortFollowUpLeavesTheIntervalWideWithTheTruthInside() {
    CureFit fit = CureFit.of(simulated(2_000, 0.5, 100, 20, 1), Shape.EXPONENTIAL);

    assertThat(fit.lowDays()).isLessThan(100);
    assertThat(fit.highDays()).isGreaterThan(100);
    assertThat(fit.highDays() / fit.lowDays()).isGreaterThan(3);
  }

  @Test
  void everyShapeIsFoundWhereItWasPlanted() {
    assertFound(Shape.EXPONENTIAL, left -> -Math.log(left) / Math.log(2));
    assertFound(Shape.WEIBULL, left -> Math.pow(-Math.log(left) / Math.log(2), 1 / 1.6));
    double k = 0.8;
    assertFound(Shape.POWER, left -> (Math.pow(left, -1 / k) - 1) / (Math.pow(2, 1 / k) - 1));
  }

  @Test
  void ofShapesThatFitAboutAsWellOneIsTakenWhoseHalfLifeHasBeenWatched() {
    int otherThanTheBest = 0;
    for (int seed = 0; seed < 40; seed++) {
      Histogram watchedTooShort = simulated(1_000, 0.3, 60, 120, seed);
      List<CureFit> fits = CureFit.ofAllShapes(watchedTooShort);
      CureFit best = Collections.min(fits, Comparator.comparingDouble(CureFit::akaike));
      boolean oneIsWatched =
          fits.stream()
              .filter(fit -> fit.akaike() <= best.akaike() + CureFit.AS_GOOD)
              .anyMatch(fit -> isWatched(fit, watchedTooShort));

      assertThat(fits.get(0).akaike()).isLessThanOrEqualTo(best.akaike() + CureFit.AS_GOOD);
      assertThat(isWatched(fits.get(0), watchedTooShort)).isEqualTo(oneIsWatched);
      if (fits.get(0).shape() != best.shape()) {
        assertThat(isWatched(best, watchedTooShort)).isFalse();
        otherThanTheBest++;
      }
    }
    assertThat(otherThanTheBest).isPositive();
  }

  private static boolean isWatched(CureFit fit, Histogram histogram) {
    return fit.estimate().halfLifeDays() <= histogram.longestDays();
  }

  /** Half-life 10 days, watched for up to 200; 20 companies. */
  private static void assertFound(Shape planted, DoubleUnaryOperator halfLives) {
    int found = 0;
    int held = 0;
    for (int seed = 0; seed < 20; seed++) {
      List<CureFit> fits = CureFit.ofAllShapes(simulated(4_000, 0.3, 10, 200, seed, halfLives));
      CureFit best = fits.get(0);
      assertThat(fits).extracting(CureFit::shape).containsExactlyInAnyOrder(Shape.values());
      found += best.shape() == planted ? 1 : 0;
      held += best.lowDays() <= 10 && !(best.highDays() < 10) ? 1 : 0;
    }
    assertThat(found).as("%s found", planted).isGreaterThanOrEqualTo(16);
    assertThat(held).as("%s held", planted).isGreaterThanOrEqualTo(17);
  }

  /** A share converting with an exponential half-life; watched evenly up to {@code longest}. */
  private static Histogram simulated(
      int leads, double converting, double halfLife, int longest, long seed) {
    return simulated(
        leads, converting, halfLife, longest, seed, left -> -Math.log(left) / Math.log(2));
  }

  /**
   * The same with times of any shape.
   *
   * @param halfLives half-lives after which a share is left of those who will convert
   */
  private static Histogram simulated(
      int leads,
      double converting,
      double halfLife,
      int longest,
      long seed,
      DoubleUnaryOperator halfLives) {
    Random random = new Random(seed);
    long[] converted = new long[longest * 4];
    long[] censored = new long[longest * 4];
    for (int i = 0; i < leads; i++) {
      double watched = longest * random.nextDouble();
      double time = halfLife * halfLives.applyAsDouble(1 - random.nextDouble());
      boolean converts = random.nextDouble() < converting && time <= watched;
      (converts ? converted : censored)[(int) (4 * (converts ? time : watched))]++;
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < converted.length; i++) {
      if (converted[i] + censored[i] > 0) {
        bins.add(new Bin(i / 4D, (i + 1) / 4D, converted[i], censored[i], (i + 0.5) / 4));
      }
    }
    return new Histogram(bins);
  }
}
