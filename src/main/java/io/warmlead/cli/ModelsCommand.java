package io.warmlead.cli;

import io.warmlead.pipeline.ModelCards;
import io.warmlead.pipeline.Queries;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The registry. */
@Command(
    name = "models",
    description = "Lists model versions, newest first; or prints the card of one.")
final class ModelsCommand implements Callable<Integer> {
  @Mixin CommonOptions options;
  @Mixin IdleAsOfOption asOf;
  @Spec CommandSpec spec;

  @Option(
      names = "--card",
      paramLabel = "VERSION",
      description =
          "The card of one version: data, features, metrics with intervals and baselines, gates,"
              + " calibration, caveats.")
  String card;

  @Override
  public Integer call() {
    Environment environment = Environment.of(spec);
    try (Job job = Job.reading(options, environment.console(), environment.clock())) {
      if (card != null) {
        new ModelCards(job.newRun()).card(card).lines().forEach(environment.console()::print);
        return 0;
      }
      new Queries(job.lake())
          .print(
              """
              SELECT version, status, family, trained_as_of, horizon_days, snapshots,
                converting_leads, round(metrics['auc'], 4) AS auc,
                round(metrics['log_loss'], 4) AS log_loss, refused_because
              FROM models ORDER BY trained_as_of DESC, version DESC""",
              Queries.Format.TABLE,
              environment.console()::print);
      return 0;
    }
  }
}
