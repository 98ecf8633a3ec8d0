package io.warmlead.cli;

import io.warmlead.config.UserFailure;
import io.warmlead.pipeline.Nightly;
import io.warmlead.pipeline.Nightly.Part;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The night and its parts. */
final class RunCommands {
  private RunCommands() {}

  /** A command that runs some parts of a night. */
  abstract static class PartsCommand implements Callable<Integer> {
    @Mixin CommonOptions options;
    @Mixin AsOfOption asOf;
    @Mixin SummaryOptions summary;
    @Spec CommandSpec spec;

    private final Set<Part> parts;

    PartsCommand(Part... parts) {
      this.parts = Set.of(parts);
    }

    @Override
    public Integer call() {
      Environment environment = Environment.of(spec);
      Console console = environment.console();
      try (Job job = Job.writing(options, spec.name(), console, environment.clock())) {
        Nightly.Result result =
            new Nightly(job.newRun(), spec.name())
                .run(parts, asOf.instant(job.settings().run()), java.util.Optional.empty());
        Summary.print(result, summary, console);
        if (parts.contains(Part.TRAIN)) {
          result
              .refusedBecause()
              .ifPresent(
                  reason -> {
                    throw UserFailure.refused("No model was published: " + reason);
                  });
        }
        return 0;
      }
    }
  }

  @Command(
      name = "nightly",
      description =
          "The whole night: ingest, train when due, score, temperature, decay, publish, report.")
  static final class NightlyCommand extends PartsCommand {
    NightlyCommand() {
      super(Part.INGEST, Part.TRAIN_IF_DUE, Part.SCORE, Part.DECAY);
    }
  }

  @Command(name = "ingest", description = "Reads new files into engagements, leads and outcomes.")
  static final class IngestCommand extends PartsCommand {
    IngestCommand() {
      super(Part.INGEST);
    }
  }

  @Command(
      name = "train",
      description =
          "Trains a model on the history in the lake. Exit code 5 when a gate refuses it.")
  static final class TrainCommand extends PartsCommand {
    TrainCommand() {
      super(Part.TRAIN);
    }
  }

  @Command(name = "score", description = "Scores every open lead with the newest model.")
  static final class ScoreCommand extends PartsCommand {
    ScoreCommand() {
      super(Part.SCORE);
    }
  }

  @Command(
      name = "analyze",
      description =
          "Measures decay (curves, half-lives, silence), and writes the insight tables and"
              + " tier_quality.")
  static final class AnalyzeCommand extends PartsCommand {
    AnalyzeCommand() {
      super(Part.DECAY);
    }
  }
}
