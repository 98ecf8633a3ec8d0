package io.warmlead.cli;

import io.warmlead.pipeline.InputCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A look before the run. */
@Command(
    name = "check",
    description =
        "Validates settings and inputs, says what would be read and written, proposes mappings,"
            + " writes nothing.")
final class CheckCommand implements Callable<Integer> {
  @Mixin CommonOptions options;
  @Mixin IdleAsOfOption asOf;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Console console = Environment.of(spec).console();
    InputCheck.run(Job.settings(options), console::print);
    return 0;
  }
}
