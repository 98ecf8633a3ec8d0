package io.warmlead.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Does independent parts of a stage at the same time. A part of a small night keeps one thread of
 * the driver busy with planning and commits while the cores wait; the parts of a large one share
 * the cores.
 */
final class SideBySide implements AutoCloseable {
  /** Plans and commits are the driver's work, and it has few cores. */
  private static final int MOST_AT_ONCE = 4;

  // New threads each time: they inherit Spark's session and job group from the one that asks.
  private final ExecutorService threads = Executors.newFixedThreadPool(MOST_AT_ONCE);
  private final List<Part<?>> parts = new ArrayList<>();

  /** Runs all parts, each writing other tables, and waits for every one. */
  static void run(Runnable... parts) {
    try (SideBySide together = new SideBySide()) {
      for (Runnable part : parts) {
        together.start(
            () -> {
              part.run();
              return true;
            });
      }
    }
  }

  /**
   * Starts a part.
   *
   * @return its result, which waits for it and throws what it threw
   */
  <T> Supplier<T> start(Supplier<T> work) {
    Part<T> started = new Part<>(threads.submit(work::get));
    parts.add(started);
    return started;
  }

  /**
   * Waits for all parts, also where one fails, so that nothing writes any more afterwards. Throws
   * what the first of those threw that nobody asked for, the other failures as suppressed ones.
   */
  @Override
  public void close() {
    threads.shutdown();
    RuntimeException failure = null;
    for (Part<?> part : parts) {
      try {
        part.finish();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else if (failure != e) {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** One part; its failure is thrown once, to whoever asks first. */
  private static final class Part<T> implements Supplier<T> {
    private final Future<T> future;
    private boolean isAskedFor;

    Part(Future<T> future) {
      this.future = future;
    }

    @Override
    public T get() {
      isAskedFor = true;
      try {
        return future.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        // Spark throws checked exceptions undeclared, which callers do not expect.
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(e.getCause().getMessage(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while parts of a stage were running", e);
      }
    }

    /** Waits, and throws what nobody has been told yet. */
    void finish() {
      if (!isAskedFor) {
        get();
      }
    }
  }
}
