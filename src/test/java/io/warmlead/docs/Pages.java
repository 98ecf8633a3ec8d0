package io.warmlead.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is written for people, as it stands in the project. */
final class Pages {
  static final Path SITE = Path.of("src/site/markdown");

  private Pages() {}

  /** README and the pages of the site, in order of name. */
  static List<Path> all() {
    List<Path> pages =
        new ArrayList<>(
            List.of(
                Path.of("README.md"),
                Path.of("CHANGELOG.md"),
                Path.of("CONTRIBUTING.md"),
                Path.of("notebooks/README.md")));
    pages.addAll(files(SITE, ".md"));
    return pages;
  }

  /** Files of a folder, not of those below. */
  static List<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path file) {
    return text(file).lines().toList();
  }
}
