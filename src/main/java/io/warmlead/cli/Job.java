package io.warmlead.cli;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsException;
import io.warmlead.config.SettingsLoader;
import io.warmlead.config.UserFailure;
import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import io.warmlead.lake.LakeLease;
import io.warmlead.lake.LakeSession;
import io.warmlead.lake.WorkMeter;
import io.warmlead.pipeline.CutOffRuns;
import io.warmlead.pipeline.RunContext;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A session, a lake and, for commands that write, its lease. */
final class Job implements AutoCloseable {
  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

  private final Settings settings;
  private final Lake lake;
  private final Optional<LakeLease> lease;
  private final Console console;
  private final Clock clock;
  private final AtomicInteger runs = new AtomicInteger();
  private final Optional<WorkMeter> meter;

  private Job(
      Settings settings, Lake lake, Optional<LakeLease> lease, Console console, Clock clock) {
    this.settings = settings;
    this.lake = lake;
    this.lease = lease;
    this.console = console;
    this.clock = clock;
    this.meter = console.isLive() ? Optional.of(WorkMeter.start(lake.spark())) : Optional.empty();
    meter.ifPresent(works -> console.watch(works::work));
  }

  /** Opens a job that writes; nobody else writes meanwhile. */
  static Job writing(CommonOptions options, String command, Console console, Clock clock) {
    return open(settings(options), options.wait, Optional.of(command), false, console, clock);
  }

  /**
   * Opens a job that changes a lake which is there; nobody else writes meanwhile.
   *
   * @throws UserFailure of kind INPUT when there is no lake; none is made
   */
  static Job changing(CommonOptions options, String command, Console console, Clock clock) {
    return open(settings(options), options.wait, Optional.of(command), true, console, clock);
  }

  /**
   * Opens a job that only reads.
   *
   * @throws UserFailure of kind INPUT when there is no lake
   */
  static Job reading(CommonOptions options, Console console, Clock clock) {
    return open(settings(options), false, Optional.empty(), true, console, clock);
  }

  static Settings settings(CommonOptions options) {
    return SettingsLoader.load(options.conf, options.assignments());
  }

  private static Job open(
      Settings settings,
      boolean wait,
      Optional<String> command,
      boolean isThere,
      Console console,
      Clock clock) {
    Lake lake = Lake.open(LakeSession.open(), settings.lake());
    if (isThere) {
      lake.requireThere();
    }
    if (command.isPresent()) {
      lake.requireWritable();
    }
    Job job =
        new Job(
            settings,
            lake,
            command.map(name -> LakeLease.take(lake, name, wait, clock)),
            console,
            clock);
    if (command.isPresent()) {
      job.settleCutOff();
    }
    return job;
  }

  /** The lake is given back where this fails. */
  private void settleCutOff() {
    try {
      CutOffRuns.settle(
          lake, new Artefacts(lake), lease.flatMap(LakeLease::lastHeardOfTheDead), console);
    } catch (Exception e) {
      // Spark throws checked exceptions undeclared.
      close();
      throw e;
    }
  }

  /** A run with an id of its own. */
  RunContext newRun() {
    String id = RUN_ID.format(clock.instant()) + "-" + runs.incrementAndGet();
    return new RunContext(id, lake, new Artefacts(lake), settings, clock, console);
  }

  /** Lines of a file that an option names, empty ones left out. */
  List<String> lines(String option, String file) {
    return new Artefacts(lake)
        .outside(file)
        .orElseThrow(() -> new SettingsException(option + " " + file + ": there is no such file."))
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  Settings settings() {
    return settings;
  }

  Lake lake() {
    return lake;
  }

  /** Where the tables are. */
  String place() {
    return lake.describe();
  }

  @Override
  public void close() {
    console.rest();
    meter.ifPresent(WorkMeter::close);
    lease.ifPresent(LakeLease::close);
  }
}
