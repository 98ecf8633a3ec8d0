package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import io.warmlead.activity.EarlierActivities;
import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.EarlierActivity;
import io.warmlead.table.LeadScores;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All that leads did, at a cost that does not grow with it: the days since a border one by one, and
 * what arrived before it from {@code earlier_activity}, which is kept up for this.
 */
final class LeadHistory {
  private static final String[] LEAD = {"lead_id"};

  private final RunContext run;
  private final Lake lake;
  private final int longestWindow;
  private final EarlierActivities earlier;
  private final LocalDate border;

  /** Whether anything arrived before the border. */
  private boolean hasEarlier;

  private LeadHistory(RunContext run, Instant asOf, int longestWindow) {
    this.run = run;
    this.lake = run.lake();
    this.longestWindow = longestWindow;
    this.earlier = new EarlierActivities(run.settings().signals(), run.settings().run());
    this.border = borderOf(asOf);
  }

  /**
   * History as a night needs it, with {@code earlier_activity} brought up to its border. What
   * arrived since the border before is added to the leads that it is of; leads that got days of
   * before that border late are made anew. So are all, with a note, where the table is missing,
   * stands at a later border, or was made under other settings.
   *
   * @param longestWindow days; what is older counts in the numbers of {@code earlier_activity}
   *     alone
   */
  static LeadHistory upTo(Instant asOf, int longestWindow, RunContext run) {
    LeadHistory history = new LeadHistory(run, asOf, longestWindow);
    history.hasEarlier = history.bringUpToBorder();
    return history;
  }

  /**
   * Whether a date lies at or after all borders in use, so that what came before it can be told
   * from what came since.
   */
  boolean tells(LocalDate date) {
    return !hasEarlier || !date.isBefore(border);
  }

  /** Activity of all leads, for {@link io.warmlead.feature.PointInTime}. */
  Dataset<Row> rows() {
    return rows(border, UnaryOperator.identity());
  }

  /** Activity of some leads, for instants from an earlier one on. */
  Dataset<Row> rows(Dataset<Row> leads, Instant from) {
    return rows(borderOf(from), rows -> rows.join(leads, LEAD, "left_semi"));
  }

  private Dataset<Row> rows(LocalDate from, UnaryOperator<Dataset<Row>> ofLeads) {
    Dataset<Row> days = days();
    if (!hasEarlier) {
      return ofLeads.apply(days);
    }
    Dataset<Row> before =
        from.equals(border)
            ? ofLeads.apply(lake.read(EarlierActivity.TABLE))
            : earlier.of(ofLeads.apply(days.where(isBefore(from))));
    return earlier
        .asActivity(before)
        .unionByName(ofLeads.apply(days.where(not(isBefore(from)))), true);
  }

  private LocalDate borderOf(Instant asOf) {
    return EarlierActivities.border(AsOf.date(asOf, run.settings().run()), longestWindow);
  }

  private Dataset<Row> days() {
    return lake.read(DailyActivity.TABLE).drop("last_asset");
  }

  private static Column isBefore(LocalDate border) {
    return col("arrived_day").lt(lit(Date.valueOf(border)));
  }

  /**
   * What {@code earlier_activity} holds.
   *
   * @param reached border to which it was added to last; nothing arrived from there to the one that
   *     it was brought up to
   * @param batch newest ingest in it
   * @param definition that of all rows; where they differ, none
   */
  private record Held(LocalDate reached, long batch, Optional<String> definition) {}

  private Optional<Held> held() {
    if (!lake.exists(EarlierActivity.TABLE)) {
      return Optional.empty();
    }
    Column definition = col("definition");
    Row held =
        lake.read(EarlierActivity.TABLE)
            .agg(max("until_day"), max("batch"), max(definition), min(definition))
            .head();
    if (held.isNullAt(0)) {
      return Optional.empty();
    }
    return Optional.of(
        new Held(
            held.getDate(0).toLocalDate(),
            held.getLong(1),
            Optional.of(held.getString(2)).filter(held.getString(3)::equals)));
  }

  private boolean bringUpToBorder() {
    Dataset<Row> arrived = days().where(isBefore(border));
    Optional<Held> held = held();
    Optional<String> reason = held.flatMap(this::unusable);
    if (held.isEmpty() || reason.isPresent()) {
      return makeAnew(arrived, held, reason);
    }
    add(arrived, held.get());
    return true;
  }

  private Optional<String> unusable(Held held) {
    if (held.reached().isAfter(border)) {
      return Optional.of("it stands at " + held.reached() + ", later than this date needs");
    }
    return held.definition().filter(earlier.definition()::equals).isPresent()
        ? Optional.empty()
        : Optional.of("it was made under other settings");
  }

  private boolean makeAnew(Dataset<Row> arrived, Optional<Held> held, Optional<String> reason) {
    boolean isEmpty = arrived.isEmpty();
    if (isEmpty && held.isEmpty()) {
      return false;
    }
    // On the first night of a lake nobody expects it to be there.
    reason
        .or(() -> Optional.of("there is none").filter(none -> lake.exists(LeadScores.TABLE)))
        .ifPresent(
            why ->
                run.progress()
                    .note(
                        "History before "
                            + border
                            + " is summed up anew (earlier_activity): "
                            + why
                            + "."));
    lake.overwrite(EarlierActivity.TABLE, earlier.of(arrived));
    return !isEmpty;
  }

  private void add(Dataset<Row> arrived, Held held) {
    Column isNew = not(isBefore(held.reached()));
    Dataset<Row> late =
        arrived
            .where(not(isNew).and(col("batch").gt(lit(held.batch()))))
            .select("lead_id")
            .distinct()
            .localCheckpoint();
    Dataset<Row> since = arrived.where(isNew).join(late, LEAD, "left_anti");
    if (late.isEmpty() && since.isEmpty()) {
      return;
    }
    lake.replace(
        EarlierActivity.TABLE,
        earlier
            .carriedOn(lake.read(EarlierActivity.TABLE), since)
            .unionByName(earlier.of(arrived.join(late, LEAD, "left_semi"))));
  }
}
