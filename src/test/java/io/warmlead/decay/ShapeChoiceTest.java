package io.warmlead.decay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class ShapeChoiceTest {
  private static final int FEW = 20;

  @Test
  void everyShapeIsFoundWhereItWasPlanted() {
    assertFound(Shape.EXPONENTIAL, SimulatedLives.EXPONENTIAL);
    assertFound(Shape.WEIBULL, left -> Math.pow(halvings(left), 1 / 1.6));
    double k = 0.8;
    assertFound(Shape.POWER, left -> (Math.pow(left, -1 / k) - 1) / (Math.pow(2, 1 / k) - 1));
  }

  private static double halvings(double left) {
    return -Math.log(left) / Math.log(2);
  }

  /** Half-life 10 days, watched for up to 200; 20 companies. */
  private static void assertFound(Shape planted, DoubleUnaryOperator halfLives) {
    int found = 0;
    int held = 0;
    for (int seed = 0; seed < 20; seed++) {
      ShapeChoice choice = choice(new SimulatedLives(8_000, 0.3, 10, 200, seed, halfLives));
      assertThat(choice.isTested()).isTrue();
      assertThat(choice.candidates())
          .extracting(candidate -> candidate.fit().shape())
          .containsExactlyInAnyOrder(Shape.values());
      CureFit fit = choice.fit();
      found += fit.shape() == planted ? 1 : 0;
      held += fit.lowDays() <= 10 && !(fit.highDays() < 10) ? 1 : 0;
    }
    assertThat(found).as("%s found", planted).isGreaterThanOrEqualTo(17);
    assertThat(held).as("%s held", planted).isGreaterThanOrEqualTo(18);
  }

  @Test
  void ofShapesThatFitAboutAsWellOneIsTakenWhoseHalfLifeHasBeenWatched() {
    int otherThanTheBest = 0;
    for (int seed = 0; seed < 40; seed++) {
      Histogram watchedTooShort = new SimulatedLives(1_000, 0.3, 60, 120, seed).now();
      ShapeChoice choice = ShapeChoice.of(watchedTooShort, new Histogram(List.of()), FEW);
      CureFit best = choice.candidates().get(0).fit();
      boolean oneIsWatched =
          choice.candidates().stream()
              .map(ShapeChoice.Candidate::fit)
              .filter(fit -> fit.akaike() <= best.akaike() + ShapeChoice.AS_GOOD)
              .anyMatch(fit -> isWatched(fit, watchedTooShort));

      assertThat(choice.isTested()).isFalse();
      assertThat(choice.fit().akaike()).isLessThanOrEqualTo(best.akaike() + ShapeChoice.AS_GOOD);
      assertThat(isWatched(choice.fit(), watchedTooShort)).isEqualTo(oneIsWatched);
      if (choice.fit().shape() != best.shape()) {
        assertThat(isWatched(best, watchedTooShort)).isFalse();
        otherThanTheBest++;
      }
    }
    assertThat(otherThanTheBest).isPositive();
  }

  private static boolean isWatched(CureFit fit, Histogram histogram) {
    return fit.estimate().halfLifeDays() <= histogram.longestDays();
  }

  private static ShapeChoice choice(SimulatedLives lives) {
    return ShapeChoice.of(lives.now(), lives.then(), FEW);
  }
}
