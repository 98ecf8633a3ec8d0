package io.warmlead.cli;

import io.warmlead.pipeline.Backfill;
import io.warmlead.pipeline.Nightly;
import io.warmlead.simulate.SimulationResult;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The first thing to run. */
@Command(
    name = "demo",
    description =
        "Simulates a small company, runs several nights over it, and says where tables and report"
            + " are.")
final class DemoCommand implements Callable<Integer> {
  private static final int NIGHTS = 2;

  @Mixin QuietOption quiet;
  @Mixin SummaryOptions summary;
  @Spec CommandSpec spec;

  @Option(
      names = "--lake",
      paramLabel = "DIR",
      defaultValue = "warmlead-demo",
      description = "Folder for the company's files and the tables. Default: ${DEFAULT-VALUE}.")
  String folder;

  @Option(
      names = "--leads",
      defaultValue = "3000",
      description = "Leads. Default: ${DEFAULT-VALUE}.")
  int leads;

  @Option(
      names = "--events",
      defaultValue = "120000",
      description = "Engagements, about. Default: ${DEFAULT-VALUE}.")
  long events;

  @Option(names = "--seed", defaultValue = "7", description = "Seed. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Override
  public Integer call() {
    Environment environment = Environment.of(spec);
    Console console = environment.console();
    console.stage("simulate", "a company with " + leads + " leads and half a year of history");
    SimulationResult company =
        SimulateCommand.simulate(
            new SimulateCommand.Request(folder + "/company", leads, 180, events, seed));
    console.note("the demo trains a logistic regression alone; other runs try boosted trees too");
    LocalDate last = company.lastDay().plusDays(1);
    // The last day's files come by themselves, as every night's do.
    CommonOptions before = options(company);
    before.set.add("inputs.engagements.path=\"" + company.to() + "/engagements/????-??-part-*\"");
    try (Job job = Job.writing(before, spec.name(), console, environment.clock())) {
      new Backfill(job::newRun).run(last.minusDays(NIGHTS - 1), last.minusDays(1), 1, true);
    }
    CommonOptions options = options(company);
    try (Job job = Job.writing(options, spec.name(), console, environment.clock())) {
      Nightly.Result night =
          new Nightly(job.newRun(), spec.name())
              .run(Nightly.NIGHT, Optional.of(dayStart(last, job)), Optional.empty());
      Summary.print(night, summary, console);
      if (summary.json) {
        return 0;
      }
      console.print("settings  " + company.settings());
      console.print(
          "Try: scripts/warmlead sql \"SELECT lead_id, tier, probability FROM hot_leads LIMIT 10\""
              + " --lake "
              + options.lake);
      return 0;
    }
  }

  private CommonOptions options(SimulationResult company) {
    CommonOptions options = new CommonOptions();
    options.conf.add(company.settings());
    options.lake = folder + "/lake";
    // Boosted trees would take the demo a minute longer, and lose on so small a company.
    options.set.add("model.families=[logistic_regression]");
    return options;
  }

  private static java.time.Instant dayStart(LocalDate date, Job job) {
    return io.warmlead.pipeline.AsOf.start(date, job.settings().run());
  }
}
