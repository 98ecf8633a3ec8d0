package io.warmlead.lake;

import io.warmlead.config.UserFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSError;

/** Failures of disks and file systems, which no program can cure and a person can. */
public final class StorageTrouble {
  /** In words of Linux, Windows and Hadoop. */
  private static final Pattern FULL =
      Pattern.compile(
          "no space left on device|not enough space on the disk|disk quota exceeded"
              + "|quota of .{1,200} is exceeded",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CLOSED =
      Pattern.compile(
          "permission denied|access is denied|operation not permitted|read-only file system"
              + "|mkdirs failed to create|cannot rename",
          Pattern.CASE_INSENSITIVE);

  /** How Spark quotes a failure of a task whose own exception it has not kept. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?:IOException|FSError|FileSystemException|FileNotFoundException"
              + "|Access(?:Denied|Control)Exception): ([^\n]{1,500})");

  private static final Pattern PLACE =
      Pattern.compile("(?<![\\w/.])(?:[a-z][a-z0-9]{1,9}:)?/{1,3}[^\\s/:,()]+/[^\\s:,()]+");

  private static final int LONGEST = 300;

  private StorageTrouble() {}

  /**
   * What to say of a failure that a disk caused.
   *
   * @return empty where no disk did
   */
  public static Optional<UserFailure> of(Throwable failure) {
    return trouble(failure, Optional.empty());
  }

  /**
   * The same.
   *
   * @param place what was being written
   */
  static Optional<UserFailure> of(Throwable failure, String place) {
    return trouble(failure, Optional.of(place));
  }

  private static Optional<UserFailure> trouble(Throwable failure, Optional<String> place) {
    List<Throwable> causes = causes(failure);
    if (causes.stream().anyMatch(UserFailure.class::isInstance)) {
      return Optional.empty();
    }
    return causes.stream()
        .flatMap(cause -> said(cause).stream())
        .flatMap(said -> message(said, place.or(() -> place(causes))).stream())
        .findFirst()
        .map(
            message -> {
              UserFailure told = UserFailure.input(message);
              told.initCause(failure);
              return told;
            });
  }

  private static Optional<String> message(String said, Optional<String> place) {
    String where = place.map(path -> ", at " + path).orElse("");
    String stands = ". What was published before stands, and nothing half-written shows. ";
    if (FULL.matcher(said).find()) {
      return Optional.of(
          "A disk is full: "
              + said
              + where
              + stands
              + "Free space there, and where Spark keeps temporary files (spark.local.dir), or raise"
              + " the quota; then run the same command again.");
    }
    if (CLOSED.matcher(said).find()) {
      return Optional.of(
          "The storage refuses a change: "
              + said
              + where
              + stands
              + "Let the user that runs the job write there; then run the same command again.");
    }
    return Optional.empty();
  }

  /** What a failure of files says of itself, in one line. */
  private static Optional<String> said(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof AccessDeniedException) {
      return Optional.of(line("permission denied, " + message));
    }
    if (cause instanceof IOException
        || cause instanceof UncheckedIOException
        || cause instanceof FSError) {
      return Optional.of(line(message));
    }
    if (cause.getClass().getName().startsWith("org.apache.spark")) {
      Matcher quoted = QUOTED.matcher(message);
      return quoted.find() ? Optional.of(line(quoted.group(1))) : Optional.empty();
    }
    return Optional.empty();
  }

  /** The path that the innermost failure names. */
  private static Optional<String> place(List<Throwable> causes) {
    List<Throwable> inwards = new ArrayList<>(causes);
    Collections.reverse(inwards);
    return inwards.stream()
        .map(cause -> PLACE.matcher(line(String.valueOf(cause.getMessage()))))
        .filter(Matcher::find)
        .map(found -> found.group().replaceAll("\\.$", ""))
        .findFirst();
  }

  private static String line(String message) {
    String first = message.lines().findFirst().orElse("").strip();
    return first.length() > LONGEST ? first.substring(0, LONGEST) : first;
  }

  /** A failure and its causes, outermost first. */
  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }
}
