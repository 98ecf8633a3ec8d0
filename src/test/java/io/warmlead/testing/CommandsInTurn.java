package io.warmlead.testing;

import io.warmlead.cli.Terminal;
import io.warmlead.cli.WarmleadCommand;
import io.warmlead.lake.LakeSession;
import java.time.Clock;
import picocli.CommandLine;

/**
 * Several commands in one process; says of each how it ended. For sessions unlike that of tests.
 */
public final class CommandsInTurn {
  /** Between the words of a command. */
  public static final String SEPARATOR = "\t";

  private CommandsInTurn() {}

  /** Runs commands, each one argument. */
  public static void main(String... commands) {
    LakeSession.open().sparkContext().setLogLevel("OFF");
    for (String words : commands) {
      CommandLine line = WarmleadCommand.commandLine(Clock.systemUTC(), Terminal.NONE);
      int exitCode = line.execute(words.split(SEPARATOR));
      System.out.println("ended with " + exitCode);
    }
    System.exit(0);
  }
}
