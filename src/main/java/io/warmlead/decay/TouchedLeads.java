package io.warmlead.decay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Leads that converted and others, with their touches, and risk sets drawn from them: a nested
 * case-control sample (Thomas 1977; Langholz and Borgan 1995).
 *
 * @param conversions the conversions looked at
 * @param others leads that may stand beside them
 * @param touches by lead
 */
record TouchedLeads(
    List<Conversion> conversions, List<Watched> others, Map<String, List<Touch>> touches) {
  /** Leads beside each that converted. */
  static final int OTHERS = 20;

  private static final long SEED = 20_260_201;
  private static final double MICROSECONDS_PER_DAY = 86_400e6;

  /** Takes them in an order of their own, so that the draw does not depend on that of the rows. */
  TouchedLeads {
    conversions =
        conversions.stream()
            .sorted(Comparator.comparingLong(Conversion::micros).thenComparing(Conversion::leadId))
            .toList();
    others = others.stream().sorted(Comparator.comparing(Watched::leadId)).toList();
    touches = Map.copyOf(touches);
  }

  /** A conversion at an instant, microseconds since 1970. */
  record Conversion(String leadId, long micros) {}

  /** A lead that could convert after one instant, up to and at another. */
  record Watched(String leadId, long fromMicros, long toMicros) {
    boolean isAtRisk(long micros) {
      return fromMicros < micros && micros <= toMicros;
    }
  }

  /**
   * What a lead did on a day: once, at its last instant.
   *
   * @param kind number of the kind of touch
   * @param day days since 1970
   */
  record Touch(int kind, int day, long firstMicros, long lastMicros) {}

  /** Risk sets with touches of the kinds that are given, which are numbered anew in their order. */
  RiskSample sample(List<Integer> kinds) {
    Map<Integer, Integer> numbers = new HashMap<>();
    kinds.forEach(kind -> numbers.put(kind, numbers.size()));
    SplittableRandom random = new SplittableRandom(SEED);
    List<List<RiskSample.Lead>> sets = new ArrayList<>();
    for (Conversion conversion : conversions) {
      List<RiskSample.Lead> set = new ArrayList<>();
      set.add(lead(conversion.leadId(), conversion.micros(), numbers));
      drawn(conversion, random)
          .forEach(other -> set.add(lead(other.leadId(), conversion.micros(), numbers)));
      sets.add(set);
    }
    return RiskSample.of(kinds.size(), sets);
  }

  private List<Watched> drawn(Conversion conversion, SplittableRandom random) {
    List<Watched> atRisk = new ArrayList<>();
    for (Watched other : others) {
      if (other.isAtRisk(conversion.micros()) && !other.leadId().equals(conversion.leadId())) {
        atRisk.add(other);
      }
    }
    int count = Math.min(OTHERS, atRisk.size());
    for (int i = 0; i < count; i++) {
      int pick = i + random.nextInt(atRisk.size() - i);
      Watched picked = atRisk.get(pick);
      atRisk.set(pick, atRisk.get(i));
      atRisk.set(i, picked);
    }
    return atRisk.subList(0, count);
  }

  private RiskSample.Lead lead(String leadId, long micros, Map<Integer, Integer> numbers) {
    Map<Integer, Map<Integer, Long>> lastByKindAndDay = new HashMap<>();
    for (Touch touch : touches.getOrDefault(leadId, List.of())) {
      Integer kind = numbers.get(touch.kind());
      if (kind != null && touch.firstMicros() < micros) {
        long at = touch.lastMicros() < micros ? touch.lastMicros() : touch.firstMicros();
        lastByKindAndDay
            .computeIfAbsent(kind, none -> new HashMap<>())
            .merge(touch.day(), at, Math::max);
      }
    }
    Map<Integer, List<Double>> ages = new HashMap<>();
    lastByKindAndDay.forEach(
        (kind, byDay) ->
            ages.put(
                kind,
                byDay.values().stream().map(at -> (micros - at) / MICROSECONDS_PER_DAY).toList()));
    return new RiskSample.Lead(ages);
  }

  /** Of each kind, how many conversions came after such a touch. */
  Map<Integer, Long> conversionsAfter() {
    Map<Integer, Long> counts = new HashMap<>();
    for (Conversion conversion : conversions) {
      touches.getOrDefault(conversion.leadId(), List.of()).stream()
          .filter(touch -> touch.firstMicros() < conversion.micros())
          .map(Touch::kind)
          .distinct()
          .forEach(kind -> counts.merge(kind, 1L, Long::sum));
    }
    return counts;
  }

  /** Of each kind, how many leads had such a touch. */
  Map<Integer, Long> leadsTouched() {
    Map<Integer, Long> counts = new HashMap<>();
    touches
        .values()
        .forEach(
            all ->
                all.stream()
                    .map(Touch::kind)
                    .distinct()
                    .forEach(kind -> counts.merge(kind, 1L, Long::sum)));
    return counts;
  }
}
