package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.lake.Lake;
import io.warmlead.report.Insights.Flow;
import io.warmlead.report.NextStep;
import io.warmlead.report.NightView.Counted;
import io.warmlead.report.NightView.HotLead;
import io.warmlead.report.NightView.SaveLead;
import io.warmlead.report.NightView.TierCount;
import io.warmlead.table.LeadScores;
import io.warmlead.table.TierTransitions;
import io.warmlead.temperature.LeadList;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** How the leads of one scored date stand, and those to look at first. */
final class ReportLeads {
  private static final int MOST_LEADS = 12;

  private final Lake lake;

  ReportLeads(Lake lake) {
    this.lake = lake;
  }

  List<TierCount> tiers(LocalDate date) {
    return ReportRows.on(lake.read(LeadScores.TABLE), date)
        .groupBy("tier")
        .agg(count(lit(1)), avg("probability"))
        .collectAsList()
        .stream()
        .map(
            row ->
                new TierCount(
                    row.getString(0),
                    row.getLong(1),
                    row.isNullAt(2) ? Optional.empty() : Optional.of(row.getDouble(2))))
        .sorted(
            Comparator.comparingInt(tier -> List.of("hot", "warm", "cold").indexOf(tier.tier())))
        .toList();
  }

  /**
   * Leads that made one kind of move between two tiers.
   *
   * @param from new where not scored before
   * @param to closed where no longer scored
   */
  record Transition(String kind, String from, String to, long leads) {}

  List<Transition> transitions(LocalDate date) {
    return ReportRows.on(lake.read(TierTransitions.TABLE), date)
        .groupBy(
            col("kind"),
            coalesce(col("from_tier"), lit("new")),
            coalesce(col("to_tier"), lit("closed")))
        .agg(count(lit(1)))
        .collectAsList()
        .stream()
        .map(
            row ->
                new Transition(
                    row.getString(0), row.getString(1), row.getString(2), row.getLong(3)))
        .toList();
  }

  /** By kind, the most frequent first. */
  static List<Counted> moves(List<Transition> transitions) {
    return transitions.stream()
        .collect(Collectors.groupingBy(Transition::kind, Collectors.summingLong(Transition::leads)))
        .entrySet()
        .stream()
        .map(kind -> new Counted(kind.getKey(), kind.getValue()))
        .sorted(
            Comparator.comparingLong((Counted kind) -> -kind.count()).thenComparing(Counted::name))
        .toList();
  }

  /** From tier to tier, whatever the kind; a move within a tier is none. */
  static List<Flow> flows(List<Transition> transitions) {
    record Ends(String from, String to) {}
    return transitions.stream()
        .filter(move -> !move.from().equals(move.to()))
        .collect(
            Collectors.groupingBy(
                move -> new Ends(move.from(), move.to()),
                Collectors.summingLong(Transition::leads)))
        .entrySet()
        .stream()
        .map(flow -> new Flow(flow.getKey().from(), flow.getKey().to(), flow.getValue()))
        .sorted(Comparator.comparing(Flow::from).thenComparing(Flow::to))
        .toList();
  }

  /** Hot leads; where none is, those warm ones that come nearest. */
  List<HotLead> hot(LocalDate date) {
    List<HotLead> hot = first(date, LeadList.HOT.rule());
    return hot.isEmpty() ? first(date, col("tier").equalTo("warm")) : hot;
  }

  private List<HotLead> first(LocalDate date, Column rule) {
    return ReportRows.on(lake.read(LeadScores.TABLE), date)
        .where(rule)
        .orderBy(LeadList.HOT.order())
        .limit(MOST_LEADS)
        .select(
            "lead_id",
            "probability",
            "temperature",
            "tier_reason",
            "tier_since",
            "trend",
            "next_action",
            "next_action_asset",
            "next_step_asset",
            "reasons")
        .collectAsList()
        .stream()
        .map(
            row ->
                new HotLead(
                    row.getString(0),
                    ReportRows.number(row, 1),
                    ReportRows.number(row, 2),
                    row.getString(3),
                    row.getDate(4).toLocalDate(),
                    row.getString(5),
                    next(row, 6),
                    reasons(row, 9)))
        .toList();
  }

  List<SaveLead> saveToday(LocalDate date) {
    return ReportRows.on(lake.read(LeadScores.TABLE), date)
        .where(LeadList.SAVE_TODAY.rule())
        .orderBy(LeadList.SAVE_TODAY.order())
        .limit(MOST_LEADS)
        .select(
            "lead_id",
            "tier",
            "probability",
            "probability_at_risk",
            "days_to_cold",
            "next_action",
            "next_action_asset",
            "next_step_asset")
        .collectAsList()
        .stream()
        .map(
            row ->
                new SaveLead(
                    row.getString(0),
                    row.getString(1),
                    row.getDouble(2),
                    row.getDouble(3),
                    row.isNullAt(4) ? Optional.empty() : Optional.of(row.getInt(4)),
                    next(row, 5)))
        .toList();
  }

  private static NextStep next(Row row, int column) {
    // Nights of earlier versions chose none.
    String action = Optional.ofNullable(row.getString(column)).orElse("");
    return new NextStep(
        action,
        Optional.ofNullable(row.getString(column + 1)),
        Optional.ofNullable(row.getString(column + 2)));
  }

  /** Reasons that name something; base, calibration and the rest are for the sum only. */
  private static List<String> reasons(Row row, int column) {
    List<String> texts = new ArrayList<>();
    if (!row.isNullAt(column)) {
      List<Row> reasons = row.getList(column);
      for (Row reason : reasons) {
        if (!reason.isNullAt(1)) {
          texts.add(reason.getString(3));
        }
      }
    }
    return texts;
  }
}
