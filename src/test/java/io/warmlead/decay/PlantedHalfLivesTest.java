package io.warmlead.decay;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.decay.TouchedLeads.Conversion;
import io.warmlead.decay.TouchedLeads.Touch;
import io.warmlead.decay.TouchedLeads.Watched;
import io.warmlead.simulate.SimulatedTouches;
import io.warmlead.simulate.SimulatedTouches.Life;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether what a simulated company planted comes out of what its leads do. */
final class PlantedHalfLivesTest {
  private static final int LEADS = 20_000;
  private static final int DAYS = 180;
  private static final int COMPANIES = 20;
  private static final int LEAST_CONVERSIONS = 20;
  private static final double DAY_MICROS = 86_400e6;

  @ParameterizedTest
  @ValueSource(strings = {"enterprise", "mid-market", "small business"})
  @Tag("proof")
  void liesInMostIntervals(String segment) {
    Map<String, Double> planted = SimulatedTouches.halfLives(segment);
    List<String> told = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    for (int seed = 1; seed <= COMPANIES; seed++) {
      Company company = Company.of(SimulatedTouches.of(segment, LEADS, DAYS, seed));
      company
          .fits()
          .forEach((signal, fit) -> judge(signal, fit, planted.get(signal), told, missed));
    }

    System.out.println(
        "planted half-lives: "
            + (told.size() - missed.size())
            + " of "
            + told.size()
            + " in their"
            + " 95 % intervals; not "
            + missed);
    assertThat(told).hasSizeGreaterThan(COMPANIES * 8);
    // Leads differ in what nothing tells of, so it is fewer than 95 of 100.
    assertThat(missed).hasSizeLessThanOrEqualTo(told.size() * 15 / 100);
  }

  private static void judge(
      String signal, EffectFit fit, Double planted, List<String> told, List<String> missed) {
    if (planted != null && fit.isBeyondChance() && fit.isTold()) {
      told.add(signal);
      if (fit.lowDays() > planted || fit.highDays() < planted) {
        missed.add(signal);
      }
    }
  }

  private record Company(TouchedLeads leads, List<String> signals) {

    static Company of(List<Life> lives) {
      List<Conversion> conversions = new ArrayList<>();
      List<Watched> watched = new ArrayList<>();
      Map<String, List<Touch>> touches = new HashMap<>();
      List<String> signals =
          lives.stream()
              .flatMap(life -> life.touches().stream())
              .map(SimulatedTouches.Touch::signal)
              .distinct()
              .sorted()
              .toList();
      for (Life life : lives) {
        String id = "lead-" + life.number();
        watched.add(new Watched(id, micros(life.created()), micros(life.end())));
        if (life.isWon()) {
          conversions.add(new Conversion(id, micros(life.end())));
        }
        touches.put(
            id,
            life.touches().stream()
                .map(
                    touch ->
                        new Touch(
                            signals.indexOf(touch.signal()),
                            (int) touch.time(),
                            micros(touch.time()),
                            micros(touch.time())))
                .toList());
      }
      return new Company(new TouchedLeads(conversions, watched, touches), signals);
    }

    Map<String, EffectFit> fits() {
      Map<Integer, Long> after = leads.conversionsAfter();
      List<Integer> kinds =
          IntStream.range(0, signals.size())
              .filter(kind -> after.getOrDefault(kind, 0L) >= LEAST_CONVERSIONS)
              .boxed()
              .toList();
      List<EffectFit> fits = new EffectFits(leads.sample(kinds)).each();
      Map<String, EffectFit> bySignal = new HashMap<>();
      kinds.forEach(kind -> bySignal.put(signals.get(kind), fits.get(bySignal.size())));
      return bySignal;
    }

    private static long micros(double days) {
      return (long) (days * DAY_MICROS);
    }
  }
}
