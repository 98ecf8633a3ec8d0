package io.warmlead.export;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.ReportSettings;
import io.warmlead.config.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TierLabelsTest {

  @Test
  void aWarmLeadHasTheUsualNameOfEachLanguage() {
    Map.of(
            "en", "Warm lead",
            "de", "Warmer Lead",
            "fr", "Prospect qualifié",
            "es", "Lead caliente",
            "uk", "Теплий лід",
            "pl", "Ciepły lead")
        .forEach(
            (language, label) ->
                assertThat(TierLabels.of(language).labels())
                    .as(language)
                    .containsEntry("warm", label));
  }

  @Test
  void theThreeTiersHaveDifferentNamesInEveryLanguage() {
    for (String language : ReportSettings.LANGUAGES) {
      assertThat(TierLabels.of(language).labels().values())
          .as(language)
          .hasSize(3)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void theSettingsKnowTheSameLanguages() {
    assertThatThrownBy(() -> TierLabels.of("it"))
        .hasMessageContaining(
            String.join(", ", ReportSettings.LANGUAGES.stream().sorted().toList()) + ".");
    assertThatThrownBy(() -> new ReportSettings("it"))
        .isInstanceOf(SettingsException.class)
        .hasMessage("report.language = it: must be one of en, de, fr, es, uk, pl.");
  }

  @Test
  void anUnknownLanguageIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> TierLabels.of("it"))
        .isInstanceOf(SettingsException.class)
        .hasMessage("--language it: must be one of de, en, es, fr, pl, uk.");
  }

  @Test
  void everyTierGetsItsLabelAndNoTierNone() {
    TierLabels german = TierLabels.of("DE");
    assertThat(
            frame("tier STRING", row("cold"), row("warm"), row("hot"), row((Object) null))
                .select(german.label(col("tier")))
                .collectAsList())
        .containsExactly(
            row("Kalter Lead"), row("Warmer Lead"), row("Heißer Lead"), row((Object) null));
  }
}
