package io.warmlead.lake;

/** Quotes what reaches SQL text. */
final class Sql {
  private Sql() {}

  /** An identifier between back-ticks. */
  static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
