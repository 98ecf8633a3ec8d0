package io.warmlead.decay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class EffectFitsTest {
  private static final double[] HALF_LIVES = {1.5, 12, 5};
  private static final double[] EFFECTS = {60, 25, 0};
  private static final List<Integer> KINDS = List.of(0, 1, 2);

  @Test
  void tellsHalfLivesThatLieOnTopOfEachOtherApart() {
    List<EffectFits> fits =
        LongStream.rangeClosed(1, 20)
            .mapToObj(seed -> fitted(PlantedTouches.of(2_000, HALF_LIVES, EFFECTS, seed)))
            .toList();

    for (int kind = 0; kind < 2; kind++) {
      double planted = HALF_LIVES[kind];
      List<EffectFit> ofKind = of(kind, fits);
      // An open end is no number: nothing lies beyond it.
      assertThat(ofKind)
          .filteredOn(fit -> !(fit.lowDays() > planted) && !(fit.highDays() < planted))
          .hasSizeGreaterThanOrEqualTo(18);
      assertThat(ofKind.stream().mapToDouble(EffectFit::halfLifeDays).sorted().toArray()[10])
          .isCloseTo(planted, within(planted / 4));
    }
    assertThat(of(2, fits)).filteredOn(EffectFit::isBeyondChance).hasSizeLessThan(4);
    assertThat(fits).allSatisfy(fit -> assertThat(fit.common().halfLifeDays()).isBetween(1.5, 12D));
  }

  @Test
  void climbsToWhereNoDirectionLeadsUp() {
    RiskSample sample = PlantedTouches.of(1_500, HALF_LIVES, EFFECTS, 5).sample(KINDS);
    ExcessRisk risk = new ExcessRisk(sample);
    double[] point = {3, 2, 1, 0.5, 2, 1};

    ExcessRisk.Summit there = risk.around(point);

    assertThat(there.logLikelihood()).isCloseTo(risk.logLikelihood(point), within(1e-9));
    for (int i = 0; i < point.length; i++) {
      double[] further = point.clone();
      double[] nearer = point.clone();
      further[i] += 1e-5;
      nearer[i] -= 1e-5;
      double slope = (risk.logLikelihood(further) - risk.logLikelihood(nearer)) / 2e-5;
      assertThat(there.gradient().getEntry(i)).isCloseTo(slope, within(1e-3));
      assertThat(there.information().getEntry(i, i)).isPositive();
    }
  }

  @Test
  void readsSumsBetweenItsPoints() {
    RiskSample sample =
        RiskSample.of(1, List.of(List.of(new RiskSample.Lead(Map.of(0, List.of(2D, 9D))))));

    IntStream.rangeClosed(1, 60)
        .mapToDouble(i -> 0.06 * Math.pow(1.17, i))
        .forEach(
            halfLife ->
                assertThat(sample.sum(0, FadingGrid.Place.of(Math.log(halfLife))))
                    .isCloseTo(
                        Math.pow(2, -2 / halfLife) + Math.pow(2, -9 / halfLife), within(2e-4)));
  }

  private static List<EffectFit> of(int kind, List<EffectFits> fits) {
    return fits.stream().map(fit -> fit.each().get(kind)).toList();
  }

  private static EffectFits fitted(TouchedLeads leads) {
    return new EffectFits(leads.sample(KINDS));
  }
}
