package io.warmlead.cli;

import picocli.CommandLine.Option;

/** Nothing but the result. */
final class QuietOption {
  static final String NAME = "--quiet";

  @Option(
      names = NAME,
      description =
          "No progress and no notes: standard error stays empty unless the command fails.")
  boolean quiet;
}
