package io.warmlead.cli;

import io.warmlead.config.SettingsException;
import io.warmlead.simulate.CompanySimulator;
import io.warmlead.simulate.SimulationPlan;
import io.warmlead.simulate.SimulationResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the logs of a company that does not exist. */
@Command(
    name = "simulate",
    description =
        "Writes engagements, leads and outcomes as a company would export them, and the planted"
            + " truth apart from them. The same seed writes the same bytes.")
final class SimulateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder to write to.")
  String to;

  @Option(
      names = "--leads",
      defaultValue = "3000",
      description = "Leads. Default: ${DEFAULT-VALUE}.")
  int leads;

  @Option(
      names = "--days",
      defaultValue = "180",
      description = "Days of history. Default: ${DEFAULT-VALUE}.")
  int days;

  @Option(
      names = "--events",
      defaultValue = "120000",
      description = "Engagements, about. Default: ${DEFAULT-VALUE}.")
  long events;

  @Option(names = "--seed", defaultValue = "7", description = "Seed. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Override
  public Integer call() {
    Console console = Environment.of(spec).console();
    SimulationResult result = simulate(new Request(to, leads, days, events, seed));
    console.print(
        result.leads()
            + " leads, "
            + result.engagements()
            + " engagements, "
            + result.outcomes()
            + " outcomes ("
            + result.conversions()
            + " won), "
            + result.firstDay()
            + " to "
            + result.lastDay());
    console.print("Settings to read them with: " + result.settings());
    console.print("Try: scripts/warmlead nightly --conf " + result.settings() + " --lake DIR");
    return 0;
  }

  /** What to simulate. */
  record Request(String to, int leads, int days, long events, long seed) {}

  /**
   * Simulates.
   *
   * @throws SettingsException when the request cannot be met
   */
  static SimulationResult simulate(Request request) {
    try {
      return CompanySimulator.run(
          new SimulationPlan(
              request.to(), request.leads(), request.days(), request.events(), request.seed()));
    } catch (IllegalArgumentException e) {
      throw new SettingsException("simulate: " + e.getMessage());
    }
  }
}
