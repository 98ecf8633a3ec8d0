package io.warmlead.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class SimulationPlanTest {
  @Test
  void demoIsAPlan() {
    assertThat(SimulationPlan.demo("there"))
        .isEqualTo(new SimulationPlan("there", 3_000, 180, 120_000, 7));
  }

  @Test
  void refusalsNameTheKeyAndTheValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimulationPlan(" ", 10, 30, 100, 1))
        .withMessage("to = ' ': must name a folder");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimulationPlan("there", 0, 30, 100, 1))
        .withMessageStartingWith("leads = 0: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimulationPlan("there", 10, 6, 100, 1))
        .withMessageStartingWith("days = 6: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimulationPlan("there", 10, 30, 9, 1))
        .withMessage("events = 9: must be at least one per lead, 10");
  }
}
