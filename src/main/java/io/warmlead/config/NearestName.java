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

  /** {@code " Did you mean x?"}, or nothing. */
  public static String hint(String name, Collection<String> known) {
    return of(name, known).map(nearest -> " Did you mean " + nearest + "?").orElse("");
  }

  private static int distance(String wanted, String known) {
    return LevenshteinDistance.getDefaultInstance().apply(wanted, known.toLowerCase(Locale.ROOT));
  }
}
