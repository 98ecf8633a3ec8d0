package io.warmlead.cli;

import io.warmlead.pipeline.Queries;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A query. */
@Command(
    name = "sql",
    description =
        "Answers a query over tables and views: all rows, full precision, on standard output.")
final class SqlCommand implements Callable<Integer> {
  /** As {@link Queries.Format}, which help must not load. */
  enum Format {
    TABLE,
    CSV,
    JSON
  }

  @Mixin CommonOptions options;
  @Mixin IdleAsOfOption asOf;
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "SELECT", description = "The query, in Spark SQL.")
  String query;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table, csv or json (one object a line). Default: ${DEFAULT-VALUE}.")
  Format format;

  @Override
  public Integer call() {
    Environment environment = Environment.of(spec);
    try (Job job = Job.reading(options, environment.console(), environment.clock())) {
      new Queries(job.lake())
          .print(query, Queries.Format.valueOf(format.name()), environment.console()::print);
      return 0;
    }
  }
}
