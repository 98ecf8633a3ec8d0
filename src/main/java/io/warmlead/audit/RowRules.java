package io.warmlead.audit;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.warmlead.table.DailyActivity;
import io.warmlead.table.EarlierActivity;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.ScoreChanges;
import io.warmlead.table.TableContract;
import io.warmlead.table.TierQuality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rules that a row holds or breaks by itself, all of one table in one pass. */
public final class RowRules {
  /** Name of the rule that no required column is NULL. */
  public static final String REQUIRED = "required_columns";

  /** Rules of scores beyond the table's own: see the meanings of the columns. */
  private static final Map<String, String> OF_SCORES =
      Map.of(
          "probability_clipped",
          "probability IS NULL OR probability BETWEEN 1e-6D AND 1 - 1e-6D",
          "reasons_sum",
          "probability IS NULL OR abs(aggregate(reasons, 0D, (sum, reason) -> sum +"
              + " reason.contribution) - ln(probability / (1 - probability))) <= 1e-9D",
          "model_behind_probability",
          "(probability IS NULL) = (model_version IS NULL)",
          "percentile_range",
          "percentile IS NULL OR percentile BETWEEN 0 AND 100",
          "temperature_range",
          "temperature IS NULL OR temperature BETWEEN 0 AND 100",
          "tier_name",
          "tier IN ('cold', 'warm', 'hot')",
          "warmth_remembered",
          "(tier = 'cold' OR has_been_warm) AND (NOT is_rewarmed OR tier <> 'cold')",
          "tier_since_not_later",
          "tier_since <= score_date",
          "known_parts_counted",
          "bant_score = 4 - size(bant_missing) AND (bant_evidence IS NULL OR size(bant_evidence) = bant_score)");

  private RowRules() {}

  /**
   * Judges every rule of a table: required columns, the constraints of its contract, and what its
   * columns mean. A rule that is neither kept nor broken, because of a NULL, is broken.
   */
  public static Dataset<Row> offences(Dataset<Row> rows, TableContract table) {
    Map<String, Column> broken = new LinkedHashMap<>();
    rules(table)
        .forEach((rule, predicate) -> broken.put(rule, not(coalesce(expr(predicate), lit(false)))));
    Column missing = array_join(missing(table), ", ");
    Column example = Offences.example(exampleKey(table));
    List<Column> measures = new ArrayList<>();
    List<Column> results = new ArrayList<>();
    add(
        measures,
        results,
        REQUIRED,
        missing.notEqual(""),
        concat(lit("no "), missing, lit(" in "), example));
    broken.forEach((rule, isBroken) -> add(measures, results, rule, isBroken, example));
    return rows.agg(measures.get(0), measures.subList(1, measures.size()).toArray(Column[]::new))
        .select(inline(array(results.toArray(Column[]::new))));
  }

  private static void add(
      List<Column> measures, List<Column> results, String rule, Column isBroken, Column example) {
    int number = results.size();
    Column broken = when(isBroken, example);
    measures.add(count_if(isBroken).as("n" + number));
    measures.add(min(broken).as("first" + number));
    measures.add(max(broken).as("last" + number));
    results.add(
        struct(
            lit(rule).as("rule"),
            col("n" + number).as("offending"),
            col("first" + number).as("first_example"),
            col("last" + number).as("last_example")));
  }

  /** Rule to predicate. */
  static Map<String, String> rules(TableContract table) {
    Map<String, String> rules = new LinkedHashMap<>(table.checks());
    if (table.columnNames().equals(LeadScores.TABLE.columnNames())) {
      OF_SCORES.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(rule -> rules.put(rule.getKey(), rule.getValue()));
    } else if (table.equals(DailyActivity.TABLE)) {
      rules.put("some_events", "events >= 1 AND business_events BETWEEN 0 AND events");
      // A day of any zone lies within a day of that of UTC, and has at most 25 hours.
      rules.put(
          "within_the_day",
          "first_at <= last_at AND last_at - first_at <= INTERVAL '25' HOUR"
              + " AND abs(datediff(day, CAST(first_at AS DATE))) <= 1");
    } else if (table.equals(EarlierActivity.TABLE)) {
      rules.put(
          "some_events",
          "events >= 1 AND first_at <= last_at AND first_at < until_day + INTERVAL '1' DAY");
    } else if (table.equals(Leads.TABLE)) {
      rules.put("valid_for_a_while", "valid_to IS NULL OR valid_to > valid_from");
      rules.put("counts_when_valid", "counts_from IS NULL OR counts_from <= valid_from");
    } else if (table.equals(ScoreChanges.TABLE)) {
      rules.put(
          "probabilities", "previous_probability BETWEEN 0 AND 1 AND probability BETWEEN 0 AND 1");
    } else if (table.equals(TierQuality.TABLE)) {
      rules.put(
          "rates",
          "abs(expected_rate - expected / leads) <= 1e-9D"
              + " AND abs(observed_rate - observed / leads) <= 1e-9D");
    }
    return rules;
  }

  private static Column missing(TableContract table) {
    Column[] names =
        table.columns().stream()
            .filter(column -> !column.nullable())
            .map(column -> when(col(column.name()).isNull(), lit(column.name())))
            .toArray(Column[]::new);
    return array_compact(array(names));
  }

  /** What tells a row apart; the quarantine has no key, and says the file. */
  private static List<String> exampleKey(TableContract table) {
    return table.key().isEmpty() ? List.of("input", "file") : table.key();
  }
}
