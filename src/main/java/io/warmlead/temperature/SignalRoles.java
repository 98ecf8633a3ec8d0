package io.warmlead.temperature;

import io.warmlead.config.SignalSettings;
import io.warmlead.config.SignalSettings.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the rules of tiers take signals for, where that is more than to have engaged. */
final class SignalRoles {
  private SignalRoles() {}

  /** Signal to role, of the signals that have one. */
  static SortedMap<String, String> of(SignalSettings signals) {
    SortedMap<String, String> roles = new TreeMap<>();
    signals
        .catalogue()
        .forEach(
            (signal, meaning) -> {
              String role = role(meaning);
              if (!role.isEmpty()) {
                roles.put(signal, role);
              }
            });
    return roles;
  }

  private static String role(Meaning meaning) {
    List<String> role = new ArrayList<>();
    if (!meaning.direction().equals("inbound")) {
      role.add(meaning.direction());
    } else if (meaning.intent().equals("high")) {
      role.add("request");
    }
    if (meaning.family().equals("referral")) {
      role.add("referral");
    }
    return String.join(" ", role);
  }
}
