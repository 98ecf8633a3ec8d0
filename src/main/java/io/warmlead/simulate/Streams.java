package io.warmlead.simulate;

import java.util.SplittableRandom;

/**
 * Random streams, one for every purpose of every lead, so that no draw depends on another lead, on
 * a thread, or on how much idle activity is logged.
 */
enum Streams {
  ACCOUNT(1),
  PROFILE(2),
  LIFE(3),
  EXPORT(4),
  DIRT(5),
  OUTCOME(6);

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long code;

  Streams(long code) {
    this.code = code;
  }

  SplittableRandom of(long seed, long index) {
    return new SplittableRandom(mix(mix(seed) + mix(index + (code << 48))));
  }

  /** David Stafford's variant 13 of MurmurHash3's finaliser. */
  private static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
