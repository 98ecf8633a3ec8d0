package io.warmlead.decay;

import io.warmlead.decay.TouchedLeads.Conversion;
import io.warmlead.decay.TouchedLeads.Touch;
import io.warmlead.decay.TouchedLeads.Watched;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Leads that are touched at random and convert by an excess hazard that halves as planted, over
 * {@value #DAYS} days in steps of an hour and a half. Those who are touched by one kind are likely
 * touched by the next some days later, so that their effects lie on top of each other.
 */
final class PlantedTouches {
  static final int DAYS = 120;
  private static final int STEPS_PER_DAY = 16;
  private static final long DAY_MICROS = 86_400_000_000L;

  private static final double IDLE_HAZARD = 0.0004;
  private static final double FIRST_TOUCH = 0.02;
  private static final double FURTHER_TOUCH = 0.12;

  private PlantedTouches() {}

  /**
   * Touched leads.
   *
   * @param halfLives of each kind of touch, days
   * @param effects hazard of a touch just happened, in that of a lead without
   */
  static TouchedLeads of(int leads, double[] halfLives, double[] effects, long seed) {
    Random random = new Random(seed);
    List<Conversion> conversions = new ArrayList<>();
    List<Watched> watched = new ArrayList<>();
    Map<String, List<Touch>> touches = new HashMap<>();
    for (int number = 0; number < leads; number++) {
      String id = "lead-" + number;
      double created = random.nextDouble() * DAYS / 2;
      List<Touch> own = new ArrayList<>();
      double end = live(created, halfLives, effects, own, random);
      long endMicros = (long) (Math.min(end, DAYS) * DAY_MICROS);
      watched.add(new Watched(id, (long) (created * DAY_MICROS), endMicros));
      if (end < DAYS) {
        conversions.add(new Conversion(id, endMicros));
      }
      touches.put(id, List.copyOf(own));
    }
    return new TouchedLeads(conversions, watched, touches);
  }

  /** Day of the conversion, infinite where there is none. */
  private static double live(
      double created, double[] halfLives, double[] effects, List<Touch> touches, Random random) {
    double[] excess = new double[halfLives.length];
    double[] left =
        Arrays.stream(halfLives).map(days -> Math.pow(2, -1.0 / STEPS_PER_DAY / days)).toArray();
    int hot = -1;
    for (int step = 0; created + (double) step / STEPS_PER_DAY < DAYS; step++) {
      double now = created + (step + random.nextDouble()) / STEPS_PER_DAY;
      double hazard = IDLE_HAZARD;
      for (int kind = 0; kind < excess.length; kind++) {
        excess[kind] *= left[kind];
        hazard += IDLE_HAZARD * excess[kind];
      }
      if (random.nextDouble() < hazard / STEPS_PER_DAY) {
        return now;
      }
      double chance = (hot < 0 ? FIRST_TOUCH : FURTHER_TOUCH) / STEPS_PER_DAY;
      if (random.nextDouble() < chance) {
        int kind = hot < 0 ? random.nextInt(excess.length) : (hot + 1) % excess.length;
        hot = random.nextDouble() < 0.7 ? kind : -1;
        excess[kind] += effects[kind];
        long micros = (long) (now * DAY_MICROS);
        touches.add(new Touch(kind, (int) now, micros, micros));
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
