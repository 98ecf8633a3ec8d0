package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Outcomes;
import io.warmlead.table.TierQuality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of two dates, one week apart; the horizon is 30 days. */
final class QualityStageTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
  private static final LocalDate SECOND = FIRST.plusDays(7);

  @TempDir private static Path scored;
  @TempDir private Path folder;
  private Lake lake;

  @BeforeAll
  static void scoreTwoDates() {
    Lake lake = TestRuns.run("scoring", scored).lake();
    score(lake, FIRST, 0.5, "scoring-1");
    score(lake, SECOND, 0.5, "scoring-2");
    outcomes(
        lake,
        // On the instant of the scores: within. At the end of the horizon: no longer.
        row("lead-0", "won", at(FIRST, 0), true),
        row("lead-1", "won", at(FIRST, 29), true),
        row("lead-2", "won", at(FIRST, 30), true),
        row("lead-3", "lost", at(FIRST, 3), false),
        row("lead-4", "won", at(FIRST, -1), true));
  }

  @BeforeEach
  void startFromThatLake() throws IOException {
    try (Stream<Path> files = Files.walk(scored)) {
      for (Path file : files.filter(path -> !path.equals(scored)).toList()) {
        Files.copy(file, folder.resolve(scored.relativize(file)));
      }
    }
    lake = TestRuns.run("copied", folder).lake();
  }

  @Test
  void aDateIsJudgedOnceItsHorizonHasPassed() {
    judge("run-1", at(FIRST, 30).minusMillis(1));
    assertThat(lake.read(TierQuality.TABLE).count()).isZero();
    judge("run-2", at(FIRST, 30));
    assertThat(told()).containsExactly("2026-01-05 all: 2 of 40, promised 20.0 by m-1, kept false");
    judge("run-3", at(SECOND, 30));
    assertThat(told())
        .containsExactly(
            "2026-01-05 all: 2 of 40, promised 20.0 by m-1, kept false",
            "2026-01-12 all: 2 of 40, promised 20.0 by m-1, kept false");
    // Lead by lead: hot ones are few enough for half a conversion to matter.
    Row warm =
        lake.read(TierQuality.TABLE)
            .where("score_date = '2026-01-05' AND tier = 'warm' AND segment = 'all'")
            .head();
    assertThat(warm.<Long>getAs("leads")).isEqualTo(20);
  }

  @Test
  void outcomesAfterTheInstantAreNotKnownAndAnotherNightChangesNothing() {
    judge("run-1", at(SECOND, 30));
    List<String> before = told();
    outcomes(lake, row("lead-9", "won", at(SECOND, 31), true));
    judge("run-2", at(SECOND, 40));
    assertThat(told()).isEqualTo(before);
  }

  @Test
  void aDateThatWasScoredAnewIsJudgedAnew() {
    judge("run-1", at(SECOND, 30));
    score(lake, FIRST, 0.05, "scoring-3");
    judge("run-2", at(SECOND, 31));
    assertThat(told().get(0)).isEqualTo("2026-01-05 all: 2 of 40, promised 2.0 by m-1, kept true");
  }

  @Test
  void aBrokenPromiseIsAWarningAndAKeptOneIsNot() {
    judge("run-1", at(FIRST, 30));
    assertThat(warnings(at(FIRST, 30)))
        .contains(
            "all leads of 2026-01-05: 20.0 conversions promised by m-1, 2 came (tier_quality)");
    score(lake, FIRST, 0.05, "scoring-3");
    judge("run-2", at(FIRST, 30));
    assertThat(warnings(at(FIRST, 30))).isEmpty();
  }

  @Test
  void whatANightThatWasNeverPublishedHasJudgedIsJudgedAgain() {
    new QualityStage(TestRuns.run("cut-off", folder)).judge(at(SECOND, 30));
    assertThat(warnings(at(SECOND, 30))).as("seen by nobody").isEmpty();
    judge("run-1", at(SECOND, 31));
    assertThat(
            lake.read(TierQuality.TABLE)
                .select("score_date", "run_id")
                .distinct()
                .orderBy("score_date")
                .collectAsList()
                .toString())
        .isEqualTo("[[2026-01-05,run-1], [2026-01-12,run-1]]");
  }

  @Test
  void scoresThatWereNeverPublishedPromiseNothing() {
    LocalDate third = SECOND.plusDays(7);
    write(lake, third, 0.9, "cut-off");
    judge("run-1", at(third, 30));
    assertThat(told()).hasSize(2).last().asString().startsWith("2026-01-12");
  }

  private void judge(String id, Instant asOf) {
    new QualityStage(TestRuns.run(id, folder)).judge(asOf);
    TestRuns.publish(lake, id, AsOf.date(asOf, TestRuns.run(id, folder).settings().run()));
  }

  private List<String> warnings(Instant asOf) {
    return new QualityStage(TestRuns.run("report", folder)).warnings(asOf);
  }

  private static Instant at(LocalDate date, int days) {
    return Instant.parse(date + "T00:00:00Z").plus(Duration.ofDays(days));
  }

  private static void score(Lake lake, LocalDate date, double probability, String runId) {
    write(lake, date, probability, runId);
    TestRuns.publish(lake, runId, date);
  }

  private static void write(Lake lake, LocalDate date, double probability, String runId) {
    List<Row> rows = new ArrayList<>();
    for (int lead = 0; lead < 40; lead++) {
      rows.add(
          row(
              "lead-" + lead,
              date.toString(),
              "smb",
              lead % 2 == 0 ? "warm" : "cold",
              probability,
              "m-1",
              Timestamp.from(at(date, 0)),
              runId));
    }
    lake.replaceWhere(
        LeadScores.TABLE,
        TestRuns.filled(
            LeadScores.TABLE,
            frame(
                "lead_id STRING, score_date STRING, segment STRING, tier STRING,"
                    + " probability DOUBLE, model_version STRING, scored_as_of TIMESTAMP,"
                    + " run_id STRING",
                rows.toArray(Row[]::new))),
        "score_date = DATE'" + date + "'");
  }

  private static void outcomes(Lake lake, Row... rows) {
    List<Row> stored = new ArrayList<>();
    for (Row row : rows) {
      stored.add(row(row.get(0), row.get(1), Timestamp.from((Instant) row.get(2)), row.get(3)));
    }
    lake.append(
        Outcomes.TABLE,
        TestRuns.filled(
            Outcomes.TABLE,
            frame(
                "lead_id STRING, outcome STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN",
                stored.toArray(Row[]::new))));
  }

  private List<String> told() {
    return lake
        .read(TierQuality.TABLE)
        .where("tier = 'all' AND segment = 'all'")
        .orderBy("score_date")
        .collectAsList()
        .stream()
        .map(
            row ->
                String.format(
                    java.util.Locale.ROOT,
                    "%s all: %d of %d, promised %.1f by %s, kept %s",
                    row.<Object>getAs("score_date"),
                    row.<Long>getAs("observed"),
                    row.<Long>getAs("leads"),
                    row.<Double>getAs("expected"),
                    row.<String>getAs("model_version"),
                    row.<Object>getAs("kept")))
        .toList();
  }
}
