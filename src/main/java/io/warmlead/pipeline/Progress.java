package io.warmlead.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Hears what a run is doing. */
public interface Progress {

  /**
   * A stage that a run may go through.
   *
   * @param isCertain false where it depends on what is found on the way
   * @param usual how long it took in earlier runs; empty where there are none
   */
  record Planned(String name, boolean isCertain, Optional<Duration> usual) {}

  /**
   * A run begins.
   *
   * @param stages what it will go through, in order; only looked up where somebody wants to know
   */
  default void plan(Supplier<List<Planned>> stages) {}

  /** A stage begins, and with it the one before ends. */
  void stage(String name, String what);

  /**
   * What the stage that ran last read and wrote; a count without a meaning is empty.
   *
   * @param rejected rows put in quarantine
   */
  default void rows(Optional<Long> in, Optional<Long> out, Optional<Long> rejected) {}

  /** Something a person should know. */
  void note(String text);
}
