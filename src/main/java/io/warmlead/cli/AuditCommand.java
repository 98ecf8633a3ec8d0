package io.warmlead.cli;

import io.warmlead.pipeline.Audit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether the lake holds what it promises. */
@Command(
    name = "audit",
    description =
        "Verifies the lake, one line per check: required columns, constraints, one row per key,"
            + " references, sums of ledgers and reasons, tiers and their transitions, activity"
            + " against engagements, the published tables, model files. Changes nothing. Exit code"
            + " 3 when a check fails.")
final class AuditCommand implements Callable<Integer> {
  /** The lake is what an audit reads; one that does not hold what it promises is unusable input. */
  private static final int FAILED = 3;

  @Mixin CommonOptions options;
  @Mixin IdleAsOfOption asOf;
  @Spec CommandSpec spec;

  @Option(
      names = "--dates",
      paramLabel = "N",
      defaultValue = "7",
      description = "How many of the newest scored dates to check. Default: ${DEFAULT-VALUE}.")
  int dates;

  @Option(names = "--full", description = "Check every date and the whole history.")
  boolean full;

  @Option(names = "--list", description = "Print the checks that hold, too.")
  boolean list;

  @Option(
      names = "--digests",
      description =
          "Print, for every checked date and table, a digest of the rows that the night published:"
              + " equal for a replay and for another lake with the same inputs and settings.")
  boolean digests;

  @Override
  public Integer call() {
    Environment environment = Environment.of(spec);
    Console console = environment.console();
    if (dates < 1) {
      throw new io.warmlead.config.SettingsException("--dates " + dates + ": give 1 or more.");
    }
    try (Job job = Job.reading(options, console, environment.clock())) {
      Audit audit = new Audit(job.newRun());
      int newest = full ? Integer.MAX_VALUE : dates;
      List<Audit.Check> checks = audit.run(newest);
      List<Audit.Check> broken = checks.stream().filter(Audit.Check::isBroken).toList();
      checks.stream()
          .filter(check -> list || check.isWorthTelling())
          .filter(check -> !check.isBroken())
          .forEach(check -> console.print(check.line()));
      if (digests) {
        audit.digests(newest).forEach(digest -> console.print(digest.line()));
      }
      if (broken.isEmpty()) {
        console.print(
            "All " + checks.size() + " checks hold" + (list ? "." : " (--list shows them)."));
        return 0;
      }
      console.print(broken.size() + " of " + checks.size() + " checks failed:");
      broken.forEach(check -> console.print(check.line()));
      return FAILED;
    }
  }
}
