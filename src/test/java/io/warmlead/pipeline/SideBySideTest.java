package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.warmlead.config.UserFailure;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Parts that run at the same time fail as one piece of work would. */
final class SideBySideTest {

  @Test
  void partsRunAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    // Each part waits for the other: one after the other would never end.
    SideBySide.run(() -> meet(both), () -> meet(both));
    assertThat(both.getCount()).isZero();
  }

  @Test
  void resultsComeFromTheirParts() {
    try (SideBySide parts = new SideBySide()) {
      Supplier<String> word = parts.start(() -> "hot");
      Supplier<Integer> number = parts.start(() -> 7);
      assertThat(word.get() + number.get()).isEqualTo("hot7");
    }
  }

  @Test
  void aFailureWaitsForTheOthersAndComesOutAsItWas() {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicBoolean finished = new AtomicBoolean();
    UserFailure failure = UserFailure.input("the file is gone");
    Throwable thrown =
        catchThrowable(
            () ->
                SideBySide.run(
                    () -> {
                      failed.countDown();
                      throw failure;
                    },
                    () -> {
                      meet(failed);
                      finished.set(true);
                    }));
    assertThat(thrown).isSameAs(failure);
    assertThat(finished).isTrue();
  }

  @Test
  void furtherFailuresAreKeptBesideTheFirst() {
    assertThatThrownBy(
            () ->
                SideBySide.run(
                    () -> {
                      throw new IllegalStateException("first");
                    },
                    () -> {
                      throw new IllegalStateException("second");
                    }))
        .hasMessage("first")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }

  @Test
  void aResultThatFailedIsThrownOnce() {
    UserFailure failure = UserFailure.input("the file is gone");
    Throwable thrown =
        catchThrowable(
            () -> {
              try (SideBySide parts = new SideBySide()) {
                parts
                    .start(
                        () -> {
                          throw failure;
                        })
                    .get();
              }
            });
    assertThat(thrown).isSameAs(failure);
    assertThat(failure.getSuppressed()).isEmpty();
  }

  private static void meet(CountDownLatch latch) {
    latch.countDown();
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
