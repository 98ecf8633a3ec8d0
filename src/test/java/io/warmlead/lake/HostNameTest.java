package io.warmlead.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A machine need not know its own name. */
final class HostNameTest {
  private static final HostName.Lookup UNKNOWN =
      () -> {
        throw new UnknownHostException("vm: Name or service not known");
      };

  @Test
  void theSystemIsAskedFirstThenTheEnvironment() {
    assertThat(HostName.own(() -> "vm", Map.of("HOSTNAME", "pod"))).isEqualTo("vm");
    assertThat(HostName.own(UNKNOWN, Map.of("HOSTNAME", "pod"))).isEqualTo("pod");
    assertThat(HostName.own(UNKNOWN, Map.of("HOSTNAME", " "))).isEqualTo("localhost");
    assertThat(HostName.own(UNKNOWN, Map.of())).isEqualTo("localhost");
  }

  @Test
  void aNameThatEveryMachineHasTellsNoneApart() {
    assertThat(HostName.isAnybodys("localhost")).isTrue();
    assertThat(HostName.isAnybodys("localhost.localdomain")).isTrue();
    assertThat(HostName.isAnybodys("vm")).isFalse();
  }
}
