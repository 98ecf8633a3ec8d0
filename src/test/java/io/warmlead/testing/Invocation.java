package io.warmlead.testing;

import io.warmlead.cli.Terminal;
import io.warmlead.cli.WarmleadCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine;

/**
 * One run of the command line in this process, as {@code Main} does it.
 *
 * @param exitCode what the process would end with
 * @param out standard output
 * @param err standard error
 */
public record Invocation(int exitCode, String out, String err) {

  /** Runs a command on the session that all tests share. */
  public static Invocation of(List<String> arguments) {
    TestSession.get();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = WarmleadCommand.commandLine(Clock.systemUTC(), Terminal.NONE);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int exitCode = line.execute(arguments.toArray(String[]::new));
    return new Invocation(exitCode, out.toString(), err.toString());
  }

  /** Runs a command on the session that all tests share. */
  public static Invocation of(String... arguments) {
    return of(List.of(arguments));
  }

  /** Lines of standard output. */
  public List<String> lines() {
    return out.lines().toList();
  }
}
