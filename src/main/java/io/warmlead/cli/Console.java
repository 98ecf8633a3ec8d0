package io.warmlead.cli;

import io.warmlead.cli.Terminal.Style;
import io.warmlead.lake.WorkMeter.Work;
import io.warmlead.pipeline.Progress;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;

/**
 * Results on standard output, progress and notes on standard error.
 *
 * <p>On a terminal the last line is drawn anew twice a second while a stage runs, and gives way to
 * one line for each stage that ended. Elsewhere each stage has one line when it begins.
 */
final class Console implements Progress {
  private static final long BETWEEN_DRAWINGS = 500;
  private static final String ERASE = "\r\u001b[K";
  private static final double MILLIS = 1000;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Clock clock;
  private final Terminal terminal;
  private final boolean isQuiet;
  private final Instant startedAt;

  private Supplier<Work> work = () -> Work.NONE;
  private RunProgress progress;
  private String running;
  private String rows = "";
  private Timer timer;

  /**
   * A console.
   *
   * @param isQuiet whether progress and notes are left out
   */
  Console(PrintWriter out, PrintWriter err, Clock clock, Terminal terminal, boolean isQuiet) {
    this.out = out;
    this.err = err;
    this.clock = clock;
    this.terminal = isQuiet ? Terminal.NONE : terminal;
    this.isQuiet = isQuiet;
    this.startedAt = clock.instant();
    this.progress = new RunProgress(List.of(), startedAt);
  }

  /** Whether somebody watches the work as it goes on. */
  boolean isLive() {
    return terminal.isLive();
  }

  /** Says where to look for what Spark has done. */
  synchronized void watch(Supplier<Work> meter) {
    work = meter;
  }

  /** One line of the result. */
  synchronized void print(String line) {
    erase();
    out.println(line);
    out.flush();
  }

  @Override
  public synchronized void plan(Supplier<List<Planned>> stages) {
    if (isLive()) {
      rest();
      progress = new RunProgress(stages.get(), clock.instant());
    }
  }

  @Override
  public synchronized void stage(String name, String what) {
    if (!isLive()) {
      tell(name + ": " + what);
      return;
    }
    end();
    running = name + ": " + what;
    progress.begin(name, what, clock.instant(), work.get());
    draw();
    if (timer == null) {
      timer = new Timer("progress", true);
      timer.schedule(new Drawing(), BETWEEN_DRAWINGS, BETWEEN_DRAWINGS);
    }
  }

  @Override
  public synchronized void rows(
      Optional<Long> in, Optional<Long> written, Optional<Long> rejected) {
    rows =
        in.map(count -> String.format(Locale.ROOT, ", %,d rows in", count)).orElse("")
            + written.map(count -> String.format(Locale.ROOT, ", %,d out", count)).orElse("")
            + rejected
                .filter(count -> count > 0)
                .map(count -> String.format(Locale.ROOT, ", %,d refused", count))
                .orElse("");
  }

  @Override
  public synchronized void note(String text) {
    tell(terminal.paint(Style.YELLOW, "note:") + " " + text);
  }

  /** Ends what is drawn; what comes after stands on lines of its own. */
  synchronized void rest() {
    end();
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** A line about what is going on, with the seconds since the start. */
  private void tell(String text) {
    if (!isQuiet) {
      erase();
      err.println(seconds(Duration.between(startedAt, clock.instant()).toMillis() / MILLIS) + text);
      err.flush();
    }
  }

  /** The stage that ran last, with the seconds that it took. */
  private void end() {
    if (running != null) {
      erase();
      err.println(
          seconds(progress.stageSeconds(clock.instant()))
              + terminal.paint(Style.GREEN, running)
              + terminal.paint(Style.DIM, rows));
      err.flush();
      running = null;
    }
    rows = "";
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%6.1f s  ", seconds);
  }

  private synchronized void draw() {
    if (running != null) {
      err.print(ERASE + progress.line(clock.instant(), work.get(), terminal.columns()));
      err.flush();
    }
  }

  private void erase() {
    if (running != null) {
      err.print(ERASE);
      err.flush();
    }
  }

  private final class Drawing extends TimerTask {
    @Override
    public void run() {
      draw();
    }
  }
}
