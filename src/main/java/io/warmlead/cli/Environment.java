package io.warmlead.cli;

import java.time.Clock;
import picocli.CommandLine.Model.CommandSpec;

/** What commands get from outside: a console and a clock. */
record Environment(Console console, Clock clock) {

  /** The environment of the command line that a command belongs to. */
  static Environment of(CommandSpec spec) {
    WarmleadCommand root = (WarmleadCommand) spec.root().userObject();
    return new Environment(
        new Console(
            spec.commandLine().getOut(),
            spec.commandLine().getErr(),
            root.clock(),
            root.terminal(),
            spec.commandLine().getParseResult().hasMatchedOption(QuietOption.NAME)),
        root.clock());
  }
}
