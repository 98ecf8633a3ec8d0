package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.config.UserFailure;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeatureSet;
import io.warmlead.model.Calibration;
import io.warmlead.model.ScoringModel;
import io.warmlead.model.TierThresholds;
import io.warmlead.model.TrainingRecord;
import io.warmlead.model.Tree;
import io.warmlead.model.TreePredictor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A model that counts page views and site_visit, a raw name, and reads an attribute. */
final class ModelFitTest {
  private static final FeaturePlan PLAN =
      new FeaturePlan(
          List.of("page_view", "site_visit"),
          List.of("site"),
          List.of(),
          List.of("age"),
          Map.of("industry", List.of("retail")),
          false,
          List.of());

  @Test
  void settingsThatStillMakeEverythingFit() {
    ModelFit.require(stored(), settings());
    ModelFit.require(
        stored(),
        settings(
            "signals.map = [{ event = view, signal = page_view }, { event = x, signal = ignore }]"));
    // Ignored on one channel only.
    ModelFit.require(
        stored(),
        settings("signals.map = [{ event = site_visit, channel = ads, signal = ignore }]"));
    ModelFit.require(
        stored(),
        settings("signals.map = [{ event = site_visit, direction = inbound, signal = ignore }]"));
  }

  @Test
  void anotherHorizonIsAnotherQuestion() {
    assertThatThrownBy(() -> ModelFit.require(stored(), settings("conversion.horizon = 60 days")))
        .isInstanceOf(UserFailure.class)
        .hasMessageContaining(
            "m-1 foresees conversions within 30 days, and conversion.horizon is now 60 days")
        .hasMessageContaining("warmlead train");
  }

  @Test
  void anAttributeThatIsLeftOutIsNamed() {
    assertThatThrownBy(
            () -> ModelFit.require(stored(), settings("inputs.leads.exclude = [age, industry]")))
        .hasMessageContaining("m-1 reads age, industry, which inputs.leads.exclude");
  }

  @Test
  void aSignalThatIsRenamedOrIgnoredIsNamed() {
    for (String event : List.of("site_visit", "/site/")) {
      assertThatThrownBy(
              () ->
                  ModelFit.require(
                      stored(),
                      settings(
                          "signals.map = [{ event = \"" + event + "\", signal = page_view }]")))
          .hasMessageContaining("counts the signal site_visit, which signals.map now");
    }
  }

  @Test
  void aRuleForOneSpellingLeavesTheOthersOfACatalogueSignal() {
    // Events named "Page View" come to the signal by their own name: the pattern misses them.
    ModelFit.require(
        stored(), settings("signals.map = [{ event = \"/^page/\", signal = pricing_view }]"));
  }

  private static Settings settings(String... more) {
    return SettingsLoader.load(
        List.of(),
        Stream.concat(Stream.of("lake.path=/nowhere", "conversion.outcomes=[won]"), Stream.of(more))
            .toList());
  }

  static ModelStore.StoredModel stored() {
    Instant asOf = Instant.parse("2026-01-05T00:00:00Z");
    ScoringModel model =
        new ScoringModel(
            3,
            "m-1",
            FeatureSet.of(PLAN).features(),
            new TreePredictor(
                List.of(
                    new Tree(
                        List.of(-1),
                        List.of(0D),
                        List.of(0),
                        List.of(0),
                        List.of(0D),
                        List.of(9D)))),
            Calibration.straight(0, 1),
            new TierThresholds(0.4, 0.1),
            new TrainingRecord(
                asOf,
                asOf.minus(Duration.ofDays(200)),
                asOf.minus(Duration.ofDays(30)),
                Duration.ofDays(30),
                900,
                50,
                150,
                "by hand",
                List.of(0.5, 1.0),
                List.of()),
            Map.of());
    assertThat(model.features()).isNotEmpty();
    return new ModelStore.StoredModel(model, PLAN);
  }
}
