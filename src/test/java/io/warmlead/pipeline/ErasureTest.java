package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.LakeSettings;
import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import io.warmlead.table.Rejects;
import io.warmlead.table.Suppressed;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person who was erased is nowhere in the lake, and does not come back. */
@Tag("night")
final class ErasureTest {
  private static final String ADA = "Q-ada-77";

  @TempDir private static Path folder;

  private static Path place;
  private static Lake lake;
  private static List<String> mentionsBefore;
  private static Invocation keyMissing;
  private static Invocation keyInTheLake;
  private static Invocation erased;
  private static Invocation again;

  @BeforeAll
  static void erase() throws IOException {
    place = folder.resolve("lake");
    Files.writeString(folder.resolve("key"), "a secret of more than sixteen bytes\n");
    Files.writeString(
        folder.resolve("leads.csv"),
        """
        lead,created,referrer,partner
        Q-ada-77,2026-01-01,,x
        Q-bob-1,2026-01-01,Q-ada-77,x
        Q-cyd-2,2026-01-01,Q-bob-1,Q-ada-77
        """);
    Files.writeString(
        folder.resolve("events.csv"),
        """
        lead,at,event,visitor,page,note
        Q-ada-77,2026-01-02T08:00:00Z,View,v1,,
        Q-ada-77,never,View,v1,,
        Q-ada-777,never,View,v1,,
        Q-bob-1,2026-01-02T09:00:00Z,View,Q-ada-77,,
        Q-bob-1,2026-01-02T10:00:00Z,View,v2,meeting with Q-ada-77,"Q-ada-77, not Q-ada-777"
        """);
    Files.writeString(
        folder.resolve("outcomes.csv"),
        "lead,what,at\nQ-ada-77,won,2026-01-03\nQ-bob-1,won,2026-01-03\n");
    succeed(over("ingest"));
    lake = open();
    // Twice, so that older versions hold the person too.
    lake.overwrite(LeadScores.TABLE, scores());
    lake.overwrite(LeadScores.TABLE, scores());
    lake.overwrite(LeadScores.CURRENT, scores());
    lake.overwrite(LeadScores.CURRENT, scores().where("lead_id <> '" + ADA + "'"));
    Files.createDirectories(place.resolve("_warmlead/reports"));
    Files.writeString(place.resolve("_warmlead/reports/2026-01-04.html"), "<td>Q-ada-77</td>");
    Files.writeString(place.resolve("_warmlead/reports/2026-01-05.html"), "<td>Q-ada-777</td>");

    mentionsBefore = mentions();
    keyMissing = over("erase", "--lead", ADA, "--set", "erase.key_file=" + folder + "/none");
    Path inside = Files.writeString(place.resolve("key"), "a secret of more than sixteen bytes");
    keyInTheLake = over("erase", "--lead", ADA, "--set", "erase.key_file=" + inside);
    Files.delete(inside);
    erased = over("erase", "--lead", ADA, "--set", key());
  }

  @Test
  void withAKeyThatCannotBeReadOrLiesInTheLakeNobodyIsErased() {
    assertThat(keyMissing.exitCode()).isEqualTo(2);
    assertThat(keyMissing.err()).contains("erase.key_file = ", "there is no such file");
    assertThat(keyInTheLake.exitCode()).isEqualTo(2);
    assertThat(keyInTheLake.err()).contains("lies in the lake itself");
  }

  @Test
  void theReceiptCountsAndNamesNobody() {
    succeed(erased);
    assertThat(erased.out())
        .contains("of 1 person")
        .contains("engagements  1 rows deleted")
        .contains("leads  1 rows deleted")
        .contains("outcomes  1 rows deleted")
        .contains("rejects  1 rows deleted")
        .contains("daily_activity  1 rows deleted")
        .contains("lead_scores  1 rows deleted")
        .contains("lead_scores_current  0 rows deleted")
        .contains("leads  2 rows with a reference emptied")
        .contains("engagements  1 rows with a reference emptied")
        .contains("engagements  1 rows of others that named one")
        .contains("daily_activity  1 rows of others that named one")
        .contains("reports and other files  1 deleted")
        .contains("models  0 with the id");
    assertThat(erased.out() + erased.err()).doesNotContain(ADA + " ").doesNotContain("ada");
  }

  @Test
  void noByteOfTheLakeTellsOfThePerson() throws IOException {
    assertThat(mentionsBefore)
        .as("the search finds what is there")
        .anyMatch(file -> file.contains("/engagements/"))
        .anyMatch(file -> file.contains("/lead_scores_current/"))
        .anyMatch(file -> file.contains("/rejects/"))
        .anyMatch(file -> file.contains("/reports/"));
    assertThat(mentions()).isEmpty();
  }

