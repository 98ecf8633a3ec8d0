package io.warmlead;

import io.warmlead.cli.Terminal;
import io.warmlead.cli.WarmleadCommand;
import java.time.Clock;
import java.util.Locale;
import java.util.TimeZone;

/**
 * Entry point: parses, runs, maps failures to exit codes. The only place that ends the process or
 * looks at the clock.
 */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Days and instants must not depend on where the machine stands, nor the digits of numbers on
    // its language: Delta would name the commits of a table in digits that it does not find again.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    Locale.setDefault(Locale.ENGLISH);
    Terminal terminal = Terminal.of(System.getProperty(Terminal.PROPERTY), System.getenv());
    System.exit(WarmleadCommand.commandLine(Clock.systemUTC(), terminal).execute(arguments));
  }
}
