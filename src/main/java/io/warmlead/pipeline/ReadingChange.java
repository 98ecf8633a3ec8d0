package io.warmlead.pipeline;

import io.warmlead.config.InputSettings;
import io.warmlead.config.Settings;
import java.util.List;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Settings that say how a file is read. Where they change, files are read again, and what was read
 * before stays: nobody can tell which of the stored rows the new settings would have made
 * otherwise.
 */
final class ReadingChange {
  private ReadingChange() {}

  /**
   * What a file was read with; another one, and it is read again. The part before the hyphen stands
   * for the reading itself; what events mean is applied to stored engagements too.
   */
  static String digest(InputSettings input, Settings settings) {
    String reading = shortened(input.meaning());
    return input.name().equals("engagements")
        ? reading + "-" + shortened(settings.signals().toString())
        : reading;
  }

  private static String shortened(String settings) {
    return DigestUtils.sha256Hex(settings).substring(0, 12);
  }

  /** Whether a file was read with another reading before, as far as its fingerprint tells. */
  static boolean isSeen(String fingerprintBefore, String digest) {
    String[] before =
        fingerprintBefore.substring(fingerprintBefore.lastIndexOf(' ') + 1).split("-", -1);
    String[] now = digest.split("-", -1);
    return before.length == now.length && !before[0].equals(now[0]);
  }

  /** What a person has to know, of each input that is read otherwise. */
  static List<String> notes(List<InputBatch> batches) {
    return batches.stream()
        .filter(batch -> batch.readOtherwise() > 0)
        .map(batch -> note(batch.input(), batch.readOtherwise()))
        .toList();
  }

  private static String note(InputSettings input, int files) {
    String stored =
        switch (input.name()) {
          case "engagements" ->
              "Engagements that are stored keep the times and values they were read with";
          case "leads" ->
              "What reads differently now is a new version of its lead, and earlier ones stay";
          default ->
              "Outcomes that are stored stay, and what reads differently now is stored beside them,"
                  + " unless its outcome_id is known";
        };
    return String.format(
        Locale.ROOT,
        "inputs.%s is read with other settings than before (columns, zone, options, where, or what a"
            + " newer version reads), so %,d files are read again. %s. If they were read wrongly, take them back with"
            + " `restore --with-input`, to a night before they came, or start a new lake, and ingest"
            + " again.",
        input.name(),
        files,
        stored);
  }
}
