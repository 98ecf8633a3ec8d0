package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.pipeline.Nightly.Part;
import io.warmlead.pipeline.Progress.Planned;
import io.warmlead.table.Runs;
import io.warmlead.testing.Frames;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run will go through, and how long that takes. */
final class RunPlanTest {
  @TempDir private Path folder;

  @Test
  void aFirstRunHasStagesAndNoTimes() {
    RunContext run = TestRuns.run("r", folder);
    assertThat(RunPlan.of(Nightly.NIGHT, run.lake()))
        .extracting(Planned::name)
        .containsExactly(
            "ingest",
            "activity",
            "train",
            "score",
            "decay",
            "insight",
            "quality",
            "drift",
            "publish");
    assertThat(RunPlan.of(Nightly.NIGHT, run.lake()))
        .allMatch(planned -> planned.usual().isEmpty())
        .allMatch(planned -> planned.isCertain() != planned.name().equals("train"));
    assertThat(RunPlan.of(Set.of(Part.TRAIN), run.lake()))
        .containsExactly(new Planned("train", true, Optional.empty()));
  }

  @Test
  void aStageUsuallyTakesTheMedianOfItsEarlierTimesFailuresLeftOut() {
    RunContext run = TestRuns.run("r", folder);
    run.lake()
        .append(
            Runs.TABLE,
            TestRuns.filled(
                Runs.TABLE,
                Frames.frame(
                    "run_id STRING, stage STRING, status STRING, started_at TIMESTAMP,"
                        + " finished_at TIMESTAMP",
                    row("a", "score", "succeeded", 1, 20),
                    row("b", "score", "succeeded", 2, 10),
                    row("c", "score", "succeeded", 3, 12),
                    row("d", "score", "failed", 4, 11),
                    row("a", "drift", "succeeded", 1, 4),
                    row("b", "drift", "succeeded", 2, 2),
                    row("a", "run", "succeeded", 1, 500))));
    assertThat(RunPlan.of(Set.of(Part.SCORE), run.lake()))
        .containsExactly(
            new Planned("score", true, Optional.of(Duration.ofSeconds(12))),
            new Planned("drift", true, Optional.of(Duration.ofSeconds(2))),
            new Planned("publish", true, Optional.empty()));
  }

  private static Row row(String run, String stage, String status, int day, long seconds) {
    Instant start = Instant.parse("2026-03-0" + day + "T02:00:00Z");
    return Frames.row(
        run, stage, status, Timestamp.from(start), Timestamp.from(start.plusSeconds(seconds)));
  }
}
