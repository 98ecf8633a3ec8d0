package io.warmlead.temperature;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.SettingsLoader;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The frameworks that are shown beside the model. */
final class FrameworksTest {
  private static final Behaviour BEHAVIOUR =
      Behaviour.of(SettingsLoader.load(List.of(), List.of()), List.of(), Map.of());

  @Test
  void frameworksSayWhatIsMissingAndHowFarALeadIs() {
    long inbound = (LeadsWithSums.AS_OF.getEpochSecond() - 30 * 86_400L) * 1_000_000L;
    Map<String, Map<String, Object>> leads =
        Map.of(
            "known",
                Map.of(
                    "budget",
                    "yes",
                    "authority",
                    "yes",
                    "need",
                    "yes",
                    "timeline",
                    "soon",
                    "tier",
                    "hot",
                    "temperature",
                    50D,
                    "meetings_30d",
                    1L,
                    "inbound_90d",
                    3L,
                    "all_90d",
                    4L,
                    "last_inbound_micros",
                    inbound),
            "unknown", Map.of("need", "yes", "tier", "cold"));
    List<Row> rows =
        Frameworks.withFrameworks(LeadsWithSums.of(BEHAVIOUR, leads), BEHAVIOUR)
            .orderBy("lead_id")
            .select(
                "bant_score",
                "bant_missing",
                "inbound_share",
                "funnel_stage",
                "readiness",
                "intent_score")
            .collectAsList();
    Row known = rows.get(0);
    assertThat(known.getInt(0)).isEqualTo(4);
    assertThat(known.getList(1)).isEmpty();
    assertThat(known.getDouble(2)).isEqualTo(0.75);
    assertThat(known.getString(3)).isEqualTo("sales engagement");
    assertThat(known.getDouble(4)).as("halved in thirty days").isEqualTo(25);
    Row unknown = rows.get(1);
    assertThat(unknown.getInt(0)).isEqualTo(1);
    assertThat(unknown.<String>getList(1)).containsExactly("budget", "authority", "timing");
    assertThat(unknown.isNullAt(2)).isTrue();
    assertThat(unknown.getString(3)).isEqualTo("identified");
    assertThat(unknown.getDouble(5)).isZero();
  }
}
