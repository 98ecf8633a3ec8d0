package io.warmlead.cli;

import io.warmlead.pipeline.AsOf;
import picocli.CommandLine.Option;

/** {@code --as-of} of a command that looks back from nowhere: callers may give it to all alike. */
final class IdleAsOfOption {
  @Option(
      names = "--as-of",
      paramLabel = "DATE|INSTANT",
      description =
          "Taken, so that a caller can give all commands the same options; it changes nothing here.")
  void asOf(String text) {
    AsOf.requireReadable(text);
  }
}
