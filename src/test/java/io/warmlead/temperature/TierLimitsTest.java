package io.warmlead.temperature;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.SettingsException;
import io.warmlead.config.SettingsLoader;
import io.warmlead.testing.Frames;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Tiers by share and by capacity. */
final class TierLimitsTest {
  private static final TierLimits.Thresholds OF_THE_MODEL =
      new TierLimits.Thresholds(OptionalDouble.of(0.4), OptionalDouble.of(0.1));

  @Test
  void sharesAreTurnedIntoTheProbabilitiesTheyReachTonight() {
    Dataset<Row> open =
        Frames.frame(
            "probability DOUBLE",
            row(0.01),
            row(0.02),
            row(0.03),
            row(0.04),
            row(0.05),
            row((Object) null));
    TierLimits.Thresholds reached =
        limits("by=share", "hot_share=0.25", "warm_share=0.5").thresholds(open, OF_THE_MODEL);
    assertThat(reached.hot()).hasValue(0.04);
    assertThat(reached.warm()).hasValue(0.03);
    assertThat(limits("by=probability").thresholds(open, OF_THE_MODEL)).isEqualTo(OF_THE_MODEL);
  }

  @Test
  void eachOwnerKeepsItsHottestLeadsThoseFirstThatAskedToBuy() {
    Dataset<Row> leads =
        Frames.frame(
            "lead_id STRING, owner STRING, tier STRING, tier_reason STRING, probability DOUBLE,"
                + " asks_enter BIGINT, previous_tier STRING, intent_units BIGINT",
            row("a asked", "ann", "hot", "asked to buy", 0.1, 1L, null, 0L),
            row("b likely", "ann", "hot", "probability", 0.9, 0L, null, 0L),
            row("c less", "ann", "hot", "probability", 0.8, 0L, null, 0L),
            row("d by hand", "ann", "hot", "set by hand", 0.1, 0L, null, 0L),
            row("e warm", "ann", "warm", "engaged", 0.95, 0L, null, 0L),
            row("f other owner", "bob", "hot", "probability", 0.5, 0L, null, 0L),
            row("g was hot", "ann", "hot", "still hot", 0.7, 0L, "hot", 0L));
    Frames.assertSameRows(
        Frames.frame(
            "lead_id STRING, tier STRING, tier_reason STRING",
            row("a asked", "hot", "asked to buy"),
            row("b likely", "hot", "probability"),
            row("c less", "warm", "beyond capacity"),
            row("d by hand", "hot", "set by hand"),
            row("e warm", "warm", "engaged"),
            row("f other owner", "hot", "probability"),
            row("g was hot", "warm", "beyond capacity")),
        limits("by=capacity", "capacity=3")
            .withinCapacity(leads)
            .select("lead_id", "tier", "tier_reason"),
        "lead_id");
    assertThat(
            limits("by=capacity", "capacity=4")
                .withinCapacity(leads)
                .where("tier = 'hot' AND owner = 'ann'")
                .select("lead_id")
                .collectAsList()
                .stream()
                .map(lead -> lead.getString(0)))
        .as(
            "a limit of four is exceeded by the share of hysteresis for the fifth, which was hot before")
        .containsExactlyInAnyOrder("a asked", "b likely", "c less", "d by hand", "g was hot");
  }

  @Test
  void withoutAModelThoseOfTheHighestIntentStayHot() {
    Dataset<Row> leads =
        Frames.frame(
            "lead_id STRING, owner STRING, tier STRING, tier_reason STRING, probability DOUBLE,"
                + " asks_enter BIGINT, previous_tier STRING, intent_units BIGINT",
            row("a", "ann", "hot", "asked to buy", null, 1L, null, 10L),
            row("b", "ann", "hot", "asked to buy", null, 1L, null, 30L),
            row("c", "ann", "hot", "asked to buy", null, 1L, null, 20L));
    assertThat(
            limits("by=capacity", "capacity=2")
                .withinCapacity(leads)
                .where("tier = 'hot'")
                .select("lead_id")
                .collectAsList()
                .stream()
                .map(lead -> lead.getString(0)))
        .containsExactlyInAnyOrder("b", "c");
  }

  @Test
  void aPolicyThatCannotWorkIsRefused() {
    assertThatThrownBy(() -> limits("by=capacity"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("needs temperature.policy.capacity");
    assertThatThrownBy(() -> limits("by=capacity", "capacity=0"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("temperature.policy.capacity = 0");
    assertThatThrownBy(() -> limits("by=share", "hot_share=0.5", "warm_share=0.2"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("lies below temperature.policy.hot_share");
  }

  private static TierLimits limits(String... policy) {
    List<String> assignments =
        Arrays.stream(policy).map(one -> "temperature.policy." + one).toList();
    return new TierLimits(SettingsLoader.load(List.of(), assignments).temperature());
  }
}
