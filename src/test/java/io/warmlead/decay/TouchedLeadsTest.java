package io.warmlead.decay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.decay.TouchedLeads.Conversion;
import io.warmlead.decay.TouchedLeads.Touch;
import io.warmlead.decay.TouchedLeads.Watched;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TouchedLeadsTest {
  private static final long DAY = 86_400_000_000L;

  @Test
  void countsWhatCameBeforeTheInstantOnceADay() {
    TouchedLeads leads =
        new TouchedLeads(
            List.of(new Conversion("a", 10 * DAY)),
            List.of(),
            Map.of(
                "a",
                List.of(
                    new Touch(0, 6, 6 * DAY, 6 * DAY + DAY / 2),
                    new Touch(0, 6, 6 * DAY + DAY / 4, 6 * DAY + DAY / 4),
                    new Touch(0, 10, 10 * DAY, 10 * DAY),
                    new Touch(1, 9, 10 * DAY - DAY / 2, 10 * DAY + DAY / 4))));

    RiskSample sample = leads.sample(List.of(0, 1));

    FadingGrid.Place place = FadingGrid.Place.of(Math.log(7));
    assertThat(sample.sum(0, place)).isCloseTo(Math.pow(2, -3.5 / 7), within(1e-4));
    assertThat(sample.sum(1, place)).isCloseTo(Math.pow(2, -0.5 / 7), within(1e-4));
    assertThat(leads.conversionsAfter()).isEqualTo(Map.of(0, 1L, 1, 1L));
  }

  @Test
  void drawsWhoCouldHaveConvertedAtTheInstant() {
    List<Watched> others = new ArrayList<>();
    others.add(new Watched("itself", 0, 10 * DAY));
    others.add(new Watched("not yet there", 10 * DAY, 20 * DAY));
    others.add(new Watched("already closed", 0, 9 * DAY));
    others.add(new Watched("at risk to the end", 0, 10 * DAY));
    TouchedLeads leads =
        new TouchedLeads(
            List.of(new Conversion("itself", 10 * DAY)),
            others,
            Map.of("at risk to the end", List.of(new Touch(0, 2, 2 * DAY, 2 * DAY))));

    RiskSample sample = leads.sample(List.of(0));

    assertThat(sample.firstLead(1)).isEqualTo(2);
    assertThat(sample.firstEntry(2)).isEqualTo(1);
    assertThat(leads.leadsTouched()).isEqualTo(Map.of(0, 1L));
  }

  @Test
  void drawsTheSameFromRowsInAnyOrder() {
    TouchedLeads leads = PlantedTouches.of(400, new double[] {3}, new double[] {40}, 1);
    List<Conversion> conversions = new ArrayList<>(leads.conversions());
    List<Watched> others = new ArrayList<>(leads.others());
    Collections.reverse(conversions);
    Collections.reverse(others);

    RiskSample again = new TouchedLeads(conversions, others, leads.touches()).sample(List.of(0));

    double[] point = {3, 1};
    assertThat(new ExcessRisk(again).logLikelihood(point))
        .isEqualTo(new ExcessRisk(leads.sample(List.of(0))).logLikelihood(point));
    IntStream.range(0, again.sets())
        .forEach(
            set ->
                assertThat(again.firstLead(set + 1) - again.firstLead(set))
                    .isBetween(2, 1 + TouchedLeads.OTHERS));
  }
}
