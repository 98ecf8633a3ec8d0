package io.warmlead;

import io.warmlead.cli.Terminal;
import io.warmlead.cli.WarmleadCommand;
import java.time.Clock;
import java.util.TimeZone;

/**
 * Entry point: parses, runs, maps failures to exit codes. The only place that ends the process or
 * looks at the clock.
 */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Days and instants must not depend on where the machine stands.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    Terminal terminal = Terminal.of(System.getProperty(Terminal.PROPERTY), System.getenv());
    System.exit(WarmleadCommand.commandLine(Clock.systemUTC(), terminal).execute(arguments));
  }
}
