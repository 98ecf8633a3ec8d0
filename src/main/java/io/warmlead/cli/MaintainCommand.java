package io.warmlead.cli;

import io.warmlead.config.SettingsException;
import io.warmlead.lake.Upkeep;
import io.warmlead.lake.Upkeep.Files;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compaction and clean-up. */
@Command(
    name = "maintain",
    description =
        "Says which small files of the tables can be merged and which old ones nobody needs any"
            + " more; with --apply merges and deletes them.")
final class MaintainCommand implements Callable<Integer> {
  /** A reader that started before, or a rerun, may still need what is younger. */
  private static final int SHORTEST_RETENTION = 7;

  /** The log of a table forgets what is older. */
  private static final int LONGEST_RETENTION = 30;

  @Mixin CommonOptions options;
  @Mixin IdleAsOfOption asOf;
  @Spec CommandSpec spec;

  @Option(names = "--apply", description = "Do it. Without this, nothing is changed.")
  boolean apply;

  @Option(
      names = "--retain-days",
      paramLabel = "N",
      defaultValue = "7",
      description =
          "Keep the files of versions younger than this, 7 to 30. Default: ${DEFAULT-VALUE}.")
  int retainDays;

  @Override
  public Integer call() {
    if (retainDays < SHORTEST_RETENTION || retainDays > LONGEST_RETENTION) {
      throw new SettingsException(
          "--retain-days "
              + retainDays
              + ": must be 7 to 30. Readers and reruns may still need the files of younger versions,"
              + " and the logs of the tables forget what is older.");
    }
    Environment environment = Environment.of(spec);
    Console console = environment.console();
    try (Job job =
        apply
            ? Job.changing(options, spec.name(), console, environment.clock())
            : Job.reading(options, console, environment.clock())) {
      Upkeep upkeep = new Upkeep(job.lake());
      for (TableContract table : Tables.ALL) {
        if (job.lake().exists(table)) {
          console.print(line(table, upkeep));
        }
      }
    }
    if (!apply) {
      console.print("Nothing was changed. Run it again with --apply to do this.");
    }
    return 0;
  }

  private String line(TableContract table, Upkeep upkeep) {
    Upkeep.Need need = upkeep.need(table, retainDays);
    if (apply && need.merging().number() > 0) {
      upkeep.merge(table);
    }
    if (apply && need.obsolete().number() > 0) {
      upkeep.clean(table, retainDays);
    }
    return table.name()
        + "  "
        + described(need.files())
        + (apply ? "; merged " : "; to merge ")
        + described(need.merging())
        + (apply ? "; deleted " : "; to delete ")
        + described(need.obsolete());
  }

  private static String described(Files files) {
    return files.number() == 0
        ? "nothing"
        : String.format(
            Locale.ROOT,
            "%d %s (%.1f MB)",
            files.number(),
            files.number() == 1 ? "file" : "files",
            files.bytes() / 1e6);
  }
}
