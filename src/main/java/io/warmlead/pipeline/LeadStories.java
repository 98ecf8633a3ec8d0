package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.levenshtein;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;

import io.warmlead.config.SettingsException;
import io.warmlead.lake.Lake;
import io.warmlead.report.LeadStory;
import io.warmlead.report.LeadStory.Outcome;
import io.warmlead.report.LeadStory.Score;
import io.warmlead.report.LeadStory.Touch;
import io.warmlead.table.Engagements;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.Models;
import io.warmlead.table.Outcomes;
import io.warmlead.table.ScoreChanges;
import io.warmlead.table.TableContract;
import io.warmlead.table.TierTransitions;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Collects one lead's story from the published nights. Tables keep no statistics of who their rows
 * are about, so each is read whole, the column lead_id alone where a file has nothing of the lead.
 */
public final class LeadStories {
  private static final int MOST_TOUCHES = 20;
  private static final int MOST_SCORES = 10;
  private static final int MOST_MOVES = 3;
  private static final int MOST_OUTCOMES = 2;

  private final Lake lake;
  private final Queries published;
  private final String zone;
  private final Optional<Instant> asOf;
  private final Optional<LocalDate> newestDate;

  /** Stories up to now. */
  public LeadStories(RunContext run) {
    this(run, Optional.empty());
  }

  /**
   * Stories of what was known before an instant, and of the nights up to it.
   *
   * @param asOf empty: everything
   */
  public LeadStories(RunContext run, Optional<Instant> asOf) {
    this.asOf = asOf;
    this.newestDate = asOf.map(instant -> AsOf.date(instant, run.settings().run()));
    this.lake = run.lake();
    this.published = new Queries(lake);
    this.zone = run.settings().run().zone().getId();
  }

  /**
   * The story of a lead.
   *
   * @throws SettingsException when no table knows the lead
   */
  public LeadStory story(String leadId) {
    try (SideBySide queries = new SideBySide()) {
      Supplier<List<Row>> lead =
          queries.start(() -> newest(of(Leads.TABLE, leadId), 1, "valid_from"));
      Supplier<List<Row>> outcomes =
          queries.start(
              () -> newest(of(Outcomes.TABLE, leadId), MOST_OUTCOMES, "occurred_at", "outcome"));
      Supplier<Long> engagements = queries.start(() -> of(Engagements.TABLE, leadId).count());
      Supplier<List<Row>> touches = queries.start(() -> touches(leadId));
      Supplier<List<Row>> scores =
          queries.start(() -> newest(of(LeadScores.TABLE, leadId), MOST_SCORES, "score_date"));
      Supplier<List<Row>> changes =
          queries.start(() -> newest(of(ScoreChanges.TABLE, leadId), 1, "score_date"));
      Supplier<List<Row>> moves =
          queries.start(() -> newest(of(TierTransitions.TABLE, leadId), MOST_MOVES, "score_date"));
      Supplier<Optional<LocalDate>> newestNight =
          queries.start(() -> new PublishedRuns(lake).newestDate(newestDate));
      if (lead.get().isEmpty() && outcomes.get().isEmpty() && engagements.get() == 0) {
        throw asOf.map(instant -> unknownYet(leadId, instant)).orElseGet(() -> unknown(leadId));
      }
      List<Score> told = scores.get().stream().map(LeadStoryRows::score).toList();
      Optional<LocalDate> date = told.stream().map(Score::scoreDate).max(LocalDate::compareTo);
      return new LeadStory(
          leadId,
          lead.get().stream().map(LeadStoryRows::attributes).findFirst(),
          outcomes.get().stream().map(LeadStories::outcome).toList(),
          engagements.get(),
          touches.get().stream().map(LeadStories::touch).toList(),
          told,
          last(scores.get()).map(row -> LeadStoryRows.newest(row, horizon(row))),
          last(changes.get())
              .filter(row -> LeadStoryRows.date(row, "score_date").equals(date))
              .map(LeadStoryRows::change),
          moves.get().stream().map(LeadStoryRows::move).toList(),
          newestNight.get(),
          lake.describe(LeadScores.TABLE).replaceFirst("/[^/]*$", ""));
    }
  }

  private Dataset<Row> of(TableContract table, String leadId) {
    return published.table(table).where(col("lead_id").equalTo(lit(leadId)).and(isKnown(table)));
  }

