package io.warmlead.cli;

import io.warmlead.pipeline.AsOf;
import io.warmlead.pipeline.PastNight;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The report of a night that is over. */
@Command(
    name = "report",
    description = "Writes the report of a published night again, from the tables; scores nothing.")
final class ReportCommand implements Callable<Integer> {
  @Mixin CommonOptions options;
  @Mixin SummaryOptions summary;
  @Spec CommandSpec spec;

  @Option(
      names = "--as-of",
      paramLabel = "DATE|INSTANT",
      description = "The night, by its date. Default: the newest one.")
  String asOf;

  @Override
  public Integer call() {
    Environment environment = Environment.of(spec);
    Console console = environment.console();
    try (Job job = Job.changing(options, spec.name(), console, environment.clock())) {
      Optional<Instant> night =
          Optional.ofNullable(asOf).map(text -> AsOf.parse(text, job.settings().run()));
      Summary.print(new PastNight(job.newRun()).of(night), summary, console);
      return 0;
    }
  }
}
