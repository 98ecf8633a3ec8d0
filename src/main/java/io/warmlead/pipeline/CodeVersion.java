package io.warmlead.pipeline;

import java.util.Optional;

/** The version of Warmlead that runs. */
public final class CodeVersion {
  private CodeVersion() {}

  /** Version of the jar; {@code development} for loose classes. */
  public static String current() {
    return Optional.ofNullable(CodeVersion.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
