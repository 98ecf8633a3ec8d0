package io.warmlead.cli;

import io.warmlead.config.RunSettings;
import io.warmlead.pipeline.AsOf;
import io.warmlead.pipeline.LeadExport;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists for other tools. */
@Command(
    name = "export",
    description = {
      "Writes the lists of the newest published night as files for CRM and marketing tools:"
          + " hot_leads, cooling_leads, save_today, rewarmed_leads and handoffs, each one file."
    })
final class ExportCommand implements Callable<Integer> {
  /** As {@link LeadExport.Format}, which help must not load. */
  enum Format {
    CSV,
    JSONL
  }

  @Mixin CommonOptions options;
  @Spec CommandSpec spec;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the files, a path or any URI that Hadoop knows; made if missing.")
  String to;

  @Option(
      names = "--format",
      defaultValue = "csv",
      description = "csv, or jsonl (one object a line). Default: ${DEFAULT-VALUE}.")
  Format format;

  @Option(
      names = "--changed-since",
      paramLabel = "DATE",
      description =
          "Only leads that came onto a list, have news or left it since the newest scored date that"
              + " is not after DATE; the column change says which.")
  String changedSince;

  @Option(
      names = "--as-of",
      paramLabel = "DATE|INSTANT",
      description =
          "The night that is meant: refused, exit code 3, where the newest published night has"
              + " another date. Default: that night, whatever its date.")
  String asOf;

  @Option(
      names = "--language",
      paramLabel = "en|de|fr|es|uk|pl",
      description = "Language of the column tier_label. Default: report.language of the settings.")
  String language;

  @Override
  public Integer call() {
    Environment environment = Environment.of(spec);
    Optional<LocalDate> since =
        Optional.ofNullable(changedSince).map(text -> DateText.parse("--changed-since", text));
    try (Job job = Job.reading(options, environment.console(), environment.clock())) {
      RunSettings run = job.settings().run();
      LeadExport.Request request =
          new LeadExport.Request(
              to,
              LeadExport.Format.valueOf(format.name()),
              Optional.ofNullable(asOf).map(text -> AsOf.date(AsOf.parse(text, run), run)),
              since,
              language == null ? job.settings().report().language() : language);
      for (LeadExport.Written file : new LeadExport(job.newRun()).write(request)) {
        environment
            .console()
            .print(
                file.list()
                    + ": "
                    + file.rows()
                    + (file.rows() == 1 ? " row in " : " rows in ")
                    + file.uri());
      }
      return 0;
    }
  }
}
