package io.warmlead.cli;

import io.warmlead.pipeline.AsOf;
import io.warmlead.pipeline.LeadStories;
import io.warmlead.pipeline.RunContext;
import io.warmlead.report.LeadStory;
import io.warmlead.report.LeadStoryJson;
import io.warmlead.report.LeadStoryText;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One lead's story. */
@Command(
    name = "explain",
    description =
        "Tells one lead's story: who, timeline, scores, reasons, what changed, and what to do.")
final class ExplainCommand implements Callable<Integer> {
  /** How it is told. */
  enum Format {
    TEXT,
    JSON
  }

  @Mixin CommonOptions options;

  @Option(
      names = "--as-of",
      paramLabel = "DATE|INSTANT",
      description =
          "Tell only what was known strictly before, and the nights up to it. A date is its start in"
              + " run.zone. Default: everything.")
  String asOf;

  @Spec CommandSpec spec;

  @Option(names = "--lead", required = true, paramLabel = "ID", description = "The lead's id.")
  String lead;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "text, or json (one object). Default: ${DEFAULT-VALUE}.")
  Format format;

  @Override
  public Integer call() {
    Environment environment = Environment.of(spec);
    Console console = environment.console();
    try (Job job = Job.reading(options, console, environment.clock())) {
      RunContext run = job.newRun();
      LeadStory story =
          new LeadStories(
                  run,
                  Optional.ofNullable(asOf).map(text -> AsOf.parse(text, run.settings().run())))
              .story(lead);
      if (format == Format.JSON) {
        console.print(LeadStoryJson.of(story));
      } else {
        LeadStoryText.of(story, run.settings().run().zone()).forEach(console::print);
      }
      return 0;
    }
  }
}
