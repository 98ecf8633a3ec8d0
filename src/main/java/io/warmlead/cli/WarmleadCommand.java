package io.warmlead.cli;

import io.warmlead.config.UserFailure;
import io.warmlead.lake.StorageTrouble;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root: {@code warmlead COMMAND [options]}. */
@Command(
    name = "warmlead",
    description = "How warm is every lead, why, and when does it go cold.",
    versionProvider = WarmleadCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 a bug, 2 usage or settings, 3 input or storage unusable, 4 another run"
          + " holds the lake, 5 no model published or promoted."
    },
    subcommands = {
      DemoCommand.class,
      SimulateCommand.class,
      CheckCommand.class,
      RunCommands.NightlyCommand.class,
      RunCommands.IngestCommand.class,
      RunCommands.TrainCommand.class,
      RunCommands.ScoreCommand.class,
      RunCommands.AnalyzeCommand.class,
      ReportCommand.class,
      BackfillCommand.class,
      ModelsCommand.class,
      ChampionCommands.PromoteCommand.class,
      ChampionCommands.RollbackCommand.class,
      RestoreCommand.class,
      TablesCommand.class,
      SqlCommand.class,
      ExportCommand.class,
      ExplainCommand.class,
      AuditCommand.class,
      MaintainCommand.class,
      EraseCommand.class,
    })
public final class WarmleadCommand implements Runnable {
  private final Clock clock;
  private final Terminal terminal;

  @Spec CommandSpec spec;

  private WarmleadCommand(Clock clock, Terminal terminal) {
    this.clock = clock;
    this.terminal = terminal;
  }

  /**
   * The command line, complete with help, and exit codes for every kind of failure.
   *
   * @param clock for run times and leases; no result depends on it
   * @param terminal where progress is shown
   */
  public static CommandLine commandLine(Clock clock, Terminal terminal) {
    CommandLine line = new CommandLine(new WarmleadCommand(clock, terminal));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.getSubcommands()
        .values()
        .forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
    line.getCommandSpec().mixinStandardHelpOptions(true);
    line.getSubcommands()
        .values()
        .forEach(sub -> sub.getCommandSpec().versionProvider(new Version()));
    line.setExecutionStrategy(WarmleadCommand::execute);
    line.setExecutionExceptionHandler(WarmleadCommand::failed);
    return line;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  Clock clock() {
    return clock;
  }

  Terminal terminal() {
    return terminal;
  }

  /** Hadoop throws an error, not an exception, where a local disk is full. */
  private static int execute(CommandLine.ParseResult arguments) {
    try {
      return new CommandLine.RunLast().execute(arguments);
    } catch (Error e) {
      UserFailure known = StorageTrouble.of(e).orElseThrow(() -> e);
      CommandLine last =
          arguments.asCommandLineList().get(arguments.asCommandLineList().size() - 1);
      throw new CommandLine.ExecutionException(last, known.getMessage(), known);
    }
  }

  private static int failed(
      Exception failure, CommandLine line, CommandLine.ParseResult arguments) {
    PrintWriter err = line.getErr();
    UserFailure known = known(failure);
    if (known != null) {
      err.println("warmlead " + line.getCommandName() + ": " + known.getMessage());
      err.flush();
      return switch (known.kind()) {
        case SETTINGS -> 2;
        case INPUT -> 3;
        case BUSY -> 4;
        case REFUSED -> 5;
      };
    }
    err.println(
        "warmlead "
            + line.getCommandName()
            + ": this is a bug, please report it with what follows.");
    failure.printStackTrace(err);
    err.flush();
    return 1;
  }

  private static UserFailure known(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserFailure user) {
        return user;
      }
    }
    return StorageTrouble.of(failure).orElse(null);
  }

  /** Version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"warmlead " + io.warmlead.pipeline.CodeVersion.current()};
    }
  }
}
