package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.DecayHalfLives;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PointsHalfLivesTest {
  private static final Instant AS_OF = Instant.parse("2026-03-03T00:00:00Z");

  @TempDir private Path folder;

  @Test
  void pointsFadeAsTheEffectOfTheirSignalDoesAndTheOthersAsThatOfAll() {
    RunContext run = TestRuns.run("run", folder);
    run.lake()
        .append(
            DecayHalfLives.TABLE,
            TestRuns.filled(
                DecayHalfLives.TABLE,
                frame(
                        "dimension STRING, value STRING, half_life_days DOUBLE, run_id STRING",
                        row("overall", "all", 90D, "run"),
                        row("segment", "page_view", 70D, "run"),
                        row("signal", "all", 5D, "run"),
                        row("signal", "referral", 20D, "run"),
                        row("signal", "page_view", null, "run"))
                    .withColumn("as_of", lit(Timestamp.from(AS_OF)))));
    TestRuns.publish(run.lake(), "run", LocalDate.parse("2026-03-03"));

    assertThat(PointsHalfLives.before(AS_OF.plusSeconds(60), run.settings(), run.lake()))
        .isEqualTo(Map.of("all", 5D, "referral", 20D));
    assertThat(PointsHalfLives.before(AS_OF, run.settings(), run.lake())).isEmpty();
  }
}
