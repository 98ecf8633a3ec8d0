package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.UserFailure;
import io.warmlead.lake.Lake;
import io.warmlead.model.ModelEntry;
import io.warmlead.model.ModelEntry.Status;
import io.warmlead.model.Registry;
import io.warmlead.table.Models;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;

/**
 * Changes the champion by hand. The file of the one to come is checked first; where it is not the
 * one that was published, nothing changes.
 */
public final class Promotion {
  private final RunContext run;
  private final Lake lake;
  private final ModelStore store;

  public Promotion(RunContext run) {
    this.run = run;
    this.lake = run.lake();
    this.store = new ModelStore(run);
  }

  /**
   * Makes a version champion and archives the one that was.
   *
   * @return what was done, in a sentence
   * @throws UserFailure when there is no such version, a gate refused it, or its file was changed
   */
  public String promote(String version) {
    return logged(
        "promote",
        () -> {
          List<ModelEntry> before = store.entries();
          if (Registry.require(before, version).status() == Status.CHAMPION) {
            return version + " is champion already; nothing was changed.";
          }
          List<ModelEntry> after = Registry.promote(before, version);
          store.load(version);
          write(before, after);
          return version
              + " is champion"
              + champion(before).map(former -> "; " + former + " is archived").orElse("")
              + ". It scores from the next night on.";
        });
  }

  /**
   * Takes the champion back and returns to a former one.
   *
   * @param version the former champion; without it the newest
   * @return what was done, in a sentence
   * @throws UserFailure when there is no such former champion, or its file was changed
   */
  public String rollback(Optional<String> version) {
    return logged(
        "rollback",
        () -> {
          List<ModelEntry> before = store.entries();
          List<ModelEntry> after = Registry.rollback(before, version);
          String returned = champion(after).orElseThrow();
          store.load(returned);
          write(before, after);
          return champion(before).orElseThrow()
              + " is rolled back; "
              + returned
              + " is champion again and scores from the next night on.";
        });
  }

  private String logged(String command, Supplier<String> work) {
    RunLedger ledger = new RunLedger(run, command);
    String done = work.get();
    ledger.close(Optional.empty(), Optional.empty(), RunLedger.SUCCEEDED, done);
    return done;
  }

  /** All lines in one commit. */
  private void write(List<ModelEntry> before, List<ModelEntry> after) {
    Column status = col("status");
    Column refusedBecause = col("refused_because");
    for (int line = 0; line < after.size(); line++) {
      ModelEntry entry = after.get(line);
      if (entry.status() != before.get(line).status()) {
        Column isThis = col("version").equalTo(lit(entry.version()));
        status = when(isThis, entry.status().stored()).otherwise(status);
        refusedBecause = when(isThis, reason(entry, after)).otherwise(refusedBecause);
      }
    }
    lake.overwrite(
        Models.TABLE,
        lake.read(Models.TABLE)
            .withColumns(java.util.Map.of("status", status, "refused_because", refusedBecause)));
  }

  private static Column reason(ModelEntry entry, List<ModelEntry> after) {
    return entry.status() == Status.REFUSED
        ? lit("rolled back to " + champion(after).orElseThrow())
        : lit(null).cast("string");
  }

  private static Optional<String> champion(List<ModelEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.status() == Status.CHAMPION)
        .map(ModelEntry::version)
        .findFirst();
  }
}
