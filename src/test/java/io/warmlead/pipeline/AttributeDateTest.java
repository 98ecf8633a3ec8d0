package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.RunSettings;
import io.warmlead.config.SettingsLoader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Since when changed attributes hold. */
final class AttributeDateTest {
  private static final Optional<Instant> NONE = Optional.empty();

  @Test
  void withoutAnInstantTheyHoldFromTheDayOfTheNewestEngagement() {
    assertThat(of("UTC", NONE, false, at("2026-03-31T20:00:00Z")))
        .isEqualTo(at("2026-03-31T00:00:00Z"));
    assertThat(of("Australia/Sydney", NONE, false, at("2026-03-31T20:00:00Z")))
        .as("the first of April there")
        .isEqualTo(at("2026-03-31T13:00:00Z"));
    assertThat(of("UTC", NONE, false, NONE)).isEmpty();
  }

  @Test
  void aNightIsTakenAtItsWordThoughSomeEngagementsLieAhead() {
    Optional<Instant> night = at("2026-04-01T00:00:00Z");
    assertThat(of("UTC", night, false, NONE)).isEqualTo(at("2026-03-31T00:00:00Z"));
    assertThat(of("UTC", night, false, at("2026-02-01T08:00:00Z")))
        .isEqualTo(at("2026-03-31T00:00:00Z"));
    assertThat(of("UTC", night, false, at("2026-05-01T08:00:00Z")))
        .as("a meeting that is planned")
        .isEqualTo(at("2026-03-31T00:00:00Z"));
    assertThat(of("UTC", night, false, at("2026-05-03T08:00:00Z")))
        .as("the night is long past")
        .isEqualTo(at("2026-05-03T00:00:00Z"));
  }

  @Test
  void aBackfillDatesNothingBackBeforeTheNewestEngagement() {
    Optional<Instant> last = at("2026-03-20T00:00:00Z");
    assertThat(of("UTC", last, true, at("2026-03-31T08:00:00Z")))
        .isEqualTo(at("2026-03-31T00:00:00Z"));
    assertThat(of("UTC", last, true, at("2026-03-10T08:00:00Z")))
        .isEqualTo(at("2026-03-19T00:00:00Z"));
  }

  private static Optional<Instant> of(
      String zone, Optional<Instant> asOf, boolean isBackfill, Optional<Instant> newest) {
    RunSettings run = SettingsLoader.load(List.of(), List.of("run.zone=" + zone)).run();
    return AttributeDate.of(asOf, isBackfill, newest, run);
  }

  private static Optional<Instant> at(String instant) {
    return Optional.of(Instant.parse(instant));
  }
}
