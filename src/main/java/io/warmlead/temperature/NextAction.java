package io.warmlead.temperature;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.ActionRule;
import io.warmlead.config.NurtureSettings;
import io.warmlead.config.RunSettings;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What to do next with each lead, whom to leave in peace until when, and how long nurture pays: the
 * first rule of {@code nurture.actions} whose conditions hold decides.
 */
public final class NextAction {
  /** suppress_until of a lead that opted out. */
  public static final LocalDate NEVER_AGAIN = LocalDate.of(9999, 12, 31);

  private final NurtureSettings settings;
  private final RunSettings run;

  public NextAction(NurtureSettings settings, RunSettings run) {
    this.settings = settings;
    this.run = run;
  }

  /**
   * Adds {@code suppress_until, nurture_until, next_action}.
   *
   * @param leads with tier, history, hand-off stage, behaviour, last inbound engagement and {@code
   *     as_of}
   * @param measuredWindows days for which nurture was seen to pay, by segment; they go before the
   *     settings
   */
  public Dataset<Row> withNextAction(
      Dataset<Row> leads, Map<String, Integer> measuredWindows, LocalDate scoreDate) {
    return leads
        .withColumn("suppress_until", suppressUntil(scoreDate))
        .withColumn(
            "nurture_until",
            date_add(localDate(col("last_inbound_at")), window(measuredWindows).cast("int")))
        .withColumn("next_action", action(scoreDate));
  }

  private Column suppressUntil(LocalDate scoreDate) {
    Column rested =
        date_add(
            localDate(functions.timestamp_micros(col("last_touch_micros"))),
            settings.fatigue().restDays());
    return when(OptOuts.stand(), lit(Date.valueOf(NEVER_AGAIN)))
        .when(hasHadEnough().and(rested.gt(lit(Date.valueOf(scoreDate)))), rested);
  }

  /** Many touches of late, the last of them unanswered. */
  private Column hasHadEnough() {
    return Behaviour.number("touches_of_late")
        .geq(settings.fatigue().touches())
        .and(col("last_touch_micros").gt(coalesce(col("last_inbound_micros"), lit(0L))));
  }

  private Column window(Map<String, Integer> measured) {
    // The name as it is written goes before one that differs in case, and the longer of two such.
    Map<String, Integer> written = new TreeMap<>(settings.windowsDays());
    written.putAll(measured);
    Column days = lit(settings.defaultWindowDays());
    for (Map.Entry<String, Integer> window : shortestFirst(settings.windowsDays())) {
      days = when(Segments.isOneOf(List.of(window.getKey())), window.getValue()).otherwise(days);
    }
    for (Map.Entry<String, Integer> window : written.entrySet()) {
      days = when(col("segment").equalTo(window.getKey()), window.getValue()).otherwise(days);
    }
    return days;
  }

  private static List<Map.Entry<String, Integer>> shortestFirst(Map<String, Integer> windows) {
    return windows.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
  }

  private Column action(LocalDate scoreDate) {
    List<ActionRule> rules = settings.actions();
    Column action = lit(rules.get(rules.size() - 1).action());
    for (int index = rules.size() - 2; index >= 0; index--) {
      ActionRule rule = rules.get(index);
      action = when(holds(rule, scoreDate), rule.action()).otherwise(action);
    }
    return action;
  }

  private Column holds(ActionRule rule, LocalDate scoreDate) {
    Column holds = lit(true);
    holds = oneOf(holds, "tier", rule.tiers());
    holds = oneOf(holds, "trend", rule.trends());
    holds = oneOf(holds, "handoff_stage", rule.stages());
    holds = oneOf(holds, "last_inbound_signal", rule.signals());
    if (!rule.segments().isEmpty()) {
      holds = holds.and(Segments.isOneOf(rule.segments()));
    }
    for (String state : rule.states()) {
      holds = holds.and(is(state, scoreDate));
    }
    if (rule.silentDaysAtLeast().isPresent()) {
      holds = holds.and(silentDays().geq(rule.silentDaysAtLeast().getAsInt()));
    }
    if (rule.silentDaysAtMost().isPresent()) {
      holds = holds.and(silentDays().leq(rule.silentDaysAtMost().getAsInt()));
    }
    return coalesce(holds, lit(false));
  }

  private static Column oneOf(Column holds, String column, List<String> values) {
    return values.isEmpty() ? holds : holds.and(col(column).isin(values.toArray()));
  }

  private static Column is(String state, LocalDate scoreDate) {
    return switch (state) {
      case "opted_out" -> OptOuts.stand();
      case "waiting" ->
          Behaviour.number("asks_enter")
              .gt(0)
              .and(not(coalesce(col("last_touch_micros").geq(col("last_ask_micros")), lit(false))));
      case "tired" -> col("suppress_until").isNotNull();
      case "rewarmed" -> col("is_rewarmed");
      case "was_warm" -> col("has_been_warm");
      case "within_nurture" -> col("nurture_until").geq(lit(Date.valueOf(scoreDate)));
      default -> throw new IllegalArgumentException("no such state: " + state);
    };
  }

  private static Column silentDays() {
    return functions
        .unix_micros(col("as_of"))
        .minus(col("last_inbound_micros"))
        .divide(lit(86_400e6));
  }

  private Column localDate(Column instant) {
    return DailyActivities.localTime(instant, run).cast("date");
  }
}
