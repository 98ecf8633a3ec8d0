package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.LakeSettings;
import io.warmlead.lake.Lake;
import io.warmlead.table.TableContract;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Exports that a test writes file by file, and a lake beside them that commands fill. */
record SmallExports(Path folder) {

  /** Writes {@code engagements/1.csv} and its like. */
  SmallExports write(String name, String... lines) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** One engagement of ada on each day, and ada and bob as leads. */
  SmallExports writeSome(String... days) {
    List<String> rows = new ArrayList<>(List.of("lead_id,occurred_at,event"));
    for (String day : days) {
      rows.add("ada," + day + "T08:00:00Z,page_view");
    }
    return write("engagements/1.csv", rows.toArray(String[]::new))
        .write(
            "leads/1.csv", "lead_id,created_at,source", "ada,2026-01-01,web", "bob,2026-01-01,ad");
  }

  /** Runs a command with outcomes won and lost, and further options. */
  Invocation run(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, "--lake", place().toString()));
    List<String> settings =
        new ArrayList<>(List.of("conversion.outcomes=[won]", "conversion.lost=[lost]"));
    for (String input : List.of("engagements", "leads", "outcomes")) {
      if (Files.exists(folder.resolve(input))) {
        settings.add("inputs." + input + ".path=" + folder.resolve(input));
      }
    }
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.addAll(List.of(options));
    return Invocation.of(arguments);
  }

  /** As {@link #run}, and fails with what the command said unless it ended well. */
  Invocation succeed(String command, String... options) {
    Invocation run = run(command, options);
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    return run;
  }

  /** The rows of a table, each as what the expressions say, joined by blanks. */
  List<String> rows(TableContract table, String... expressions) {
    return lake()
        .read(table)
        .selectExpr("concat_ws(' ', " + String.join(", ", expressions) + ")")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  Lake lake() {
    return Lake.open(
        TestSession.get(),
        new LakeSettings(Optional.of(place().toString()), Optional.empty(), Optional.empty()));
  }

  private Path place() {
    return folder.resolve("lake");
  }
}
