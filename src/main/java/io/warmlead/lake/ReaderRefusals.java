package io.warmlead.lake;

import io.warmlead.config.InputSettings;
import io.warmlead.config.UserFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said of files that cannot be read as the settings say. */
final class ReaderRefusals {
  /** Names that rows get on their way, in lower case: no source may bring them. */
  private static final Set<String> RESERVED =
      Set.of(
          Sources.FILE,
          Sources.MALFORMED,
          "__selected",
          "__problems",
          "__occurred_at",
          "__received_at",
          "__created_at",
          "__valid_from");

  private ReaderRefusals() {}

  /**
   * Accepts names of columns that do not get in the way of the job's own.
   *
   * @throws UserFailure naming the one that does
   */
  static void requireFreeNames(InputSettings input, String... columns) {
    for (String column : columns) {
      if (RESERVED.contains(column.toLowerCase(Locale.ROOT))) {
        throw UserFailure.input(
            Sources.where(input)
                + " has a column "
                + column
                + ", a name that is kept for the job itself. Rename the column in the export.");
      }
    }
  }

  /**
   * Accepts names that differ in more than case.
   *
   * @throws UserFailure naming two that do not
   */
  static void requireNoTwins(InputSettings input, String... columns) {
    Map<String, String> seen = new HashMap<>();
    for (String column : columns) {
      String twin = seen.put(column.toLowerCase(Locale.ROOT), column);
      if (twin != null) {
        throw UserFailure.input(
            Sources.where(input)
                + " has keys "
                + twin
                + " and "
                + column
                + ", which differ in case only, so that one would hide the other. Write both alike"
                + " in the export.");
      }
    }
  }

  /**
   * A failure that names files, options and what the reader said; the reader's own is its cause.
   *
   * @param files some of them
   */
  static UserFailure unreadable(InputSettings input, List<SourceFile> files, Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    UserFailure refused =
        UserFailure.input(
            Sources.where(input)
                + ": cannot be read as "
                + input.format()
                + (input.options().isEmpty()
                    ? ""
                    // Their values may be secrets.
                    : " with options " + String.join(", ", input.options().keySet()))
                + ": "
                + why.substring(0, Math.min(why.length(), 500))
                + "\n"
                + files.stream().map(SourceFile::path).limit(5).collect(Collectors.joining("\n"))
                + (files.size() > 5 ? "\nand " + (files.size() - 5) + " more" : "")
                + "\nCheck the files, inputs."
                + input.name()
                + ".format and .options. Nothing was written.");
    refused.initCause(failure);
    return refused;
  }
}
