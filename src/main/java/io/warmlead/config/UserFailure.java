package io.warmlead.config;

/**
 * A failure that its user can cure. The message says what, where and what to do; no stack trace is
 * shown. Anything else that is thrown is a bug.
 */
public class UserFailure extends RuntimeException {
  private final Kind kind;

  public UserFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What has to be mended. */
  public final Kind kind() {
    return kind;
  }

  /** A failure of an input: a path, a file or its content. */
  public static UserFailure input(String message) {
    return new UserFailure(Kind.INPUT, message);
  }

  /** A gate refused to publish. */
  public static UserFailure refused(String message) {
    return new UserFailure(Kind.REFUSED, message);
  }

  /** What has to be mended. */
  public enum Kind {
    /** A command line or a setting. */
    SETTINGS,
    /** An input. */
    INPUT,
    /** Nothing: another run holds the lake. */
    BUSY,
    /** A model that a gate refused. */
    REFUSED
  }
}
