package io.warmlead.pipeline;

import io.warmlead.config.NearestName;
import io.warmlead.config.SettingsException;
import io.warmlead.export.RowText;
import io.warmlead.lake.Lake;
import io.warmlead.table.Cadence;
import io.warmlead.table.ChallengerScores;
import io.warmlead.table.DecayCurves;
import io.warmlead.table.DecayHalfLives;
import io.warmlead.table.DecayTests;
import io.warmlead.table.Drift;
import io.warmlead.table.ForecastQuality;
import io.warmlead.table.Funnel;
import io.warmlead.table.HandoffTiming;
import io.warmlead.table.HeatingAccounts;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.LeadScores;
import io.warmlead.table.NextSteps;
import io.warmlead.table.ResponseTime;
import io.warmlead.table.RewarmOutcomes;
import io.warmlead.table.ScoreChanges;
import io.warmlead.table.Silence;
import io.warmlead.table.SourcePerformance;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import io.warmlead.table.TierQuality;
import io.warmlead.table.TierTransitionMatrix;
import io.warmlead.table.TierTransitions;
import io.warmlead.table.WarmEconomics;
import io.warmlead.table.WarmWindows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;

/** Answers queries over the tables; nights that were not published do not show. */
public final class Queries {
  /** Tables whose rows count only once their run was published. */
  static final Set<TableContract> PUBLISHED =
      Set.of(
          LeadFeatures.TABLE,
          LeadScores.TABLE,
          TierTransitions.TABLE,
          ScoreChanges.TABLE,
          DecayCurves.TABLE,
          DecayHalfLives.TABLE,
          DecayTests.TABLE,
          Silence.TABLE,
          TierQuality.TABLE,
          ForecastQuality.TABLE,
          ChallengerScores.TABLE,
          Drift.TABLE,
          TierTransitionMatrix.TABLE,
          WarmEconomics.TABLE,
          WarmWindows.TABLE,
          HandoffTiming.TABLE,
          NextSteps.TABLE,
          RewarmOutcomes.TABLE,
          HeatingAccounts.TABLE,
          Funnel.TABLE,
          SourcePerformance.TABLE,
          ResponseTime.TABLE,
          Cadence.TABLE);

  /**
   * Classes of SQLSTATE that are the query's own fault: unsupported feature, cardinality, data,
   * syntax, and raised by itself.
   */
  private static final Set<String> MISTAKES = Set.of("0A", "21", "22", "42", "P0");

  /** Nobody can follow it from here. */
  private static final Pattern ANSI_ADVICE =
      Pattern.compile(" If necessary set \\S+ to \\S+ to bypass this error\\.");

  private final Lake lake;
  private final PublishedRuns published;

  /** How a result is printed. */
  public enum Format {
    TABLE,
    CSV,
    JSON
  }

  public Queries(Lake lake) {
    this.lake = lake;
    this.published = new PublishedRuns(lake);
  }

  /** The rows of a table that queries see. */
  Dataset<Row> table(TableContract table) {
    Dataset<Row> rows = lake.read(table);
    return PUBLISHED.contains(table) ? published.only(rows) : rows;
  }

  /**
   * The rows of a query.
   *
   * @throws SettingsException when it is no query, or names what is not there
   */
  public Dataset<Row> rows(String query) {
    try {
      LogicalPlan plan =
          ((org.apache.spark.sql.classic.SparkSession) lake.spark())
              .sessionState()
              .sqlParser()
              .parsePlan(query);
      if (plan instanceof Command || plan instanceof ParsedStatement) {
        throw new SettingsException(
            "Only queries are answered here, and nothing is changed: begin with SELECT or WITH.");
      }
      showTables(query);
      return lake.spark().sql(query);
    } catch (Exception e) {
      if (e instanceof RuntimeException failure) {
        throw failure;
      }
      // What Spark finds wrong with a query is a checked exception, thrown undeclared.
      throw new SettingsException("The query cannot be answered: " + reason(e));
    }
  }

  /** What is wrong, without Spark's plan, and the nearest name where a table is not there. */
  private static String reason(Exception e) {
    if (!(e instanceof AnalysisException wrong) || e instanceof ParseException) {
      return e.getMessage();
    }
    String relation = wrong.getMessageParameters().getOrDefault("relationName", "");
    String hint =
        relation.isEmpty()
            ? ""
            : NearestName.hint(
                relation.replace("`", ""), Tables.ALL.stream().map(TableContract::name).toList());
    return wrong.getSimpleMessage().strip() + hint;
  }

  /** As views; only those that the query may name, since opening one takes a moment. */
  private void showTables(String query) {
    String text = query.toLowerCase(Locale.ROOT);
    Tables.ALL.stream()
        .filter(table -> text.contains(table.name()))
        .forEach(table -> table(table).createOrReplaceTempView(table.name()));
  }

  /**
   * Prints a result with its header.
   *
   * @param line takes one line
   * @throws SettingsException also when a value cannot be computed: a division by zero, a text that
   *     is no number
   */
  public void print(String query, Format format, Consumer<String> line) {
    Dataset<Row> rows = rows(query);
    try {
      print(rows, format, line);
    } catch (Exception e) {
      Optional<String> mistake = mistake(e);
      if (mistake.isEmpty()) {
        throw e;
      }
      SettingsException told =
          new SettingsException("The query cannot be answered: " + mistake.get());
      told.initCause(e);
      throw told;
    }
  }

  /**
   * What Spark says of a value that the query asks for and that cannot be; not of a disk or bug.
   */
  private static Optional<String> mistake(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable said
          && said.getSqlState() != null
          && MISTAKES.contains(said.getSqlState().substring(0, 2))) {
        return Optional.of(ANSI_ADVICE.matcher(cause.getMessage()).replaceAll("").strip());
      }
    }
    return Optional.empty();
  }

  private static void print(Dataset<Row> rows, Format format, Consumer<String> line) {
    switch (format) {
      case JSON -> {
        Iterator<Row> json = RowText.asJson(rows).toLocalIterator();
        json.forEachRemaining(row -> line.accept(row.getString(0)));
      }
      case CSV -> {
        line.accept(RowText.csv(Arrays.asList(rows.columns())));
        RowText.asText(rows)
            .toLocalIterator()
            .forEachRemaining(row -> line.accept(RowText.csv(RowText.cells(row))));
      }
      case TABLE -> table(rows, line);
    }
  }

  private static void table(Dataset<Row> rows, Consumer<String> line) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(Arrays.asList(rows.columns()));
    RowText.asText(rows).collectAsList().forEach(row -> lines.add(RowText.cells(row)));
    int[] widths = new int[rows.columns().length];
    for (List<String> cells : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], cell(cells.get(i)).length());
      }
    }
    for (List<String> cells : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = cell(cells.get(i));
        text.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
      }
      line.accept(text.toString().stripTrailing());
    }
  }

  private static String cell(String text) {
    return text == null ? "NULL" : text.replace('\n', ' ');
  }
}
