package io.warmlead.cli;

import io.warmlead.pipeline.Promotion;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which model scores, decided by hand. */
final class ChampionCommands {
  private ChampionCommands() {}

  @Command(
      name = "promote",
      description =
          "Makes a model version champion, so that it scores, and archives the one that was."
              + " Exit code 5 when a gate had refused it.")
  static final class PromoteCommand implements Callable<Integer> {
    @Mixin CommonOptions options;
    @Mixin IdleAsOfOption asOf;
    @Spec CommandSpec spec;

    @Parameters(paramLabel = "VERSION", description = "As `warmlead models` lists it.")
    String version;

    @Override
    public Integer call() {
      Environment environment = Environment.of(spec);
      try (Job job =
          Job.changing(options, spec.name(), environment.console(), environment.clock())) {
        environment.console().print(new Promotion(job.newRun()).promote(version));
        return 0;
      }
    }
  }

  @Command(
      name = "rollback",
      description =
          "Takes the champion back, for good, and returns to the newest former champion or to a"
              + " named one.")
  static final class RollbackCommand implements Callable<Integer> {
    @Mixin CommonOptions options;
    @Mixin IdleAsOfOption asOf;
    @Spec CommandSpec spec;

    @Parameters(
        arity = "0..1",
        paramLabel = "VERSION",
        description = "A former champion. Default: the newest.")
    String version;

    @Override
    public Integer call() {
      Environment environment = Environment.of(spec);
      try (Job job =
          Job.changing(options, spec.name(), environment.console(), environment.clock())) {
        environment
            .console()
            .print(new Promotion(job.newRun()).rollback(Optional.ofNullable(version)));
        return 0;
      }
    }
  }
}
