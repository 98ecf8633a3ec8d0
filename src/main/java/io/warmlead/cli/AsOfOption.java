package io.warmlead.cli;

import io.warmlead.config.RunSettings;
import io.warmlead.pipeline.AsOf;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The instant that a command looks back from. */
final class AsOfOption {
  @Option(
      names = "--as-of",
      paramLabel = "DATE|INSTANT",
      description =
          "Use only what was known strictly before. A date is its start in run.zone. Default: the"
              + " day after the newest engagement.")
  String asOf;

  Optional<Instant> instant(RunSettings run) {
    return Optional.ofNullable(asOf).map(text -> AsOf.parse(text, run));
  }
}
