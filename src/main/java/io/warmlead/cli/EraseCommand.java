package io.warmlead.cli;

import io.warmlead.config.SettingsException;
import io.warmlead.pipeline.Erasure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes persons. */
@Command(
    name = "erase",
    description =
        "Removes persons from every table, from the files of older versions, and from reports, and"
            + " keeps them out of later files. Prints a receipt that names nobody. Older versions"
            + " of the tables cannot be read afterwards.")
final class EraseCommand implements Callable<Integer> {
  @Mixin CommonOptions options;
  @Mixin IdleAsOfOption asOf;
  @Spec CommandSpec spec;

  @Option(
      names = "--lead",
      paramLabel = "ID",
      description = "Id of a lead, as the sources write it. May be given more than once.")
  List<String> leads = new ArrayList<>();

  @Option(names = "--file", paramLabel = "FILE", description = "A file with one id a line.")
  String file;

  @Override
  public Integer call() {
    if (leads.isEmpty() == (file == null)) {
      throw new SettingsException("erase: say whom, with --lead ID or with --file FILE.");
    }
    Environment environment = Environment.of(spec);
    Console console = environment.console();
    try (Job job = Job.changing(options, spec.name(), console, environment.clock())) {
      List<String> ids = file == null ? leads : job.lines("--file", file);
      new Erasure(job.newRun()).erase(ids).forEach(console::print);
      return 0;
    }
  }
}
