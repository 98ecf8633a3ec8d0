package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.warmlead.lake.Lake;
import io.warmlead.report.LeadStory;
import io.warmlead.report.LeadStoryText;
import io.warmlead.table.Engagements;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.Runs;
import io.warmlead.table.TableContract;
import io.warmlead.testing.Invocation;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake of three leads, with twelve published nights and a thirteenth that was not published. */
final class LeadStoriesTest {
  @TempDir private static Path folder;
  private static RunContext run;
  private static LeadStories stories;
  private static LeadStory story;

  @BeforeAll
  static void fillTheLake() {
    run = TestRuns.run("run-1", folder);
    Lake lake = run.lake();
    append(
        lake,
        Leads.TABLE,
        "lead_id STRING, owner STRING, valid_from STRING",
        row("anna-1", "old", "2026-01-01"),
        row("anna-1", "new", "2026-02-01"),
        row("bert-2", null, "2026-01-01"));
    append(
        lake,
        Engagements.TABLE,
        "event_id STRING, lead_id STRING, signal STRING, channel STRING, direction STRING, asset"
            + " STRING, occurred_at TIMESTAMP, known_at TIMESTAMP",
        Stream.concat(
                Stream.of(
                    view("e1", "anna-1", "2026-03-01 08:00:00"),
                    view("e2", "anna-1", "2026-03-01 23:00:00"),
                    view("e3", "anna-1", "2026-03-02 00:00:00"),
                    view("e4", "waiting-3", "2026-03-02 00:00:00")),
                // One on each of 30 days before, of which 18 are told.
                Stream.iterate(LocalDate.of(2026, 2, 28), day -> day.minusDays(1))
                    .limit(30)
                    .map(day -> view("e-" + day, "anna-1", day + " 12:00:00")))
            .toArray(Row[]::new));
    append(
        lake,
        Runs.TABLE,
        "run_id STRING, stage STRING, status STRING, score_date STRING",
        row("run-1", Runs.WHOLE, "succeeded", "2026-03-02"),
        row("run-2", Runs.WHOLE, "failed", "2026-03-03"));
    append(
        lake,
        LeadScores.TABLE,
        "lead_id STRING, score_date STRING, scored_as_of STRING, tier STRING, probability DOUBLE,"
            + " run_id STRING",
        Stream.concat(
                Stream.iterate(LocalDate.of(2026, 3, 2), day -> day.minusDays(1))
                    .limit(12)
                    .map(day -> score(day, "run-1")),
                Stream.of(score(LocalDate.of(2026, 3, 3), "run-2")))
            .toArray(Row[]::new));
    stories = new LeadStories(run);
    story = stories.story("anna-1");
  }

  @Test
  void theNewestTouchesAreToldInTheOrderOfTimeAndEqualOnesOfADayAsOne() {
    assertThat(story.engagements()).isEqualTo(33);
    assertThat(story.timeline()).hasSize(20);
    assertThat(story.timeline().subList(17, 20))
        .extracting(LeadStory.Touch::times, touch -> touch.lastAt().toString())
        .containsExactly(
            tuple(1L, "2026-02-28T12:00:00Z"),
            tuple(2L, "2026-03-01T23:00:00Z"),
            tuple(1L, "2026-03-02T00:00:00Z"));
  }

  @Test
  void onlyPublishedNightsCount() {
    assertThat(story.scores()).hasSize(10);
    assertThat(story.scores().get(9).scoreDate()).isEqualTo("2026-03-02");
    assertThat(story.newestNight()).contains(LocalDate.of(2026, 3, 2));
    assertThat(story.newest().orElseThrow().scoredAsOf()).isEqualTo("2026-03-02T00:00:00Z");
  }

  @Test
  void asOfAnInstantNothingLaterIsTold() {
    LeadStory then =
        new LeadStories(run, Optional.of(Instant.parse("2026-03-01T23:00:00Z"))).story("anna-1");
    assertThat(then.engagements()).isEqualTo(31);
    assertThat(then.timeline().get(19).lastAt()).isEqualTo("2026-03-01T08:00:00Z");
    assertThat(then.scores().get(9).scoreDate()).isEqualTo("2026-03-01");
    Invocation before = explain("--lead", "waiting-3", "--as-of", "2026-03-02");
    assertThat(before.exitCode()).isEqualTo(2);
    assertThat(before.err()).contains("nothing was known of it before 2026-03-02T00:00:00Z");
  }

  @Test
  void theAttributesAreThoseOfTheNewestVersion() {
    assertThat(story.lead().orElseThrow().owner()).isEqualTo(Optional.of("new"));
  }

  @Test
  void aLeadWithoutAnythingButEngagementsHasAStoryToo() {
    LeadStory waiting = stories.story("waiting-3");
    assertThat(waiting.lead()).isEmpty();
    assertThat(waiting.timeline()).hasSize(1);
    assertThat(waiting.scores()).isEmpty();
  }

  @Test
  void anUnknownLeadIsAnErrorThatNamesTheNearestOne() {
    Invocation wrong = explain("--lead", "ANA-1");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("--lead ANA-1 is in neither").contains("mean anna-1?");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void theCommandTellsIt() {
    assertThat(LeadStoryText.of(story, ZoneOffset.UTC))
        .first()
        .asString()
        .startsWith("anna-1: warm, 10.0 % chance of a conversion within the horizon")
        .doesNotContain("not open");
    assertThat(explain("--lead", "anna-1", "--format", "json").lines())
        .singleElement()
        .asString()
        .startsWith("{\"lead_id\":\"anna-1\",");
  }

  private static Invocation explain(String... arguments) {
    return Invocation.of(
        Stream.concat(Stream.of("explain", "--lake", folder.toString()), Stream.of(arguments))
            .toList());
  }

  private static Row view(String event, String lead, String at) {
    Timestamp time = Timestamp.valueOf(at);
    return row(event, lead, "pricing_view", "web", "inbound", "/pricing", time, time);
  }

  private static Row score(LocalDate date, String run) {
    return row("anna-1", date.toString(), date + " 00:00:00", "warm", 0.1, run);
  }

  private static void append(Lake lake, TableContract table, String schema, Row... rows) {
    lake.append(table, TestRuns.filled(table, frame(schema, rows)));
  }
}
