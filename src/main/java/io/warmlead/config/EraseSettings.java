package io.warmlead.config;

import java.util.Optional;

/**
 * Erasure of persons.
 *
 * @param keyFile file of the {@link ErasureKey}; needed to keep erased persons out, and so to
 *     ingest once persons were erased with it
 */
public record EraseSettings(Optional<String> keyFile) {

  public EraseSettings {
    keyFile.ifPresent(file -> Check.place("erase.key_file", file));
  }

  /**
   * The key.
   *
   * @param what what needs it, for the message
   * @param lake folder of the lake's own files
   * @throws SettingsException when there is none
   */
  public ErasureKey key(String what, String lake) {
    return ErasureKey.read(
        keyFile.orElseThrow(
            () ->
                new SettingsException(
                    "erase.key_file is not given: "
                        + what
                        + ". Name the file in a --conf file or with --set erase.key_file=FILE. "
                        + ErasureKey.ADVICE)),
        lake);
  }
}
