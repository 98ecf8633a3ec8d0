package io.warmlead.feature;

import java.util.Objects;

/**
 * One number that a model reads.
 *
 * @param name stable name in snake case, for example {@code events_30d__pricing_view}
 * @param scale how a linear model should see it
 * @param group what a person would call one reason; features of one group are told as one, for
 *     example all levels of {@code source}
 * @param phrase what the number says
 */
public record Feature(String name, Scale scale, String group, Phrase phrase) {

  public Feature {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(scale, "scale");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(phrase, "phrase");
  }

  /** How a linear model should see a feature; trees see the number itself. */
  public enum Scale {
    /** As it is: indicators and shares. */
    LINEAR,
    /** {@code signum(x) * ln(1 + |x|)}: counts, sums and ages, whose effect levels off. */
    LOG,
    /** As {@link #LOG}, with a slope that may change at 1, 2, 4, 8 … 256: a linear spline. */
    SPLINE
  }
}
