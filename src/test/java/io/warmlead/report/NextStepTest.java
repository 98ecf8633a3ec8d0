package io.warmlead.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What to talk about with a lead. */
final class NextStepTest {
  @Test
  void whatTheLeadTouchedAndWhatComesAfterIt() {
    NextStep step = new NextStep("call_now", Optional.of("/pricing"), Optional.of("demo"));
    assertThat(step.about()).hasValue("/pricing");
    assertThat(step.then()).hasValue("demo");
    assertThat(SaveSection.next(step).render())
        .isEqualTo("call now, about <bdi>/pricing</bdi>, then <bdi>demo</bdi>");
  }

  @Test
  void aNameWithoutLettersTellsNothing() {
    NextStep step = new NextStep("call_now", Optional.of("/"), Optional.of("demo"));
    assertThat(SaveSection.next(step).render()).isEqualTo("call now");
  }

  @Test
  void thereIsNothingToSayToALeadThatIsLeftInPeace() {
    NextStep step = new NextStep("wait", Optional.of("/pricing"), Optional.of("demo"));
    assertThat(SaveSection.next(step).render()).isEqualTo("wait");
  }
}
