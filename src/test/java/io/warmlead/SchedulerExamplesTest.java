package io.warmlead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the examples for schedulers pass to the job, and how they react to its exit codes. */
final class SchedulerExamplesTest {
  private static final Path FOLDER = Path.of("conf/examples/schedulers");
  private static final String ZONE = "Pacific/Kiritimati";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"0, ''", "1, bug", "2, settings", "3, export", "4, later", "137, outside"})
  void theScriptEndsWithTheJobsExitCodeAndSaysWhatItAsksFor(int code, String advice)
      throws Exception {
    Ended ended = night(code, "2026-03-03");
    assertThat(ended.exitCode).isEqualTo(code);
    assertThat(ended.words)
        .contains("nightly --conf my.conf --lake /data/lake --as-of 2026-03-03")
        .contains(advice)
        .hasLineCount(code == 0 ? 1 : 2);
  }

  @Test
  void theNightOfASundayIsFollowedByUpkeepWhereItIsPublished() throws Exception {
    assertThat(night(0, "2026-03-01").words)
        .containsSubsequence("nightly --conf", "maintain --apply --conf my.conf --lake /data/lake");
    assertThat(night(0, "2026-03-02").words).doesNotContain("maintain");
    assertThat(night(3, "2026-03-01").words).doesNotContain("maintain");
    Ended upkeepFailed = night("[ $1 = nightly ] || exit 4", 0, "2026-03-01");
    assertThat(upkeepFailed.exitCode).isZero();
    assertThat(upkeepFailed.words).contains("upkeep after the night as of 2026-03-01, exit code 4");
  }

  @Test
  void withoutADateTheScriptMeansTodayInTheZoneOfTheSettings() throws Exception {
    LocalDate before = LocalDate.now(ZoneId.of(ZONE));
    String words = night(0).words;
    LocalDate after = LocalDate.now(ZoneId.of(ZONE));
    assertThat(words).containsAnyOf("--as-of " + before, "--as-of " + after);
  }

  @Test
  void noUnquotedPercentSignEndsTheLineOfCron() throws IOException {
    List<String> jobs =
        Files.readAllLines(FOLDER.resolve("crontab")).stream()
            .filter(line -> line.matches("[0-9*].*"))
            .toList();
    assertThat(jobs)
        .singleElement()
        .asString()
        .doesNotContain("%")
        .matches("30 2 \\* \\* \\* warmlead flock --nonblock .*/nightly\\.sh .*");
  }

  @Test
  void unitsOfSystemdAreSectionsOfKeysAndValues() throws IOException {
    for (String name : List.of("warmlead.service", "warmlead.timer")) {
      for (String line : Files.readAllLines(FOLDER.resolve(name))) {
        assertThat(line).matches("|#.*|\\[[A-Z][a-z]+]|[A-Z][A-Za-z]+=[^%]*");
      }
    }
    assertThat(FOLDER.resolve("warmlead.service"))
        .content()
        .contains("ExecStart=/opt/warmlead/conf/examples/schedulers/nightly.sh\n")
        .contains("RestartPreventExitStatus=1 2 3 5\n");
    assertThat(FOLDER.resolve("warmlead.timer")).content().contains("Persistent=true\n");
  }

  @Test
  void othersPassTheDateOnAndTellCodesApart() throws IOException {
    assertThat(FOLDER.resolve("airflow_dag.py"))
        .content()
        .contains("data_interval_end.in_timezone('\" + ZONE + \"') | ds")
        .contains("\"--as-of\",\n                as_of,")
        .contains("max_active_runs=1")
        .contains("\"maintain\",\n                    \"--apply\",")
        .contains("nightly(AS_OF) >> maintain(AS_OF)");
    assertThat(FOLDER.resolve("kubernetes-cronjob.yaml"))
        .content()
        .contains("values: [1, 2, 3, 5]")
        .contains("concurrencyPolicy: Forbid")
        .contains("command: [\"/opt/warmlead/nightly.sh\"]");
    assertThat(FOLDER.resolve("kubernetes-sparkapplication.yaml"))
        .content()
        .contains("    - --as-of\n    - \"${AS_OF}\"\n")
        .contains("mainClass: io.warmlead.Main");
  }

  /** No parser of YAML is among the job's libraries; this holds what breaks most often. */
  @Test
  void yamlIsIndentedByPairsOfSpaces() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> yaml = files.filter(path -> path.toString().endsWith(".yaml")).toList();
      assertThat(yaml).hasSize(2);
      for (Path path : yaml) {
        for (String line : Files.readAllLines(path)) {
          assertThat(line)
              .as(path.toString())
              .matches("|( {2})*(#.*|(- )?.*\\S)")
              .doesNotContain("\t");
        }
      }
    }
  }

  @Test
  void theImageCopiesWhatThereIs() throws IOException {
    Matcher copied =
        Pattern.compile("(?m)^COPY (?!--from)(\\S+) ")
            .matcher(Files.readString(FOLDER.resolve("Dockerfile")));
    List<Path> sources = copied.results().map(found -> Path.of(found.group(1))).toList();
    assertThat(sources).hasSize(4).allMatch(Files::exists);
  }

  private Ended night(int code, String... arguments) throws Exception {
    return night("true", code, arguments);
  }

  private Ended night(String first, int code, String... arguments) throws Exception {
    Path job = folder.resolve("job");
    Files.writeString(job, "#!/bin/sh\necho \"$@\"\n" + first + "\nexit " + code + "\n");
    assertThat(job.toFile().setExecutable(true)).isTrue();
    List<String> command = new ArrayList<>(List.of("bash", FOLDER + "/nightly.sh"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "WARMLEAD",
                job.toString(),
                "WARMLEAD_CONF",
                "my.conf",
                "WARMLEAD_LAKE",
                "/data/lake",
                "WARMLEAD_ZONE",
                ZONE));
    Process process = builder.start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), words);
  }

  private record Ended(int exitCode, String words) {}
}
