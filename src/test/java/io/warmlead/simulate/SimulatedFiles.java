package io.warmlead.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads what a simulation wrote, with nothing of the simulator's own code. */
final class SimulatedFiles {
  private final Path root;

  SimulatedFiles(Path root) {
    this.root = root;
  }

  /** Contents by relative name. */
  Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new TreeMap<>();
    for (Path file : below("")) {
      contents.put(root.relativize(file).toString(), bytes(file));
    }
    return contents;
  }

  String text(String name) {
    return new String(bytes(root.resolve(name)), StandardCharsets.UTF_8);
  }

  /** Names of engagement files in order. */
  List<String> engagementFiles() {
    return below("engagements").stream().map(file -> root.relativize(file).toString()).toList();
  }

  /** Cells of every row of a compressed file, without its header. */
  List<List<String>> rows(String name) {
    try (GZIPInputStream stream =
        new GZIPInputStream(Files.newInputStream(root.resolve(name)), 1 << 16)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).map(SimulatedFiles::cells).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean isQuoted = false;
    for (int position = 0; position < line.length(); position++) {
      char character = line.charAt(position);
      if (character == '"') {
        isQuoted = !isQuoted;
      } else if (character == ',' && !isQuoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(character);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private List<Path> below(String name) {
    try (Stream<Path> files = Files.walk(root.resolve(name))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