  @Test
  void othersAreStillThere() {
    assertThat(lake.read(Engagements.TABLE).where("lead_id = 'Q-bob-1'").count()).isEqualTo(2);
    assertThat(lake.read(DailyActivity.TABLE).count()).isEqualTo(1);
    assertThat(lake.read(LeadScores.TABLE).select("lead_id").collectAsList())
        .containsExactly(row("Q-bob-1"));
    assertThat(
            lake.read(Leads.TABLE)
                .selectExpr("lead_id", "referrer_id", "attributes['partner']")
                .collectAsList())
        .containsExactlyInAnyOrder(row("Q-bob-1", null, "x"), row("Q-cyd-2", "Q-bob-1", null));
    assertThat(
            lake.read(Engagements.TABLE)
                .where("asset IS NOT NULL")
                .selectExpr("asset", "attributes['note']")
                .collectAsList())
        .containsExactly(row("meeting with [erased]", "[erased], not Q-ada-777"));
    assertThat(lake.read(Rejects.TABLE).count()).as("of Q-ada-777").isEqualTo(1);
    assertThat(place.resolve("_warmlead/reports/2026-01-05.html")).exists();
    assertThat(lake.read(Outcomes.TABLE).count()).isEqualTo(1);
  }

  @Test
  void thePersonDoesNotComeBackWithTheSameSource() throws IOException {
    // Another time of change makes it another file.
    for (String name : List.of("leads.csv", "events.csv", "outcomes.csv")) {
      Path file = folder.resolve(name);
      Files.writeString(file, Files.readString(file) + "\n");
    }
    Invocation refused = over("ingest");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("persons were erased from this lake");
    succeed(over("ingest", "--set", key()));
    assertThat(mentions()).isEmpty();
    Row account =
        lake.read(IngestedFiles.TABLE)
            .where("input = 'engagements' AND suppressed > 0")
            .selectExpr("rows_in", "accepted", "duplicates", "rejected", "ignored", "suppressed")
            .head();
    assertThat(account).isEqualTo(row(5L, 0L, 2L, 1L, 0L, 2L));
    again = over("erase", "--lead", ADA, "--lead", ADA, "--set", key());
    succeed(again);
    assertThat(again.out()).contains("engagements  0 rows deleted");
    assertThat(lake.read(Suppressed.TABLE).count()).isEqualTo(1);
  }

  /** Files that hold the id: data files decoded, all others byte by byte. */
  private static List<String> mentions() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text =
            file.toString().endsWith(".parquet")
                ? decoded(file)
                : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (text.matches("(?s).*" + ADA + "(?!\\d).*")) {
          found.add(file.toString());
        }
      }
    }
    return found;
  }

  private static String decoded(Path file) {
    Dataset<Row> rows = TestSession.get().read().parquet(file.toString());
    return String.join(
        "\n",
        rows.select(
                to_json(
                    struct(
                        Stream.of(rows.columns())
                            .map(name -> col("`" + name + "`"))
                            .toArray(org.apache.spark.sql.Column[]::new))))
            .as(Encoders.STRING())
            .collectAsList());
  }

  private static Dataset<Row> scores() {
    String score =
        "{\"lead_id\":\"%s\",\"score_date\":\"2026-01-04\",\"tier\":\"cold\",\"tier_reason\":\"-\","
            + "\"tier_since\":\"2026-01-04\",\"has_been_warm\":false,\"is_rewarmed\":false,"
            + "\"trend\":\"new\",\"funnel_stage\":\"engaged\",\"engagement_points\":1,"
            + "\"bant_score\":0,\"bant_missing\":[],\"intent_score\":1,\"policy_version\":\"p\","
            + "\"scored_as_of\":\"2026-01-04 00:00:00\",\"run_id\":\"r\"}";
    return TestSession.get()
        .read()
        .schema(LeadScores.TABLE.schema().asNullable())
        .json(
            TestSession.get()
                .createDataset(
                    List.of(score.formatted(ADA), score.formatted("Q-bob-1")), Encoders.STRING()));
  }

  private static Invocation over(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, "--lake", place.toString()));
    for (String setting :
        List.of(
            "inputs.engagements.path=" + folder.resolve("events.csv"),
            "inputs.engagements.columns={lead_id=lead, occurred_at=at, event=event, asset=page}",
            "inputs.leads.path=" + folder.resolve("leads.csv"),
            "inputs.leads.columns={lead_id=lead, created_at=created, referrer_id=referrer}",
            "inputs.outcomes.path=" + folder.resolve("outcomes.csv"),
            "inputs.outcomes.columns={lead_id=lead, outcome=what, occurred_at=at}",
            "conversion.outcomes=[won]")) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of(options));
    return Invocation.of(arguments);
  }

  private static String key() {
    return "erase.key_file=" + folder.resolve("key");
  }

  private static void succeed(Invocation invocation) {
    assertThat(invocation.exitCode()).as(invocation.err() + invocation.out()).isZero();
  }

  private static Lake open() {
    return Lake.open(
        TestSession.get(),
        new LakeSettings(Optional.of(place.toString()), Optional.empty(), Optional.empty()));
  }
}
