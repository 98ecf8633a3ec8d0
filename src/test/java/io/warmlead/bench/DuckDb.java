package io.warmlead.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmlead.feature.FeatureSet;
import io.warmlead.table.TableContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;

/** The same features by DuckDB, from SQL of its own. */
final class DuckDb implements Engine {
  private final int threads;
  private final long memoryBytes;

  /**
   * DuckDB within limits.
   *
   * @param memoryBytes what does not fit goes to disk
   */
  DuckDb(int threads, long memoryBytes) {
    this.threads = threads;
    this.memoryBytes = memoryBytes;
  }

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public Cost compute(FeaturePass pass, Path output) {
    Path profile = output.resolveSibling(output.getFileName() + ".profile.json");
    // A database of its own each time, so that nothing is remembered.
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      prepare(statement, pass, output);
      statement.execute("SET enable_profiling = 'json'");
      statement.execute("SET profiling_output = " + literal(profile));
      Files.createDirectories(output);
      String copy = copy(pass, output.resolve("features.parquet"));
      Meter meter = new Meter();
      statement.execute(copy);
      Cost cost = meter.cost(OptionalLong.empty());
      statement.execute("SET enable_profiling = 'no_output'");
      JsonNode told = new ObjectMapper().readTree(profile.toFile());
      return cost.withPeak(told.path("system_peak_buffer_memory").asLong());
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB could not compute features: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void prepare(Statement statement, FeaturePass pass, Path output) throws SQLException {
    statement.execute("SET threads = " + threads);
    statement.execute("SET memory_limit = '" + memoryBytes + "B'");
    statement.execute("SET temp_directory = " + literal(output.resolveSibling("spilled")));
    statement.execute("SET TimeZone = 'UTC'");
    statement.execute("SET preserve_insertion_order = false");
    for (TableContract table : PlainTables.ALL) {
      statement.execute(
          "CREATE VIEW "
              + table.name()
              + " AS SELECT * FROM read_parquet("
              + literal(pass.tables().files(table))
              + ")");
    }
    if (pass.from() == FeaturePass.From.ENGAGEMENTS) {
      statement.execute(
          "CREATE OR REPLACE VIEW daily_activity AS "
              + FeatureQuery.dailyActivity(pass.settings().run()));
    }
  }

  private static String copy(FeaturePass pass, Path output) {
    List<String> features =
        FeatureSet.of(pass.plan()).features().stream()
            .map(feature -> "CAST(\"" + feature.name().replace("\"", "\"\"") + "\" AS DOUBLE)")
            .toList();
    return "COPY (SELECT lead_id, ["
        + String.join(", ", features)
        + "] AS features FROM ("
        + FeatureQuery.features(pass.plan(), pass.asOf(), pass.settings().run())
        + ")) TO "
        + literal(output)
        + " (FORMAT parquet, COMPRESSION snappy)";
  }

  private static String literal(Object text) {
    return "'" + text.toString().replace("'", "''") + "'";
  }
}
