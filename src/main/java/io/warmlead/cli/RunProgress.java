package io.warmlead.cli;

import io.warmlead.lake.WorkMeter.Work;
import io.warmlead.pipeline.Progress.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a run has come, in one line.
 *
 * <p>A stage weighs as much as it usually takes, or as much as an average one where that is not
 * known. Within a stage the share follows the clock, and stops short of the end until the stage
 * ends: how many Spark tasks are still to come is not known before. The time left is what the
 * stages to come usually take; it is only told where all of that is known.
 */
final class RunProgress {
  private static final int BAR = 20;

  /** A stage that takes longer than usual has not ended. */
  private static final double MOST_OF_A_STAGE = 0.95;

  private static final double MILLIS = 1000;

  private final List<Planned> plan;
  private final Instant startedAt;
  private String stage = "";
  private String what = "";
  private Instant stageStartedAt;
  private Work before = Work.NONE;

  RunProgress(List<Planned> plan, Instant startedAt) {
    this.plan = plan;
    this.startedAt = startedAt;
    this.stageStartedAt = startedAt;
  }

  /** A stage begins. */
  void begin(String name, String doing, Instant now, Work done) {
    stage = name;
    what = doing;
    stageStartedAt = now;
    before = done;
  }

  /** Seconds since the newest stage began. */
  double stageSeconds(Instant now) {
    return seconds(stageStartedAt, now);
  }

  /**
   * Share of the run that is over, 0 to 1; empty without a plan, or in a stage that is not part of
   * it.
   */
  Optional<Double> share(Instant now) {
    int current = current();
    if (current < 0) {
      return Optional.empty();
    }
    double all = 0;
    double over = 0;
    for (int i = 0; i < plan.size(); i++) {
      // What was left out on the way is over, what may be left out is not counted before it comes.
      double weight = i == current || plan.get(i).isCertain() ? weight(plan.get(i)) : 0;
      all += weight;
      over += i < current ? weight : i == current ? weight * stageShare(now) : 0;
    }
    return Optional.of(over / all);
  }

  /** Seconds left; empty where a stage to come never ran before. */
  Optional<Double> left(Instant now) {
    int current = current();
    if (current < 0) {
      return Optional.empty();
    }
    double left = 0;
    for (int i = current; i < plan.size(); i++) {
      Optional<Double> usual = plan.get(i).usual().map(RunProgress::seconds);
      if (i == current || plan.get(i).isCertain()) {
        if (usual.isEmpty()) {
          return Optional.empty();
        }
        left += i == current ? Math.max(0, usual.get() - stageSeconds(now)) : usual.get();
      }
    }
    return Optional.of(left);
  }

  /** The line, cut off where the terminal ends. */
  String line(Instant now, Work done, int columns) {
    Work work = done.since(before);
    StringBuilder line = new StringBuilder();
    share(now).ifPresent(share -> line.append(bar(share)));
    line.append(stage).append(": ").append(what);
    if (work.tasks() > 0) {
      line.append(
          String.format(
              Locale.ROOT,
              " | %,d of %,d tasks, %,d rows",
              Math.min(work.tasksDone(), work.tasks()),
              work.tasks(),
              work.rowsRead()));
    }
    String times =
        " | "
            + clock(seconds(startedAt, now))
            + left(now).map(left -> ", about " + clock(left) + " left").orElse("");
    // The times matter more than the end of the words before them.
    int room = columns - 1 - times.length();
    if (room < BAR) {
      return cut(line.toString(), columns - 1);
    }
    return cut(line.toString(), room) + times;
  }

  private static String bar(double share) {
    int full = (int) Math.floor(share * BAR);
    return "["
        + "#".repeat(full)
        + ".".repeat(BAR - full)
        + String.format(Locale.ROOT, "] %2d %%  ", (int) Math.floor(share * 100));
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 2) + "..";
  }

  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole % 3600 / 60, whole % 60);
  }

  private int current() {
    for (int i = 0; i < plan.size(); i++) {
      if (plan.get(i).name().equals(stage)) {
        return i;
      }
    }
    return -1;
  }

  private double stageShare(Instant now) {
    return plan.get(current())
        .usual()
        .map(usual -> stageSeconds(now) / Math.max(seconds(usual), 0.001))
        .map(share -> Math.min(share, MOST_OF_A_STAGE))
        .orElse(0D);
  }

  private double weight(Planned planned) {
    return planned
        .usual()
        .map(RunProgress::seconds)
        .orElseGet(
            () ->
                plan.stream()
                    .flatMap(other -> other.usual().stream())
                    .mapToDouble(RunProgress::seconds)
                    .average()
                    .orElse(1));
  }

  private static double seconds(Instant from, Instant to) {
    return seconds(Duration.between(from, to));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }
}
