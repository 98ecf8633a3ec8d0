package io.warmlead.cli;

import io.warmlead.pipeline.Restoration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes bad nights back. */
@Command(
    name = "restore",
    description = {
      "Puts the tables back as a published night left them, and so takes all later nights back:"
          + " scores, features, transitions, changes, analyses, and the published lists. Each"
          + " table in one commit; run it again if it was cut off.",
      "What was read from the sources stays (engagements, leads, outcomes), unless --with-input"
          + " is given. Models stay: see rollback. The table runs stays, and tells of this too.",
      "Not possible where persons were erased since, for they would come back; nor where"
          + " `maintain` has deleted the files. Nothing is changed then, exit code 3."
    })
final class RestoreCommand implements Callable<Integer> {
  @Mixin CommonOptions options;
  @Mixin IdleAsOfOption asOf;
  @Spec CommandSpec spec;

  @Option(
      names = "--score-date",
      paramLabel = "DATE",
      description = "The night that scored this date; of several the last.")
  String scoreDate;

  @Option(names = "--run", paramLabel = "ID", description = "This very run (table runs).")
  String run;

  @Option(
      names = "--with-input",
      description =
          "Put engagements, leads, outcomes, activity, quarantine and the list of files read back"
              + " too. Files that came since are read again by the next night, if they are still"
              + " there.")
  boolean withInput;

  @Override
  public Integer call() {
    Environment environment = Environment.of(spec);
    Optional<LocalDate> date =
        Optional.ofNullable(scoreDate).map(text -> DateText.parse("--score-date", text));
    try (Job job = Job.changing(options, spec.name(), environment.console(), environment.clock())) {
      new Restoration(job.newRun())
          .restore(date, Optional.ofNullable(run), withInput)
          .forEach(environment.console()::print);
      return 0;
    }
  }
}
