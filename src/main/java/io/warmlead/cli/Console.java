package io.warmlead.cli;

import io.warmlead.pipeline.Progress;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Results on standard output, progress and complaints on standard error. */
final class Console implements Progress {
  private final PrintWriter out;
  private final PrintWriter err;
  private final Clock clock;
  private final Instant startedAt;

  Console(PrintWriter out, PrintWriter err, Clock clock) {
    this.out = out;
    this.err = err;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** One line of the result. */
  void print(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void stage(String name, String what) {
    tell(name + ": " + what);
  }

  @Override
  public void note(String text) {
    tell("note: " + text);
  }

  /** A line about what is going on, with the seconds since the start. */
  void tell(String text) {
    double seconds = Duration.between(startedAt, clock.instant()).toMillis() / 1000.0;
    err.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds, text));
    err.flush();
  }
}
