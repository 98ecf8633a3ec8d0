package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.UserFailure;
import io.warmlead.table.Models;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A champion for 30 days, where the horizon is 180 days by now. */
final class ModelStoreTest {
  private static final Instant TRAINED = Instant.parse("2026-01-05T00:00:00Z");
  private static final Instant NIGHT = TRAINED.plus(Duration.ofDays(3));

  @TempDir private Path folder;
  private RunContext run;

  @BeforeEach
  void registerAChampion() {
    run = TestRuns.run("run-1", folder, "conversion.horizon = 180 days");
    ModelStore.Saved saved = new ModelStore(run).save(ModelFitTest.stored());
    register("m-1", "champion", TRAINED, saved.uri(), saved.digest());
  }

  @Test
  void whereTheChampionDoesNotFitATrainingIsDueEveryNight() {
    for (Instant night : new Instant[] {TRAINED, NIGHT}) {
      assertThat(new Retraining(run).due(night))
          .hasValue(
              "m-1 foresees conversions within 30 days, and conversion.horizon is now 180 days");
    }
    assertThat(new Retraining(TestRuns.run("run-2", folder)).due(NIGHT)).isEmpty();
  }

  @Test
  void whereTheChampionDoesNotFitAndTrainingWasRefusedNoModelScores() {
    assertThatThrownBy(() -> new ModelStore(run).championAsOf(NIGHT))
        .isInstanceOf(UserFailure.class)
        .hasMessageContaining("conversion.horizon is now 180 days. Train again");
    register("m-2", "refused", NIGHT, null, null);
    assertThat(new ModelStore(run).championAsOf(NIGHT)).isEmpty();
    // Of the next night nothing was tried yet.
    assertThatThrownBy(() -> new ModelStore(run).championAsOf(NIGHT.plus(Duration.ofDays(1))))
        .isInstanceOf(UserFailure.class);
  }

  @Test
  void aChampionThatFitsScoresWhateverWasRefused() {
    register("m-2", "refused", NIGHT, null, null);
    assertThat(new ModelStore(TestRuns.run("run-2", folder)).championAsOf(NIGHT))
        .hasValueSatisfying(stored -> assertThat(stored.model().version()).isEqualTo("m-1"));
  }

  private void register(String version, String status, Instant trained, String uri, String digest) {
    run.lake()
        .append(
            Models.TABLE,
            TestRuns.filled(
                Models.TABLE,
                frame(
                    "version STRING, status STRING, trained_as_of TIMESTAMP, uri STRING,"
                        + " digest STRING, refused_because STRING",
                    row(
                        version,
                        status,
                        Timestamp.from(trained),
                        uri,
                        digest,
                        status.equals("refused") ? "too little data" : null))));
  }
}
