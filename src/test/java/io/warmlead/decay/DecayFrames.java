package io.warmlead.decay;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.DecaySettings;
import io.warmlead.table.TableContract;
import io.warmlead.testing.TestSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Small frames for the tests of this room. */
final class DecayFrames {
  private static final StructType LIFETIME =
      StructType.fromDDL(
          "lead_id STRING, dimension STRING, value STRING, origin STRING, duration_days DOUBLE,"
              + " is_converted BOOLEAN, set_aside STRING, is_lost BOOLEAN, entry_days DOUBLE,"
              + " silent_days INT, watched_days DOUBLE, may_be_silent BOOLEAN");

  private DecayFrames() {}

  static DecaySettings settings(int minLeads, int minConversions, int maxCurvePoints) {
    return new DecaySettings(
        List.of(1, 2, 3, 7, 14, 28),
        7,
        60,
        minLeads,
        minConversions,
        maxCurvePoints,
        90,
        List.of());
  }

  /** The mean within so many days, and no time ratios, which take longest. */
  static DecaySettings meanWithin(int days, int minLeads) {
    return new DecaySettings(
        List.of(1, 2, 3, 7, 14, 28), 7, 60, minLeads, Integer.MAX_VALUE, 100, days, List.of());
  }

  static Dataset<Row> frame(String schema, Row... rows) {
    return TestSession.get().createDataFrame(List.of(rows), StructType.fromDDL(schema));
  }

  static Row row(Object... values) {
    return RowFactory.create(values);
  }

  /** Lifetimes of one group from durations such as {@code "6"} (converted) or {@code "6+"}. */
  static Dataset<Row> lifetimes(String value, String durations) {
    List<Row> rows = new ArrayList<>();
    for (String duration : durations.trim().split("\\s+", -1)) {
      boolean isConverted = !duration.endsWith("+");
      double days = Double.parseDouble(duration.replace("+", ""));
      rows.add(lifetime(value, days, isConverted));
    }
    return lifetimes(rows);
  }

  /** Converted after some days or watched for so many, and known no longer than that. */
  static Row lifetime(String value, double days, boolean isConverted) {
    return lifetime(value, days, isConverted, false, days);
  }

  /** Converted after some days, and known for so many. */
  static Row converted(String value, double days, double watchedDays) {
    return lifetime(value, days, true, false, watchedDays);
  }

  /** Lost after some days, and known for so many not to have converted. */
  static Row lost(String value, double days, double watchedDays) {
    return lifetime(value, days, false, true, watchedDays);
  }

  private static Row lifetime(
      String value, double days, boolean isConverted, boolean isLost, double watchedDays) {
    return row(
        "lead",
        "segment",
        value,
        "lead_creation",
        days,
        isConverted,
        null,
        isLost,
        0D,
        null,
        watchedDays,
        false);
  }

  static Dataset<Row> lifetimes(List<Row> rows) {
    return TestSession.get().createDataFrame(rows, LIFETIME);
  }

  /** Counts without an earlier end of observation: no shape is judged by what came since. */
  static Dataset<Row> counts(Dataset<Row> lifetimes) {
    return DurationCounts.of(lifetimes, 0);
  }

  static List<Row> sorted(Dataset<Row> frame, String... columns) {
    return frame.orderBy(columns[0], tail(columns)).collectAsList();
  }

  static double number(Row row, String column) {
    return Objects.requireNonNull(row.<Double>getAs(column), column);
  }

  static long count(Row row, String column) {
    return Objects.requireNonNull(row.<Long>getAs(column), column);
  }

  static String text(Row row, String column) {
    return Objects.requireNonNull(row.<String>getAs(column), column);
  }

  /** Names, order and types are those of the contract, less what the caller adds. */
  static void assertMatches(Dataset<Row> frame, TableContract contract) {
    Map<String, String> expected = new LinkedHashMap<>();
    contract.columns().stream()
        .filter(column -> !List.of("as_of", "run_id").contains(column.name()))
        .forEach(column -> expected.put(column.name(), column.type()));
    Map<String, String> actual = new LinkedHashMap<>();
    for (StructField field : frame.schema().fields()) {
      actual.put(field.name(), field.dataType().sql());
    }
    assertThat(new ArrayList<>(actual.entrySet())).isEqualTo(new ArrayList<>(expected.entrySet()));
  }

  private static String[] tail(String... columns) {
    return List.of(columns).subList(1, columns.length).toArray(String[]::new);
  }
}
