package io.warmlead.feature;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Under which reason the features of signals, families and channels are counted together. A channel
 * named like a family, and a family named like a signal or like the beginning of a single one,
 * {@code event} and {@code event_attended}, tell a person the same thing twice: they share one
 * reason, whose sentence is that of the stronger feature.
 */
final class KindGroups {
  private final FeaturePlan plan;

  KindGroups(FeaturePlan plan) {
    this.plan = plan;
  }

  String family(String family) {
    return alike(family, plan.signals())
        .findFirst()
        .or(() -> only(plan.signals().stream().filter(name -> name.startsWith(family + "_"))))
        .orElse(family + " family");
  }

  String channel(String channel) {
    return alike(channel, plan.signals())
        .findFirst()
        .or(() -> alike(channel, plan.families()).findFirst().map(this::family))
        .orElse("channel " + channel);
  }

  /** The one of a single one. */
  private static Optional<String> only(Stream<String> names) {
    List<String> found = names.limit(2).toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static Stream<String> alike(String name, List<String> others) {
    return others.stream().filter(other -> word(other).equals(word(name))).sorted();
  }

  /** Without case, marks and the ending of a plural: {@code E-Mails} is {@code email}. */
  private static String word(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    return letters.length() > 3 && letters.endsWith("s")
        ? letters.substring(0, letters.length() - 1)
        : letters;
  }
}
