package io.warmlead.config;

import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import scala.jdk.javaapi.CollectionConverters;

/** Looks at the text of a predicate before there is a session that could run it. */
final class RowPredicate {
  /** Functions that call any Java method by its name, or end the run. */
  private static final Set<String> REFUSED =
      Set.of("reflect", "try_reflect", "java_method", "raise_error", "assert_true");

  private RowPredicate() {}

  /**
   * Accepts one expression over columns.
   *
   * @throws SettingsException when the text is none, holds a subquery, or calls what it must not
   */
  static void check(String key, String text) {
    if (text.isBlank()) {
      throw new SettingsException(key + " is empty: write a predicate, or null.");
    }
    try {
      check(key, text, new CatalystSqlParser().parseExpression(text));
    } catch (Exception e) {
      // The parser's own failure is checked, and not declared.
      if (e instanceof AnalysisException) {
        throw refused(
            key,
            text,
            "cannot be read as one expression: "
                + e.getMessage().lines().findFirst().orElse("").strip());
      }
      throw e;
    }
  }

  private static void check(String key, String text, Expression expression) {
    if (expression instanceof PlanExpression) {
      throw refused(key, text, "subqueries are not allowed");
    }
    if (expression instanceof UnresolvedFunction function) {
      String name = function.nameParts().last().toLowerCase(Locale.ROOT);
      if (REFUSED.contains(name)) {
        throw refused(key, text, "the function " + name + " is not allowed");
      }
    }
    CollectionConverters.asJava(expression.children()).forEach(child -> check(key, text, child));
  }

  private static SettingsException refused(String key, String text, String why) {
    return new SettingsException(
        key + " = " + text + ": " + why + ". Write a predicate over the source's columns.");
  }
}
