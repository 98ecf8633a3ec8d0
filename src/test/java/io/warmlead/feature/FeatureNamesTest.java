package io.warmlead.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Companies name their columns as they like. */
final class FeatureNamesTest {
  private static final FeaturePlan PLAN =
      new FeaturePlan(
          List.of("page_view"),
          List.of("site"),
          List.of("web"),
          List.of("tenure_days", "engagements_total", "age", "age_is_missing", "plan=basic"),
          Map.of("plan", List.of("basic")),
          false,
          List.of());
  private static final List<Feature> FEATURES = FeatureSet.of(PLAN).features();

  @Test
  void anAttributeNamedLikeAFeatureGivesWay() {
    assertThat(FEATURES)
        .extracting(Feature::name)
        .doesNotHaveDuplicates()
        .contains(
            "tenure_days",
            "tenure_days_attribute",
            "engagements_total_attribute",
            "age",
            "age_is_missing",
            "age_is_missing_attribute",
            "plan=basic_attribute");
    assertThat(said("tenure_days", 4)).isEqualTo("known for 4 days");
    assertThat(said("tenure_days_attribute", 4)).isEqualTo("tenure days is 4");
    assertThat(said("engagements_total", 4)).isEqualTo("engaged 4 times in all");
  }

  @Test
  void theColumnBehindAFeatureIsStillKnown() {
    assertThat(FeatureSet.of(PLAN).columns())
        .doesNotContainKeys("tenure_days", "engagements_total")
        .containsEntry("tenure_days_attribute", PlanColumn.attribute("tenure_days"))
        .containsEntry("age_is_missing", PlanColumn.attribute("age"))
        .containsEntry("age_is_missing_attribute", PlanColumn.attribute("age_is_missing"));
  }

  private static String said(String name, double number) {
    return FEATURES.stream()
        .filter(feature -> feature.name().equals(name))
        .findFirst()
        .orElseThrow()
        .phrase()
        .say(number);
  }
}
