package io.warmlead.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.SettingsException;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextFolderTest {
  @TempDir private Path place;

  @Test
  void aFileIsThereUnderItsNameAloneOnceAllAreWritten() throws IOException {
    Path folder = place.resolve("made/on the way");
    try (TextFolder files = open(folder)) {
      assertThat(files.write("a.csv", List.of("größer", "Теплий").iterator())).isEqualTo(2);
      assertThat(files.write("b.csv", List.<String>of().iterator())).isZero();
      assertThat(folder.resolve("a.csv")).doesNotExist();
      files.publish();
    }
    assertThat(folder.resolve("a.csv")).hasContent("größer\nТеплий\n");
    assertThat(names(folder)).containsExactly("a.csv", "b.csv");
  }

  @Test
  void afterAFailureTheFilesOfBeforeAreThere() throws IOException {
    write("before");
    Iterator<String> failing =
        Stream.of("now", "then").peek(line -> refuse(line.equals("then"))).iterator();
    try (TextFolder files = open(place)) {
      assertThatThrownBy(() -> files.write("a.csv", failing)).hasMessage("refused");
    }
    assertThat(place.resolve("a.csv")).hasContent("before\n");
    assertThat(names(place)).containsExactly("a.csv");
    write("after");
    assertThat(place.resolve("a.csv")).hasContent("after\n");
  }

  @Test
  void aFileATableAndAFolderInTheWayAreRefused() throws IOException {
    Path file = Files.createFile(place.resolve("file"));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--to " + file + " is a file: give a folder, which is made where it is missing.");
    assertThatThrownBy(() -> open(file.resolve("below")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("cannot be written");
    assertThatThrownBy(() -> TextFolder.open(TestSession.get(), "--to", "nowhere://x/y"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("nowhere");
    Path table = Files.createDirectories(place.resolve("table/_delta_log")).getParent();
    assertThatThrownBy(() -> open(table)).hasMessageContaining("is a Delta table");
    Files.createDirectory(place.resolve("a.csv"));
    assertThatThrownBy(() -> write("line"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("a.csv is a folder");
    assertThat(names(place)).containsExactly("a.csv", "file", "table");
  }

  private void write(String line) {
    try (TextFolder files = open(place)) {
      files.write("a.csv", List.of(line).iterator());
      files.publish();
    }
  }

  private static void refuse(boolean isTime) {
    if (isTime) {
      throw new IllegalStateException("refused");
    }
  }

  private static TextFolder open(Path folder) {
    return TextFolder.open(TestSession.get(), "--to", folder.toString());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
