package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.UserFailure;
import io.warmlead.model.ModelEntry.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private static final List<ModelEntry> ENTRIES =
      List.of(
          entry("v1", Status.ARCHIVED, 1),
          entry("v2", Status.ARCHIVED, 2),
          entry("v3", Status.REFUSED, 3),
          entry("v4", Status.CHAMPION, 4),
          entry("v5", Status.CHALLENGER, 5));

  @Test
  void theChampionScoresFromItsTrainingOn() {
    assertThat(championAsOf(ENTRIES, 4)).contains("v4");
    assertThat(championAsOf(ENTRIES, 9)).contains("v4");
  }

  @Test
  void earlierInstantsTakeTheNewestFormerChampionOfThatTime() {
    assertThat(championAsOf(ENTRIES, 3)).contains("v2");
    assertThat(championAsOf(ENTRIES, 1)).contains("v1");
    assertThat(Registry.championAsOf(ENTRIES, Instant.parse("2024-12-31T00:00:00Z"))).isEmpty();
  }

  @Test
  void retrainingIsDueByAgeAndWhereNoModelIs() {
    assertThat(Registry.isRetrainingDue(List.of(), month(1), 28)).isTrue();
    assertThat(Registry.isRetrainingDue(ENTRIES, Instant.parse("2025-04-28T23:59:59Z"), 28))
        .isFalse();
    assertThat(Registry.isRetrainingDue(ENTRIES, Instant.parse("2025-04-29T00:00:00Z"), 28))
        .isTrue();
  }

  @Test
  void promotionArchivesTheFormerChampion() {
    List<ModelEntry> after = Registry.promote(ENTRIES, "v5");
    assertThat(championAsOf(after, 9)).contains("v5");
    assertThat(championAsOf(after, 4)).contains("v4");
    assertThatThrownBy(() -> Registry.promote(ENTRIES, "v9"))
        .hasMessage(
            "There is no model version v9. Did you mean v1? Newest first: v5, v4, v3, v2, v1");
    assertThatThrownBy(() -> Registry.promote(List.of(), "v9"))
        .hasMessageContaining("The registry is empty");
  }

  @Test
  void whatAGateRefusedCannotBePromotedButWhatWasRolledBackCan() {
    assertThatThrownBy(() -> Registry.promote(ENTRIES, "v3"))
        .isInstanceOfSatisfying(
            UserFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(UserFailure.Kind.REFUSED))
        .hasMessageContaining("a gate refused it");
    List<ModelEntry> back = Registry.rollback(ENTRIES, Optional.empty());
    assertThat(championAsOf(Registry.promote(back, "v4"), 9)).contains("v4");
  }

  @Test
  void aChallengerAndARollbackPutTheNextTrainingOff() {
    List<ModelEntry> challenged =
        List.of(entry("v1", Status.CHAMPION, 1), entry("v2", Status.CHALLENGER, 4));
    assertThat(Registry.isRetrainingDue(challenged, month(5).minusSeconds(172_801), 28)).isFalse();
    assertThat(Registry.isRetrainingDue(challenged, month(5), 28)).isTrue();
    List<ModelEntry> back = Registry.rollback(ENTRIES, Optional.empty());
    assertThat(Registry.isRetrainingDue(back, month(4).plusSeconds(60), 28)).isFalse();
    // Where no model may score, none is waited for.
    assertThat(Registry.isRetrainingDue(List.of(entry("v2", Status.CHALLENGER, 4)), month(4), 28))
        .isTrue();
  }

  @Test
  void whatWasRolledBackNeverScoresAgainNotEvenInABackfill() {
    List<ModelEntry> after = Registry.rollback(ENTRIES, Optional.empty());
    assertThat(championAsOf(after, 9)).contains("v2");
    assertThat(championAsOf(Registry.rollback(ENTRIES, Optional.of("v1")), 9)).contains("v1");
    assertThat(championAsOf(Registry.promote(after, "v5"), 4)).contains("v2");
    assertThatThrownBy(() -> Registry.rollback(ENTRIES, Optional.of("v3")))
        .hasMessage("v3 is refused, not a former champion.");
    assertThatThrownBy(() -> Registry.rollback(List.of(), Optional.empty()))
        .hasMessage("There is no champion to roll back.");
  }

  @Test
  void statusesAreStoredInSmallLetters() {
    for (Status status : Status.values()) {
      assertThat(Status.of(status.stored())).isEqualTo(status);
    }
  }

  private static Optional<String> championAsOf(List<ModelEntry> entries, int month) {
    return Registry.championAsOf(entries, month(month)).map(ModelEntry::version);
  }

  private static ModelEntry entry(String version, Status status, int month) {
    return new ModelEntry(version, status, month(month), status != Status.REFUSED);
  }

  private static Instant month(int month) {
    return Instant.parse("2025-0" + month + "-01T00:00:00Z");
  }
}
