package io.warmlead.insight;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One insight table, said in SQL: the file {@code NAME.sql} beside this class, with its grain and
 * meaning in the header.
 *
 * <p>A file names its inputs as tables and its settings as {@code :markers}, so that it can be
 * pasted into any Spark SQL prompt over the lake once the markers have values. {@code
 * :wilson_low(k, n)} and {@code :wilson_high(k, n)} are the ends of the 95 % score interval of k in
 * n (Wilson 1927), as {@link io.warmlead.decay.WilsonInterval} has it; NULL where n is 0. Counts
 * may be fractional.
 */
public final class InsightQuery {
  private static final Pattern MARKER = Pattern.compile("(?<![:\\w]):([a-z][a-z0-9_]*)");

  private static final Pattern INTERVAL = Pattern.compile(":wilson_(low|high)\\((\\w+), (\\w+)\\)");

  /** 1.959963984540054 squared. */
  private static final String Z_SQUARED = "3.8414588206941254D";

  /** Views of one session share their names, and queries are planned side by side. */
  private static final AtomicLong PLANNED = new AtomicLong();

  private InsightQuery() {}

  /**
   * Plans a query.
   *
   * @param name of the file, without its ending
   * @param inputs what the file calls tables; others are not seen
   * @param settings values of the markers: Integer, Double, String, Boolean, Instant, LocalDate, or
   *     a list of these; further ones are ignored
   * @throws IllegalArgumentException when the file has a marker without a value
   */
  public static Dataset<Row> of(
      String name, Map<String, Dataset<Row>> inputs, Map<String, Object> settings) {
    SparkSession spark = inputs.values().iterator().next().sparkSession();
    String prefix = "insight_" + PLANNED.incrementAndGet() + "_";
    Map<String, Dataset<Row>> sorted = new TreeMap<>(inputs);
    String tables =
        sorted.keySet().stream()
            .map(table -> table + " AS (SELECT * FROM " + prefix + table + ")")
            .collect(Collectors.joining(", "));
    List<String> views = new ArrayList<>();
    try {
      sorted.forEach(
          (table, rows) -> {
            rows.createOrReplaceTempView(prefix + table);
            views.add(prefix + table);
          });
      return spark.sql(
          "WITH " + tables + " SELECT * FROM (\n" + withValues(text(name), settings) + "\n)");
    } finally {
      // The plan holds what the views stood for.
      views.forEach(view -> spark.catalog().dropTempView(view));
    }
  }

  static String withValues(String text, Map<String, Object> settings) {
    Matcher markers = MARKER.matcher(INTERVAL.matcher(text).replaceAll(InsightQuery::interval));
    StringBuilder filled = new StringBuilder();
    while (markers.find()) {
      Object value = settings.get(markers.group(1));
      if (value == null) {
        throw new IllegalArgumentException("no value for the marker :" + markers.group(1));
      }
      markers.appendReplacement(filled, Matcher.quoteReplacement(literal(value)));
    }
    return markers.appendTail(filled).toString();
  }

  /** Exactly 0 or 1 at the ends, where rounding would leave a little less or more. */
  private static String interval(MatchResult end) {
    boolean isLow = end.group(1).equals("low");
    return """
        CASE WHEN k IS NULL OR coalesce(n, 0) <= 0 THEN NULL WHEN EDGE THEN END_VALUE
             ELSE (k + Z / 2 SIGN sqrt(Z * (k * (n - k) / n + Z / 4))) / (n + Z) END"""
        .replaceAll("\\bn\\b", end.group(3))
        .replaceAll("\\bk\\b", end.group(2))
        .replaceAll("\\bZ\\b", Z_SQUARED)
        .replace("SIGN", isLow ? "-" : "+")
        .replace("EDGE", isLow ? end.group(2) + " <= 0" : end.group(2) + " >= " + end.group(3))
        .replace("END_VALUE", isLow ? "0D" : "1D");
  }

  private static String literal(Object value) {
    if (value instanceof List<?> values) {
      return values.stream().map(InsightQuery::literal).collect(Collectors.joining(", "));
    }
    if (value instanceof Instant instant) {
      return "TIMESTAMP'" + instant + "'";
    }
    if (value instanceof LocalDate date) {
      return "DATE'" + date + "'";
    }
    if (value instanceof Double number) {
      return number + "D";
    }
    if (value instanceof Integer || value instanceof Boolean) {
      return value.toString();
    }
    return "'" + value.toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String text(String name) {
    try (InputStream file = InsightQuery.class.getResourceAsStream(name + ".sql")) {
      if (file == null) {
        throw new IllegalArgumentException("no query named " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
