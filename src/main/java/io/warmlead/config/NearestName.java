package io.warmlead.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name a person probably meant. */
public final class NearestName {
  private NearestName() {}

  /** The closest of the known names by edit distance, if any is near enough to be a slip. */
  public static Optional<String> of(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(k -> distance(wanted, k) <= Math.max(2, name.length() / 3))
        .min(
            Comparator.<String>comparingInt(k -> distance(wanted, k))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * The known name that one slip makes of another: a letter too many, too few or another one, or
   * two neighbours in each other's place. Empty for a name that is known.
   */
  static Optional<String> oneSlipFrom(String name, Collection<String> known) {
    return known.contains(name)
        ? Optional.empty()
        : known.stream()
            .filter(k -> distance(name, k) <= 1 || isSwapped(name, k))
            .sorted()
            .findFirst();
  }

  private static boolean isSwapped(String name, String known) {
    for (int i = 0; i + 1 < name.length(); i++) {
      String swapped =
          name.substring(0, i) + name.charAt(i + 1) + name.charAt(i) + name.substring(i + 2);
      if (swapped.equals(known)) {
        return true;
      }
    }
    return false;
  }

  /** {@code " Did you mean x?"}, or nothing. */
  public static String hint(String name, Collection<String> known) {
    return of(name, known).map(nearest -> " Did you mean " + nearest + "?").orElse("");
  }

  private static int distance(String wanted, String known) {
    return LevenshteinDistance.getDefaultInstance().apply(wanted, known.toLowerCase(Locale.ROOT));
  }
}
