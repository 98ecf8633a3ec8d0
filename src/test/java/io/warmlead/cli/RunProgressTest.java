package io.warmlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.lake.WorkMeter.Work;
import io.warmlead.pipeline.Progress.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How far a run has come, by the clock and by how long its stages usually take. */
final class RunProgressTest {
  private static final Instant START = Instant.parse("2026-03-03T02:30:00Z");

  @Test
  void aStageWeighsAsMuchAsItUsuallyTakes() {
    RunProgress progress = threeStages();
    progress.begin("ingest", "new files", START, Work.NONE);
    isAbout(progress.share(after(5)), 0.05);
    isAbout(progress.left(after(5)), 95);
    progress.begin("score", "every open lead", after(12), Work.NONE);
    isAbout(progress.share(after(12)), 0.1);
    isAbout(progress.share(after(42)), 0.4);
    isAbout(progress.left(after(42)), 60);
  }

  @Test
  void aStageThatTakesLongerThanUsualIsNotOver() {
    RunProgress progress = threeStages();
    progress.begin("publish", "the newest night", after(70), Work.NONE);
    isAbout(progress.share(after(200)), 0.7 + 0.3 * 0.95);
    isAbout(progress.left(after(200)), 0);
  }

  @Test
  void trainingCountsFromTheMomentItBegins() {
    RunProgress progress =
        new RunProgress(
            List.of(
                planned("ingest", true, 10),
                planned("train", false, 80),
                planned("score", true, 10)),
            START);
    progress.begin("ingest", "new files", START, Work.NONE);
    isAbout(progress.left(START), 20);
    progress.begin("train", "candidates", after(10), Work.NONE);
    isAbout(progress.share(after(10)), 0.1);
    isAbout(progress.left(after(10)), 90);
    progress.begin("score", "every open lead", after(90), Work.NONE);
    isAbout(progress.left(after(90)), 10);
  }

  @Test
  void theFirstRunCountsStagesAndForetellsNothing() {
    RunProgress progress =
        new RunProgress(
            List.of(
                new Planned("ingest", true, Optional.empty()),
                new Planned("score", true, Optional.empty())),
            START);
    progress.begin("score", "every open lead", after(30), Work.NONE);
    isAbout(progress.share(after(40)), 0.5);
    assertThat(progress.left(after(40))).isEmpty();
    assertThat(progress.line(after(40), Work.NONE, 100))
        .isEqualTo("[##########..........] 50 %  score: every open lead | 0:40");
  }

  @Test
  void theLineTellsTasksAndRowsOfTheStageAloneAndHowMuchTimeIsLeft() {
    RunProgress progress = threeStages();
    progress.begin("score", "every open lead", after(10), new Work(20, 20, 5000));
    assertThat(progress.line(after(40), new Work(60, 28, 17_345), 200))
        .isEqualTo(
            "[########............] 40 %  score: every open lead"
                + " | 8 of 40 tasks, 12,345 rows | 0:40, about 1:00 left");
  }

  @Test
  void aNarrowTerminalCutsWordsBeforeTimesAndNeverWraps() {
    RunProgress progress = threeStages();
    progress.begin("score", "every open lead as of 2026-03-03", after(10), Work.NONE);
    assertThat(progress.line(after(40), new Work(40, 8, 12_345), 60))
        .hasSize(59)
        .endsWith(".. | 0:40, about 1:00 left");
    for (int columns = 20; columns < 160; columns++) {
      assertThat(progress.line(after(4000), new Work(40, 8, 12_345), columns))
          .hasSizeLessThan(columns);
    }
  }

  @Test
  void aStageOutsideThePlanHasNoShare() {
    RunProgress progress = threeStages();
    progress.begin("report", "what the night came to", after(100), Work.NONE);
    assertThat(progress.share(after(101))).isEmpty();
    assertThat(progress.line(after(101), Work.NONE, 100))
        .isEqualTo("report: what the night came to | 1:41");
  }

  private static RunProgress threeStages() {
    return new RunProgress(
        List.of(
            planned("ingest", true, 10), planned("score", true, 60), planned("publish", true, 30)),
        START);
  }

  private static Planned planned(String name, boolean isCertain, long seconds) {
    return new Planned(name, isCertain, Optional.of(Duration.ofSeconds(seconds)));
  }

  private static Instant after(long seconds) {
    return START.plusSeconds(seconds);
  }

  private static void isAbout(Optional<Double> value, double expected) {
    assertThat(value.orElseThrow()).isCloseTo(expected, within(1e-9));
  }
}
