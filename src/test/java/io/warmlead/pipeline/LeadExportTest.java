package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Runs;
import io.warmlead.testing.Frames;
import io.warmlead.testing.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake of three nights: on the first two Bob was warm, on the third he is hot and owned by a
 * formula. The run of the second night failed.
 */
final class LeadExportTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void threeNights() {
    Lake lake = TestRuns.run("setup", folder.resolve("lake")).lake();
    night(lake, "2026-03-01", "succeeded", row("bob", "warm", "steady", 0.3, "kim"));
    night(lake, "2026-03-02", "failed", row("eve", "hot", "steady", 0.9, "kim"));
    night(
        lake,
        "2026-03-03",
        "succeeded without a model",
        row("bob", "hot", "heating", 0.625, "=1+1"),
        row("ann", "warm", "cooling", 0.25, "Müller, \"A\""));
    new PublishStage(TestRuns.run("setup", folder.resolve("lake")))
        .publish(LocalDate.of(2026, 3, 3));
  }

  @Test
  void everyListIsOneFileWithAHeaderAndRowsInOrder() throws IOException {
    Path to = folder.resolve("csv");
    Invocation export = export(to, "--language", "uk");
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(names(to))
        .containsExactly(
            "cooling_leads.csv",
            "handoffs.csv",
            "hot_leads.csv",
            "rewarmed_leads.csv",
            "save_today.csv");
    List<String> hot = Files.readAllLines(to.resolve("hot_leads.csv"));
    assertThat(hot).hasSize(2);
    assertThat(hot.get(0)).startsWith("lead_id,change,score_date,tier,tier_label,");
    assertThat(hot.get(1))
        .startsWith("bob,,2026-03-03,hot,Гарячий лід,")
        .contains(",0.625,", ",'=1+1,");
    assertThat(Files.readAllLines(to.resolve("cooling_leads.csv")).get(1))
        .startsWith("ann,")
        .contains(",\"Müller, \"\"A\"\"\",");
    assertThat(Files.readAllLines(to.resolve("save_today.csv"))).containsExactly(hot.get(0));
    assertThat(export.lines().get(0))
        .startsWith("hot_leads: 1 row in file:")
        .endsWith("/hot_leads.csv");
    assertThat(export.lines().get(2)).startsWith("save_today: 0 rows in ");
  }

  @Test
  void jsonLinesHaveTheSameColumnsAndTheTextsAsTheyAre() throws IOException {
    Path to = folder.resolve("jsonl");
    assertThat(export(to, "--format", "jsonl", "--set", "report.language=de").exitCode()).isZero();
    assertThat(Files.readAllLines(to.resolve("hot_leads.jsonl")))
        .singleElement()
        .asString()
        .startsWith("{\"lead_id\":\"bob\",\"change\":null,\"score_date\":\"2026-03-03\",")
        .contains("\"probability\":0.625", "\"owner\":\"=1+1\"")
        .contains("\"tier_label\":\"Heißer Lead\"");
  }

  @Test
  void changesAreThoseSinceTheNewestPublishedNight() throws IOException {
    // The night of the second failed: that of the first counts.
    Path to = folder.resolve("changes");
    assertThat(export(to, "--changed-since", "2026-03-02").exitCode()).isZero();
    assertThat(changes(to, "hot_leads")).containsExactly("bob,added");
    assertThat(changes(to, "handoffs")).containsExactly("bob,changed", "ann,added");
    Path before = folder.resolve("before");
    Invocation all = export(before, "--changed-since", "2026-02-28");
    assertThat(all.err()).contains("No night on or before 2026-02-28 was scored");
    assertThat(changes(before, "handoffs")).containsExactly("bob,added", "ann,added");
  }

  @Test
  void theNightThatIsMeantMustBeTheNewest() throws IOException {
    assertThat(export(folder.resolve("meant"), "--as-of", "2026-03-03").exitCode()).isZero();
    refused(
        3,
        "the newest published night is that of 2026-03-03",
        export(folder.resolve("past"), "--as-of", "2026-03-02"));
    String lake = folder.resolve("lake").toString();
    assertThat(
            Invocation.of("sql", "SELECT 1 AS one", "--as-of", "2026-03-02", "--lake", lake).out())
        .isEqualTo("one\n1\n");
  }

  @Test
  void whatCannotBeExportedIsSaidWithTheCure() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    refused(2, "is a file: give a folder", export(file));
    refused(
        2,
        "is after the newest published night, 2026-03-03",
        export(file.resolveSibling("x"), "--changed-since", "2026-03-04"));
    refused(
        2,
        "--changed-since soon: is not a date",
        export(file.resolveSibling("x"), "--changed-since", "soon"));
    refused(
        2, "--language it: must be one of", export(file.resolveSibling("x"), "--language", "it"));
    String empty = folder.resolve("empty").toString();
    refused(2, "--to", Invocation.of("export", "--lake", empty));
    refused(
        3,
        "Run `warmlead nightly` first",
        Invocation.of("export", "--lake", empty, "--to", file.resolveSibling("x").toString()));
  }

  private static void refused(int exitCode, String why, Invocation export) {
    assertThat(export.err()).contains(why);
    assertThat(export.exitCode()).isEqualTo(exitCode);
    assertThat(export.out()).isEmpty();
  }

  private static Invocation export(Path to, String... more) {
    return Invocation.of(
        Stream.concat(
                Stream.of(
                    "export", "--lake", folder.resolve("lake").toString(), "--to", to.toString()),
                Stream.of(more))
            .toList());
  }

  /** Id and change of every row. */
  private static List<String> changes(Path to, String list) throws IOException {
    return Files.readAllLines(to.resolve(list + ".csv")).stream()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(',', line.indexOf(',') + 1)))
        .toList();
  }

  private static List<String> names(Path to) throws IOException {
    try (Stream<Path> files = Files.list(to)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void night(Lake lake, String date, String status, Row... leads) {
    String run = "run of " + date;
    lake.append(
        LeadScores.TABLE,
        Frames.filled(
            LeadScores.TABLE,
            frame(
                    "lead_id STRING, tier STRING, trend STRING, probability DOUBLE, owner STRING",
                    leads)
                .selectExpr(
                    "*",
                    "'" + date + "' AS score_date",
                    "'" + run + "' AS run_id",
                    "IF(tier = 'hot', 'SQL', 'MQL') AS handoff_stage")));
    lake.append(
        Runs.TABLE,
        Frames.filled(
            Runs.TABLE,
            frame(
                "run_id STRING, stage STRING, status STRING, score_date STRING",
                row(run, Runs.WHOLE, status, date))));
  }
}
