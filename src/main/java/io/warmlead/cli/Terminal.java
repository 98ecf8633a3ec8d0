package io.warmlead.cli;

import java.util.Map;

/**
 * What standard error leads to.
 *
 * @param columns characters of a line; 0 where it is no terminal
 * @param hasColour whether colours are wanted
 */
public record Terminal(int columns, boolean hasColour) {
  /** System property in which the launcher says how wide the terminal is. */
  public static final String PROPERTY = "warmlead.terminal";

  /** A file, a pipe, a scheduler. */
  public static final Terminal NONE = new Terminal(0, false);

  private static final int NARROWEST = 20;

  /** Styles of the ANSI escape codes. */
  enum Style {
    DIM(2),
    GREEN(32),
    YELLOW(33);

    private final int code;

    Style(int code) {
      this.code = code;
    }
  }

  /**
   * The terminal that the launcher saw.
   *
   * @param columns value of {@link #PROPERTY}; null where the launcher saw none
   * @param environment of the process: {@code NO_COLOR}, when not empty, forbids colours (see
   *     no-color.org), {@code TERM=dumb} lines that are drawn anew
   */
  public static Terminal of(String columns, Map<String, String> environment) {
    if (columns == null
        || !columns.matches("[0-9]{1,4}")
        || environment.getOrDefault("TERM", "").equals("dumb")) {
      return NONE;
    }
    return new Terminal(
        Math.max(NARROWEST, Integer.parseInt(columns)),
        environment.getOrDefault("NO_COLOR", "").isEmpty());
  }

  /** Whether lines can be drawn anew. */
  boolean isLive() {
    return columns > 0;
  }

  /** A text in a style, or as it is where colours are not wanted. */
  String paint(Style style, String text) {
    return hasColour ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
  }
}
