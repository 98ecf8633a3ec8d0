package io.warmlead.lake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;

/** What this machine is called. Many a container cannot look up its own name. */
final class HostName {
  /** Every machine calls itself so. */
  private static final String ANY = "localhost";

  private HostName() {}

  /** Asks the system. */
  interface Lookup {
    String name() throws UnknownHostException;
  }

  /** The name of this machine. */
  static String own() {
    return own(() -> InetAddress.getLocalHost().getHostName(), System.getenv());
  }

  /** The name that the system finds, else that of {@code HOSTNAME}, else {@code localhost}. */
  static String own(Lookup lookup, Map<String, String> environment) {
    try {
      return lookup.name();
    } catch (UnknownHostException e) {
      return Optional.ofNullable(environment.get("HOSTNAME"))
          .filter(name -> !name.isBlank())
          .orElse(ANY);
    }
  }

  /** Whether two names that are equal can be those of two machines. */
  static boolean isAnybodys(String name) {
    return name.equals(ANY) || name.startsWith(ANY + ".");
  }
}
