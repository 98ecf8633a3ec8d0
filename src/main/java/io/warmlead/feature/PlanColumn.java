package io.warmlead.feature;

import java.util.Comparator;
import java.util.Objects;

/**
 * A column as its owner knows it, out of which features are made.
 *
 * @param kind where it stands
 * @param name name of the attribute, or of the signal
 */
public record PlanColumn(Kind kind, String name) {

  /** Attributes first, by name. */
  public static final Comparator<PlanColumn> ORDER =
      Comparator.comparing(PlanColumn::kind).thenComparing(PlanColumn::name);

  public PlanColumn {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
  }

  public static PlanColumn attribute(String name) {
    return new PlanColumn(Kind.ATTRIBUTE, name);
  }

  public static PlanColumn signal(String name) {
    return new PlanColumn(Kind.SIGNAL, name);
  }

  public boolean isAttribute() {
    return kind == Kind.ATTRIBUTE;
  }

  /** For example {@code attribute timeline}. */
  @Override
  public String toString() {
    return (isAttribute() ? "attribute " : "signal ") + name;
  }

  /** Where a column stands. */
  public enum Kind {
    /** A column of the leads. */
    ATTRIBUTE,
    /** Engagements of one meaning. */
    SIGNAL
  }
}
