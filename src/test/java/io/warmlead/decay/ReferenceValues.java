package io.warmlead.decay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The data sets that R's survival package was run on, and what it said; see README.md beside them.
 */
final class ReferenceValues {
  private ReferenceValues() {}

  /** Lines of a CSV file by column; a cell that is empty is no number. */
  record Line(Map<String, String> cells) {
    String text(String column) {
      return Objects.requireNonNull(cells.get(column), column);
    }

    double number(String column) {
      String cell = text(column).trim();
      return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }
  }

  /** {@code small} with all leads watched from the origin, {@code small-late} as it is. */
  static Dataset<Row> small(boolean isLate) {
    return lifetimes(lines("/decay/ends-small.csv"), isLate);
  }

  /** The same with leads that fall silent. */
  static Dataset<Row> silent(boolean isLate) {
    return lifetimes(lines("/decay/ends-silent.csv"), isLate);
  }

  /** {@code cdnow} or {@code cdnow-late}. */
  static Dataset<Row> cdnow(String data) {
    return lifetimes(
        lines("/decay/ends-cdnow.csv.gz").stream()
            .filter(line -> line.text("data").equals(data))
            .toList(),
        true);
  }

  private static Dataset<Row> lifetimes(List<Line> lines, boolean isLate) {
    List<Row> rows = new ArrayList<>();
    for (Line line : lines) {
      String end = line.text("end");
      Row row =
          DecayFrames.row(
              "lead",
              "segment",
              line.text("value"),
              "lead_creation",
              line.number("day"),
              end.equals("converted"),
              null,
              end.equals("lost"),
              isLate ? line.number("entry") : 0D,
              line.cells().containsKey("silent") && !line.text("silent").isEmpty()
                  ? (Integer) (int) line.number("silent")
                  : null,
              line.number("day"),
              false);
      int leads = line.cells().containsKey("leads") ? (int) line.number("leads") : 1;
      for (int i = 0; i < leads; i++) {
        rows.add(row);
      }
    }
    return DecayFrames.lifetimes(rows);
  }

  static List<Line> lines(String name) {
    try (InputStream stream =
            Objects.requireNonNull(ReferenceValues.class.getResourceAsStream(name), name);
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(stream) : stream) {
      List<String[]> cells =
          new String(plain.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(",", -1))
              .toList();
      String[] header = cells.get(0);
      return cells.stream().skip(1).map(row -> line(header, row)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static Line line(String[] header, String[] row) {
    if (row.length != header.length) {
      throw new IllegalStateException(Arrays.toString(row) + " does not fit its header");
    }
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < header.length; i++) {
      cells.put(header[i], row[i]);
    }
    return new Line(cells);
  }
}
