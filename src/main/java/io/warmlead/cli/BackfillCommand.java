package io.warmlead.cli;

import io.warmlead.pipeline.Backfill;
import io.warmlead.pipeline.Nightly;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores past dates. */
@Command(
    name = "backfill",
    description =
        "Scores past dates in order, as they would have been scored then: each with the newest"
            + " model trained as of that date or before.")
final class BackfillCommand implements Callable<Integer> {
  @Mixin CommonOptions options;
  @Mixin IdleAsOfOption asOf;
  @Mixin SummaryOptions summary;
  @Spec CommandSpec spec;

  @Option(names = "--from", required = true, paramLabel = "DATE", description = "First date.")
  String from;

  @Option(names = "--to", required = true, paramLabel = "DATE", description = "Last date.")
  String to;

  @Option(
      names = "--every",
      paramLabel = "DAYS",
      defaultValue = "1",
      description =
          "Days between dates. Dates between them that were scored already are scored again too."
              + " Default: ${DEFAULT-VALUE}.")
  int every;

  @Option(
      names = "--train",
      description = "Train where there is no model, and when retraining was due.")
  boolean train;

  @Override
  public Integer call() {
    Environment environment = Environment.of(spec);
    LocalDate first = DateText.parse("--from", from);
    LocalDate last = DateText.parse("--to", to);
    try (Job job = Job.writing(options, spec.name(), environment.console(), environment.clock())) {
      List<Nightly.Result> results = new Backfill(job::newRun).run(first, last, every, train);
      Summary.print(results, job.place(), summary, environment.console());
      return 0;
    }
  }
}
