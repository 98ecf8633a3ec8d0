package io.warmlead.simulate;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.TreeMap;

/** The planted numbers as JSON: {@code truth/parameters.json}, keys sorted. */
final class TruthParameters {
  private TruthParameters() {}

  static String json(
      SimulationPlan plan,
      CompanyCalendar calendar,
      Volume volume,
      Map<String, Long> rows,
      DirtCounts dirt) {
    Map<String, Object> all = new TreeMap<>();
    all.put("plan", plan(plan, calendar));
    all.put("interest", interest());
    all.put("half_life_days", PlantedTruth.halfLives());
    all.put("half_life_days_with_offspring", PlantedTruth.halfLivesWithOffspring());
    all.put("marks", marks());
    all.put("conversion", conversion());
    all.put("response", response());
    all.put("outreach", outreach());
    all.put(
        "idle_activity",
        Map.of(
            "pages_per_visit", volume.pagesPerVisit(),
            "reading_per_day", volume.readingPerDay(),
            "tracked_share", volume.tracked()));
    all.put("dirt_events", dirt(dirt));
    all.put("rows", rows);
    ConfigRenderOptions options =
        ConfigRenderOptions.defaults().setOriginComments(false).setComments(false);
    return ConfigValueFactory.fromMap(all).render(options) + "\n";
  }

  private static Map<String, Object> plan(SimulationPlan plan, CompanyCalendar calendar) {
    return Map.of(
        "leads", plan.leads(),
        "days", plan.days(),
        "events", plan.events(),
        "seed", plan.seed(),
        "first_day", calendar.firstDay().toString(),
        "last_day", CompanyCalendar.LAST_DAY.toString(),
        "zone", CompanyCalendar.ZONE.getId());
  }

  private static Map<String, Object> interest() {
    Map<String, Object> excitation = new TreeMap<>();
    for (Segment segment : Segment.values()) {
      excitation.put(segment.label, Dynamics.of(segment).excitation());
    }
    return Map.of(
        "project_half_life_days", PlantedTruth.PROJECT_HALF_LIFE,
        "project_mean", PlantedTruth.PROJECT_MEAN,
        "project_log_size_per_quality", PlantedTruth.PROJECT_BY_QUALITY,
        "projects_per_day", PlantedTruth.PROJECT_RATE,
        "signals_per_day_and_project", PlantedTruth.SIGNALS_PER_PROJECT,
        "idle_signals_per_day", PlantedTruth.IDLE_SIGNALS,
        "branching_ratio", PlantedTruth.BRANCHING_RATIO,
        "excitation", excitation,
        "cold_below", PlantedTruth.COLD_INTEREST);
  }

  private static Map<String, Object> marks() {
    Map<String, Object> marks = new TreeMap<>();
    for (Activity activity : Activity.ALL) {
      if (activity.mark > 0) {
        marks.put(activity.signal(), activity.mark);
      }
    }
    return marks;
  }

  private static Map<String, Object> conversion() {
    Map<String, Object> bySegment = new TreeMap<>();
    for (Segment segment : Segment.values()) {
      bySegment.put(segment.label, segment.hazardFactor);
    }
    Map<String, Object> bySource = new TreeMap<>();
    for (LeadSource source : LeadSource.values()) {
      bySource.put(source.label, source.hazardFactor);
    }
    return Map.of(
        "horizon_days", PlantedTruth.HORIZON_DAYS,
        "idle_hazard_per_day", PlantedTruth.IDLE_HAZARD,
        "hazard_per_day_and_interest", PlantedTruth.HAZARD_PER_INTEREST,
        "log_hazard_per_quality", PlantedTruth.HAZARD_BY_QUALITY,
        "can_convert_share", PlantedTruth.CAN_CONVERT,
        "factor_by_segment", bySegment,
        "factor_by_source", bySource,
        "loss_recorded_share", PlantedTruth.LOSS_RECORDED,
        "churn_share", PlantedTruth.CHURN_SHARE);
  }

  private static Map<String, Object> response() {
    Map<String, Object> hours = new TreeMap<>();
    for (int owner = 0; owner < Owners.COUNT; owner++) {
      hours.put(Owners.name(owner), Owners.answerHoursFactor(owner));
    }
    return Map.of(
        "interest_at_once", PlantedTruth.ANSWER_EFFECT,
        "effect_half_life_hours", PlantedTruth.ANSWER_EFFECT_HALF_LIFE_HOURS,
        "median_hours", PlantedTruth.ANSWER_MEDIAN_HOURS,
        "log_hours_deviation", PlantedTruth.ANSWER_LOG_DEVIATION,
        "log_hours_per_quality", PlantedTruth.ANSWER_HOURS_BY_QUALITY,
        "unanswered_share", PlantedTruth.UNANSWERED,
        "hours_factor_by_owner", hours);
  }

  private static Map<String, Object> outreach() {
    Map<String, Object> touches = new TreeMap<>();
    for (int owner = 0; owner < Owners.COUNT; owner++) {
      touches.put(Owners.name(owner), Owners.touchFactor(owner));
    }
    return Map.of(
        "idle_touches_per_day", PlantedTruth.IDLE_TOUCHES,
        "touches_per_day_and_interest", PlantedTruth.TOUCHES_PER_INTEREST,
        "touch_factor_by_owner", touches,
        "reply_chance", PlantedTruth.REPLY_CHANCE,
        "fatigue_half_life_days", PlantedTruth.FATIGUE_HALF_LIFE,
        "log_reply_per_fatigue", -PlantedTruth.REPLY_LOSS_BY_FATIGUE,
        "unsubscribe_chance", PlantedTruth.UNSUBSCRIBE_CHANCE,
        "log_unsubscribe_per_fatigue", PlantedTruth.UNSUBSCRIBE_GAIN_BY_FATIGUE);
  }

  private static Map<String, Object> dirt(DirtCounts counts) {
    Map<String, Object> byKind = new TreeMap<>();
    for (Dirt kind : Dirt.values()) {
      byKind.put(kind.label(), counts.of(kind));
    }
    return byKind;
  }
}
