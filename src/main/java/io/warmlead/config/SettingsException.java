package io.warmlead.config;

/** A setting that cannot be used: says which, what was found, and what to write instead. */
public final class SettingsException extends UserFailure {

  public SettingsException(String message) {
    super(Kind.SETTINGS, message);
  }
}
