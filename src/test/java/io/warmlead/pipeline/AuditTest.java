package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.LakeSettings;
import io.warmlead.lake.Lake;
import io.warmlead.table.Models;
import io.warmlead.table.Outcomes;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit by command: what is in the files counts, whatever the tables declare. */
final class AuditTest {
  @TempDir private Path folder;

  @Test
  void aFileThatBreaksWhatItsTableDeclaresIsFound() throws IOException {
    // Brackets and spaces in a path are no pattern and no code.
    Path place = Files.createDirectory(folder.resolve("a lake [1]"));
    Lake lake = open(place);
    lake.append(
        Outcomes.TABLE,
        TestSession.get()
            .createDataFrame(
                List.of(
                    row(
                        "ada",
                        "won",
                        Timestamp.valueOf("2026-01-05 08:00:00"),
                        null,
                        true,
                        true,
                        "f",
                        "r",
                        null)),
                Outcomes.TABLE.schema())
            .coalesce(1));
    assertThat(audit(place).out())
        .contains("note   outcomes  leads that are waited for: 1")
        .contains("checks hold (--list shows them).")
        .doesNotContain("ok ");
    Invocation sound = Invocation.of("audit", "--list", "--lake", place.toString());
    assertThat(sound.exitCode()).as(sound.out() + sound.err()).isZero();
    assertThat(sound.out())
        .contains("ok     outcomes  required_columns")
        .contains(
            "note   outcomes  leads that are waited for: 1, for example {\"lead_id\":\"ada\"}")
        .contains("checks hold.");

    loseAValue(place.resolve("outcomes"));
    Invocation broken = audit(place);
    assertThat(broken.exitCode()).isEqualTo(3);
    assertThat(broken.out())
        .contains("WRONG  outcomes  required_columns: 1, for example no closes in {\"lead_id\"")
        .contains("1 of ");
  }

  @Test
  void aModelFileThatWasChangedIsFound() throws IOException {
    Lake lake = open(folder);
    Path file = Files.writeString(folder.resolve("model.json"), "{}");
    lake.append(
        Models.TABLE,
        TestSession.get()
            .read()
            .schema(Models.TABLE.schema().asNullable())
            .json(
                TestSession.get()
                    .createDataset(
                        List.of(
                            """
                            {"version":"m1","status":"champion","horizon_days":30,"metrics":{},
                            "trained_as_of":"2026-01-01 00:00:00","features":[],"excluded":[],
                            "notes":[],"uri":"%s","digest":"%s","run_id":"r"}"""
                                .formatted(file.toUri(), "0".repeat(64))),
                        Encoders.STRING())));
    assertThat(audit(folder).out())
        .contains("WRONG  models  files_as_published: 1, for example m1 at file:");
  }

  @Test
  void aFolderWithoutTablesIsNoLake() {
    Invocation nothing = audit(folder);
    assertThat(nothing.exitCode()).isEqualTo(3);
    assertThat(nothing.err()).contains("There is no table of Warmlead").contains("--lake");
  }

  /** Takes the table's one data file out and puts one of the same name in that lacks a value. */
  private static void loseAValue(Path table) throws IOException {
    Path old = onlyParquet(table);
    Path made = table.resolveSibling("made");
    TestSession.get()
        .read()
        .parquet(old.toString().replace("[", "\\[").replace("]", "\\]"))
        .withColumn("closes", functions.lit(null).cast("boolean"))
        .coalesce(1)
        .write()
        .parquet(made.toString());
    Files.delete(old.resolveSibling("." + old.getFileName() + ".crc"));
    Files.move(onlyParquet(made), old, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path onlyParquet(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".parquet"))
          .reduce(
              (one, other) -> {
                throw new AssertionError(one + " and " + other);
              })
          .orElseThrow();
    }
  }

  private static Invocation audit(Path place) {
    return Invocation.of("audit", "--lake", place.toString());
  }

  private static Lake open(Path place) {
    return Lake.open(
        TestSession.get(),
        new LakeSettings(Optional.of(place.toString()), Optional.empty(), Optional.empty()));
  }
}
