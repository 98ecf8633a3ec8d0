package io.warmlead.pipeline;

import io.warmlead.report.LeadStory.Attributes;
import io.warmlead.report.LeadStory.Change;
import io.warmlead.report.LeadStory.Move;
import io.warmlead.report.LeadStory.Newest;
import io.warmlead.report.LeadStory.Reason;
import io.warmlead.report.LeadStory.Score;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Rows of the tables as parts of a lead's story. */
final class LeadStoryRows {
  private LeadStoryRows() {}

  static Attributes attributes(Row row) {
    return new Attributes(
        instant(row, "created_at").orElseThrow(),
        text(row, "segment"),
        text(row, "source"),
        text(row, "owner"),
        text(row, "account_id"),
        text(row, "country"));
  }

  static Score score(Row row) {
    return new Score(
        date(row, "score_date").orElseThrow(),
        number(row, "probability"),
        number(row, "temperature"),
        row.getAs("tier"),
        row.getAs("trend"));
  }

  static Newest newest(Row row, Optional<Double> horizonDays) {
    return new Newest(
        instant(row, "scored_as_of").orElseThrow(),
        row.getAs("tier_reason"),
        date(row, "tier_since").orElseThrow(),
        row.<Boolean>getAs("is_rewarmed"),
        text(row, "handoff_stage"),
        row.getAs("funnel_stage"),
        text(row, "model_version"),
        horizonDays,
        reasons(row),
        Optional.ofNullable(row.<Integer>getAs("days_to_cold")),
        number(row, "probability_at_risk"),
        text(row, "next_action"),
        text(row, "next_action_asset"),
        text(row, "next_step_asset"),
        text(row, "preferred_channel"),
        date(row, "suppress_until"),
        date(row, "nurture_until"));
  }

  static Change change(Row row) {
    return new Change(
        date(row, "previous_score_date").orElseThrow(),
        row.<Double>getAs("delta"),
        row.<Double>getAs("by_corrections"),
        row.<Double>getAs("by_decay"),
        row.<Double>getAs("by_attributes"),
        row.<Double>getAs("by_new_events"),
        row.<Double>getAs("by_model"));
  }

  static Move move(Row row) {
    return new Move(
        date(row, "score_date").orElseThrow(),
        row.getAs("kind"),
        text(row, "from_tier"),
        text(row, "to_tier"),
        text(row, "trigger_signal"),
        instant(row, "trigger_at"),
        Optional.ofNullable(row.<Integer>getAs("dwell_days")));
  }

  private static List<Reason> reasons(Row row) {
    int column = row.fieldIndex("reasons");
    if (row.isNullAt(column)) {
      return List.of();
    }
    List<Row> reasons = row.getList(column);
    return reasons.stream()
        .map(
            reason ->
                new Reason(
                    reason.getAs("feature"),
                    text(reason, "value"),
                    reason.<Double>getAs("contribution"),
                    reason.getAs("text")))
        .toList();
  }

  static Optional<String> text(Row row, String column) {
    return Optional.ofNullable(row.<String>getAs(column));
  }

  static Optional<Double> number(Row row, String column) {
    return Optional.ofNullable(row.<Double>getAs(column));
  }

  static Optional<LocalDate> date(Row row, String column) {
    return Optional.ofNullable(row.<Date>getAs(column)).map(Date::toLocalDate);
  }

  static Optional<Instant> instant(Row row, String column) {
    return Optional.ofNullable(row.<Timestamp>getAs(column)).map(Timestamp::toInstant);
  }
}
