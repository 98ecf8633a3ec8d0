package io.warmlead.simulate;

import java.util.EnumMap;
import java.util.Map;

/** How many rows of every kind of dirt were planted. */
final class DirtCounts {
  private final Map<Dirt, Long> counts = new EnumMap<>(Dirt.class);

  void count(Dirt kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  void add(DirtCounts others) {
    others.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
  }

  long of(Dirt kind) {
    return counts.getOrDefault(kind, 0L);
  }
}