  private Column isKnown(TableContract table) {
    return asOf.map(instant -> isKnown(table, instant)).orElse(lit(true));
  }

  private Column isKnown(TableContract table, Instant instant) {
    if (table.columnNames().contains("score_date")) {
      return col("score_date").leq(lit(Date.valueOf(newestDate.orElseThrow())));
    }
    String since =
        Map.of(Leads.TABLE, "valid_from", Engagements.TABLE, "known_at")
            .getOrDefault(table, "occurred_at");
    return col(since).lt(lit(Timestamp.from(instant)));
  }

  /** The newest rows, in the order of time. */
  private static List<Row> newest(Dataset<Row> rows, int most, String... order) {
    Column[] newestFirst = columns(order, false);
    return rows.orderBy(newestFirst).limit(most).orderBy(columns(order, true)).collectAsList();
  }

  private static Column[] columns(String[] names, boolean isRising) {
    Column[] columns = new Column[names.length];
    for (int i = 0; i < names.length; i++) {
      columns[i] = isRising ? col(names[i]).asc() : col(names[i]).desc();
    }
    return columns;
  }

  /** Equal engagements of a day of the company's zone are told as one. */
  private List<Row> touches(String leadId) {
    Dataset<Row> folded =
        of(Engagements.TABLE, leadId)
            .withColumn("day", to_date(from_utc_timestamp(col("occurred_at"), zone)))
            .groupBy("day", "signal", "channel", "direction", "asset")
            .agg(
                count(lit(1)).as("times"),
                max("occurred_at").as("last_at"),
                max("known_at").as("known_at"));
    return newest(folded, MOST_TOUCHES, "last_at", "signal", "channel", "direction", "asset");
  }

  private Optional<Double> horizon(Row score) {
    return LeadStoryRows.text(score, "model_version")
        .flatMap(
            version ->
                lake
                    .read(Models.TABLE)
                    .where(col("version").equalTo(lit(version)))
                    .select("horizon_days")
                    .limit(1)
                    .collectAsList()
                    .stream()
                    .map(row -> row.getDouble(0))
                    .findFirst());
  }

  private static Optional<Row> last(List<Row> rows) {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(rows.size() - 1));
  }

  private static Touch touch(Row row) {
    return new Touch(
        row.getAs("signal"),
        row.getAs("channel"),
        row.getAs("direction"),
        LeadStoryRows.text(row, "asset"),
        row.<Long>getAs("times"),
        LeadStoryRows.instant(row, "last_at").orElseThrow(),
        LeadStoryRows.instant(row, "known_at").orElseThrow());
  }

  private static Outcome outcome(Row row) {
    return new Outcome(
        row.getAs("outcome"),
        LeadStoryRows.instant(row, "occurred_at").orElseThrow(),
        row.<Boolean>getAs("is_conversion"),
        row.<Boolean>getAs("closes"));
  }

  private static SettingsException unknownYet(String leadId, Instant instant) {
    return new SettingsException(
        "--lead "
            + leadId
            + ": nothing was known of it before "
            + instant
            + ". Give a later --as-of, or correct the id.");
  }

  private SettingsException unknown(String leadId) {
    Column distance = levenshtein(lower(col("lead_id")), lit(leadId.toLowerCase(Locale.ROOT)));
    Row nearest =
        lake.read(Leads.TABLE)
            .agg(min(struct(distance.as("distance"), col("lead_id").as("lead_id"))))
            .head();
    if (nearest.isNullAt(0)) {
      return new SettingsException(
          "There is no lead yet in the tables of "
              + lake.describe(Leads.TABLE).replaceFirst("/[^/]*$", "")
              + ": read some with scripts/warmlead nightly --conf FILE --lake URI, or correct"
              + " --lake.");
    }
    Row closest = nearest.getStruct(0);
    boolean isNear = closest.getInt(0) <= Math.max(2, leadId.length() / 3);
    return new SettingsException(
        "--lead "
            + leadId
            + " is in neither leads, outcomes nor engagements of "
            + lake.describe(Leads.TABLE).replaceFirst("/[^/]*$", "")
            + "."
            + (isNear ? " Did you mean " + closest.getString(1) + "?" : "")
            + " Ids are taken as the exports have them, capitals included; to look for one:"
            + " scripts/warmlead sql \"SELECT lead_id, segment, owner FROM leads WHERE lead_id LIKE"
            + " '%...%'\" --lake URI");
  }
}
