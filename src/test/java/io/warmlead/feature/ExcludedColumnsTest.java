package io.warmlead.feature;

import static io.warmlead.feature.WrittenHistory.MIDNIGHT;
import static io.warmlead.feature.WrittenHistory.PLAN;
import static io.warmlead.feature.WrittenHistory.random;
import static io.warmlead.feature.WrittenHistory.vectors;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmlead.testing.Frames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What a plan excludes has no part in any feature. */
final class ExcludedColumnsTest {
  @Test
  void anExcludedSignalCountsNowhere() {
    Random random = new Random(13);
    List<Row> engagements = new ArrayList<>();
    for (int index = 0; index < 300; index++) {
      Instant at = MIDNIGHT.minusSeconds(1 + random.nextInt(100 * 86_400));
      engagements.add(random(random, at, at));
    }
    for (String excluded : List.of("demo_request", "outreach_sent")) {
      FeaturePlan plan = PLAN.without(Set.of(PlanColumn.signal(excluded)));
      assertThat(plan.excludedSignals()).containsExactly(excluded);
      assertThat(FeatureSet.of(plan).columns()).doesNotContainValue(PlanColumn.signal(excluded));
      List<Row> others =
          engagements.stream().filter(one -> !one.getString(3).equals(excluded)).toList();
      assertThat(others).hasSizeLessThan(engagements.size());
      Frames.assertSameRows(
          vectors(plan, others, 1, MIDNIGHT), vectors(plan, engagements, 1, MIDNIGHT), "lead_id");
    }
  }

  @Test
  void anExcludedAttributeHasNoFeatureAndOthersStay() {
    FeaturePlan plan =
        PLAN.without(Set.of(PlanColumn.attribute("employees"), PlanColumn.attribute("page_view")));
    assertThat(names(plan))
        .doesNotContain("employees", "employees_is_missing")
        .contains("source=web", "source=missing", "events_7d__page_view");
    assertThat(names(PLAN.without(Set.of(PlanColumn.attribute("source")))))
        .doesNotContain("source=web", "source=other", "source=missing")
        .contains("employees");
    assertThat(FeatureSet.of(PLAN).columns())
        .containsEntry("employees_is_missing", PlanColumn.attribute("employees"))
        .containsEntry("days_since__page_view", PlanColumn.signal("page_view"))
        .doesNotContainKey("engagements_7d");
  }

  @Test
  void aStoredPlanKeepsWhatItExcludesAndAnOlderOneExcludesNothing() throws Exception {
    ObjectMapper json = new ObjectMapper();
    FeaturePlan plan = PLAN.without(Set.of(PlanColumn.signal("demo_request")));
    String stored = json.writeValueAsString(plan);
    assertThat(json.readValue(stored, FeaturePlan.class)).isEqualTo(plan);
    String older = json.writeValueAsString(PLAN).replace(",\"excludedSignals\":[]", "");
    assertThat(older).doesNotContain("excludedSignals");
    assertThat(json.readValue(older, FeaturePlan.class)).isEqualTo(PLAN);
  }

  private static List<String> names(FeaturePlan plan) {
    return FeatureSet.of(plan).features().stream().map(Feature::name).toList();
  }
}
