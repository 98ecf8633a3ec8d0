package io.warmlead.cli;

import picocli.CommandLine.Option;

/** How a run says what it came to. */
final class SummaryOptions {
  @Option(
      names = "--json",
      description = "The summary as one JSON object in one line, for programs; it names no lead.")
  boolean json;
}
