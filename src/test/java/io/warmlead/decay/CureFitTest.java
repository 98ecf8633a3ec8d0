package io.warmlead.decay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.decay.Histogram.Bin;
import java.util.ArrayList;
import java.util.List;
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
      CureFit fit = fitted(new SimulatedLives(600, 0.3, 10, 40, seed));
      if (!(fit.lowDays() > 10) && !(fit.highDays() < 10)) {
        held++;
      }
    }

    assertThat(held).isBetween(89, 100);
  }

  @Test
  void aShortFollowUpLeavesTheIntervalWideWithTheTruthInside() {
    CureFit fit = fitted(new SimulatedLives(2_000, 0.5, 100, 20, 1));

    assertThat(fit.lowDays()).isLessThan(100);
    assertThat(fit.highDays()).isGreaterThan(100);
    assertThat(fit.highDays() / fit.lowDays()).isGreaterThan(3);
  }

  /** More convert on each day than on the day before: the longer the half-life, the better. */
  @Test
  void aHalfLifeThatHasNoEndIsSoughtUpToAHundredTimesTheTimeWatched() {
    for (int days = 10; days < 400; days++) {
      List<Bin> bins = new ArrayList<>();
      for (int day = 0; day < days; day++) {
        bins.add(new Bin(day, day + 1, 5 + day, 0, 0));
      }
      bins.add(new Bin(days, days + 1, 0, 100_000_000, days + 0.3));

      CureFit fit = CureFit.of(new Histogram(bins), Shape.EXPONENTIAL);

      double longest = days + 0.3;
      assertThat(fit.estimate().halfLifeDays()).isBetween(80 * longest, 100.1 * longest);
    }
  }

  private static CureFit fitted(SimulatedLives lives) {
    Histogram now = lives.now();
    return CureFit.of(now, Shape.EXPONENTIAL).withInterval(now);
  }
}
