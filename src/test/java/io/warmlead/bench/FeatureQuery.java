package io.warmlead.bench;

import io.warmlead.config.RunSettings;
import io.warmlead.feature.FeaturePlan;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The features of a plan in DuckDB's SQL: {@code features.sql} and {@code daily_activity.sql}. */
final class FeatureQuery {
  /** Columns of {@code leads}; every other attribute is an entry of its map. */
  private static final List<String> COLUMNS =
      List.of(
          "source", "segment", "country", "language", "budget", "authority", "need", "timeline");

  private FeatureQuery() {}

  /**
   * Features as columns that bear their names, and {@code lead_id}, over the tables {@code
   * daily_activity}, {@code leads} and {@code outcomes}.
   *
   * @param asOf a midnight in the company's zone
   */
  static String features(FeaturePlan plan, Instant asOf, RunSettings run) {
    List<Map<String, String>> levels = new ArrayList<>();
    plan.levels().forEach((attribute, known) -> levels.addAll(levels(attribute, known)));
    return Template.of("features.sql")
        .filled(
            Map.of(
                "as_of_day",
                asOf.atZone(run.zone()).toLocalDate().toString(),
                "as_of_micros",
                asOf.toEpochMilli() + "000"),
            Map.of(
                "excluded signal", numbered("signal", plan.excludedSignals()),
                "signal", numbered("signal", plan.signals()),
                "family", numbered("family", plan.families()),
                "channel", numbered("channel", plan.channels()),
                "number", plan.numbers().stream().map(FeatureQuery::attribute).toList(),
                "category",
                    plan.levels().entrySet().stream()
                        .map(one -> category(one.getKey(), one.getValue()))
                        .toList(),
                "level", levels));
  }

  /** Rows of {@code daily_activity}, as far as features need them, from {@code engagements}. */
  static String dailyActivity(RunSettings run) {
    return Template.of("daily_activity.sql")
        .filled(
            Map.of(
                "zone", run.zone().getId(),
                "office_opens", String.valueOf(run.businessFromHour()),
                "office_closes", String.valueOf(run.businessToHour()),
                "office_days",
                    run.businessDays().stream()
                        .map(DayOfWeek::getValue)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "))),
            Map.of());
  }

  private static List<Map<String, String>> numbered(String thing, List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(index -> Map.of(thing, names.get(index), "index", String.valueOf(index)))
        .toList();
  }

  private static Map<String, String> attribute(String name) {
    return Map.of("attribute", name, "text", text(name));
  }

  private static Map<String, String> category(String name, List<String> known) {
    return Map.of(
        "attribute",
        name,
        "text",
        text(name),
        "levels",
        known.stream().map(FeatureQuery::literal).collect(Collectors.joining(", ")));
  }

  /** All levels that have features: those of the plan, and the two that pool the others. */
  private static List<Map<String, String>> levels(String attribute, List<String> known) {
    List<String> levels = new ArrayList<>(known);
    for (String pooled : List.of("other", "missing")) {
      if (!levels.contains(pooled)) {
        levels.add(pooled);
      }
    }
    return levels.stream().map(level -> Map.of("attribute", attribute, "level", level)).toList();
  }

  private static String text(String attribute) {
    return COLUMNS.contains(attribute) ? attribute : "attributes[" + literal(attribute) + "]";
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
