package io.warmlead.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Runs;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator must give the job to know, and the job must tell nobody. */
final class SecretsTest {
  private static final String SECRET = "canary-7f3a91";

  @TempDir private Path folder;

  @Test
  @Tag("proof")
  void aSecretReachesNoLogReportTableOrMessage() throws Exception {
    SmallCompany company = new SmallCompany(folder.resolve("exports"));
    company.exportFirst();
    Path place = Files.createDirectory(folder.resolve("lake"));
    Path events = Files.createDirectory(folder.resolve("events"));
    Map<String, String> spark =
        Map.of(
            "spark.hadoop.fs.s3a.secret.key",
            SECRET,
            "spark.eventLog.enabled",
            "true",
            "spark.eventLog.dir",
            events.toUri().toString());
    String option = "inputs.engagements.options={ password = " + SECRET + " }";
    ChildRun.End good = run(company, place, spark, "score", option);
    assertThat(good.exitCode()).as(good.output()).isEqualTo(3);
    ChildRun.End ingested = run(company, place, spark, "nightly", option);
    assertThat(ingested.exitCode()).as(ingested.output()).isZero();
    ChildRun.End unreadable =
        run(
            company,
            place,
            spark,
            "ingest",
            "inputs.engagements.options={ maxColumns = 1, password = " + SECRET + " }");
    assertThat(unreadable.exitCode()).as(unreadable.output()).isEqualTo(3);
    ChildRun.End inUrl =
        run(
            company,
            place,
            spark,
            "ingest",
            "inputs.engagements.path=https://me:" + SECRET + "@host/engagements.csv");
    assertThat(inUrl.exitCode()).as(inUrl.output()).isEqualTo(2);

    assertThat(List.of(good, ingested, unreadable, inUrl))
        .noneMatch(end -> end.output().contains(SECRET));
    assertThat(ingested.output()).as("the log at its most talkative").contains("INFO");
    assertThat(filesWith(place)).isEmpty();
    assertThat(filesWith(events)).isEmpty();
    assertThat(events).isNotEmptyDirectory();
    assertThat(SmallCompany.rows(place).toString()).doesNotContain(SECRET);
    assertThat(
            TestSession.get()
                .read()
                .format("delta")
                .load(place.resolve(Runs.TABLE.name()).toString())
                .toJSON()
                .collectAsList()
                .toString())
        .contains("maxColumns")
        .doesNotContain(SECRET);
  }

  private ChildRun.End run(
      SmallCompany company,
      Path place,
      Map<String, String> properties,
      String command,
      String setting)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(command));
    company.settings(place.toString()).forEach(known -> arguments.addAll(List.of("--set", known)));
    arguments.addAll(List.of("--set", setting));
    return ChildRun.start(folder, properties, arguments).end();
  }

  private static List<Path> filesWith(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> found = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET)) {
          found.add(file);
        }
      }
      return found;
    }
  }
}
