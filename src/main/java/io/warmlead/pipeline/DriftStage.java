package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.warmlead.insight.Stability;
import io.warmlead.insight.UnseenLevels;
import io.warmlead.lake.Lake;
import io.warmlead.table.Drift;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import io.warmlead.table.TableContract;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Measures how far the world has moved since the model that scores took over. Nights that were not
 * published are no night to measure from.
 */
final class DriftStage {
  static final String FEATURE = "feature";
  static final String SCORE = "score";
  static final String BASE_RATE = "base_rate";
  static final String UNSEEN_LEVEL = "unseen_level";
  static final String DRIFTED = "drifted";
  private static final String STEADY = "steady";

  /** More leads would not make an index more certain in any way that matters. */
  private static final long MOST_LEADS = 10_000;

  private static final long HASH_STEPS = 10_000;

  /** Names that the summary gives at most. */
  private static final int MOST_NAMED = 3;

  private static final Duration RATE_WINDOW = Duration.ofDays(28);

  /** Two-sided, one time in a thousand. */
  private static final double BEYOND_NOISE = 3.29;

  private final RunContext run;
  private final Lake lake;
  private final PublishedRuns counting;

  DriftStage(RunContext run) {
    this.run = run;
    this.lake = run.lake();
    this.counting = PublishedRuns.and(run);
  }

  /** A scored date. */
  private record Night(LocalDate date, Instant scoredAsOf, long leads) {}

  /** Writes drift of one date; none without a model. */
  void measure(LocalDate date) {
    Dataset<Row> tonight = scores(date);
    Row model = tonight.agg(max("model_version")).head();
    List<Row> rows =
        model.isNullAt(0) ? List.of() : measured(model.getString(0), date, night(date));
    lake.replaceWhere(
        Drift.TABLE,
        lake.spark().createDataFrame(rows, Drift.TABLE.schema()),
        "score_date = DATE'" + date + "'");
  }

  /** What was measured on one date, in a sentence without its full stop; empty without a model. */
  Optional<String> summary(LocalDate date) {
    List<Row> rows =
        rows(Drift.TABLE)
            .where(col("score_date").equalTo(lit(Date.valueOf(date))))
            .orderBy(desc("value"), col("name"))
            .select("kind", "name", "value", "state", "reference_date")
            .collectAsList();
    Optional<Row> score = of(rows, SCORE).stream().findFirst();
    Optional<Row> rate = of(rows, BASE_RATE).stream().findFirst();
    if (score.isEmpty() || rate.isEmpty()) {
      return Optional.empty();
    }
    List<Row> features = of(rows, FEATURE);
    List<Row> drifted = features.stream().filter(row -> row.getString(3).equals(DRIFTED)).toList();
    List<Row> unseen = of(rows, UNSEEN_LEVEL);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "since %s: score %s (PSI %.3f), conversions per lead x %.2f (%s), %d of %d features drifted%s, %d"
                + " unseen levels%s",
            score.get().getDate(4),
            score.get().getString(3),
            score.get().getDouble(2),
            Math.exp(rate.get().getDouble(2)),
            rate.get().getString(3).equals(STEADY) ? "may be chance" : rate.get().getString(3),
            drifted.size(),
            features.size(),
            named(drifted),
            unseen.size(),
            named(unseen)));
  }

  private static List<Row> of(List<Row> rows, String kind) {
    return rows.stream().filter(row -> row.getString(0).equals(kind)).toList();
  }

  private static String named(List<Row> rows) {
    return rows.isEmpty()
        ? ""
        : rows.stream()
            .limit(MOST_NAMED)
            .map(row -> row.getString(1))
            .collect(Collectors.joining(", ", " (", rows.size() > MOST_NAMED ? ", …)" : ")"));
  }

  private List<Row> measured(String version, LocalDate date, Night tonight) {
    Night reference = night(referenceDate(version, date));
    List<Row> rows = new ArrayList<>();
    Writer writer = new Writer(rows, version, reference, tonight);
    for (Stability.Shift shift :
        Stability.between(distributions(reference), distributions(tonight))) {
      int colon = shift.name().indexOf(':');
      writer.add(
          shift.name().substring(0, colon),
          shift.name().substring(colon + 1),
          new Measured(shift.psi(), shift.noise(), shift.referenceMedian(), shift.median()),
          state(shift.psi(), shift.noise(), 0.1, 0.25),
          shift.referenceN(),
          shift.n());
    }
    baseRate(writer, reference, tonight);
    unseen(writer, version, tonight);
    return rows;
  }

  private void baseRate(Writer writer, Night reference, Night tonight) {
    long before = conversions(reference.scoredAsOf());
    long now = conversions(tonight.scoredAsOf());
    double rateBefore = (before + 0.5) / reference.leads();
    double rate = (now + 0.5) / tonight.leads();
    double noise = BEYOND_NOISE * Math.sqrt(1 / (before + 0.5) + 1 / (now + 0.5));
    double moved = Math.log(rate / rateBefore);
    writer.add(
        BASE_RATE,
        "conversions",
        new Measured(
            moved, noise, (double) before / reference.leads(), (double) now / tonight.leads()),
        state(Math.abs(moved), noise, Math.log(1.2), Math.log(1.5)),
        reference.leads(),
        tonight.leads());
  }

  private void unseen(Writer writer, String version, Night tonight) {
    ModelStore.StoredModel stored = new ModelStore(run).load(version);
    UnseenLevels.of(
            lake.read(Leads.TABLE),
            scores(tonight.date()),
            stored.plan().levels().keySet(),
            stored.model().training().trainedAsOf(),
            tonight.scoredAsOf())
        .collectAsList()
        .forEach(
            row -> {
              double share = (double) row.<Long>getAs("leads") / tonight.leads();
              writer.add(
                  UNSEEN_LEVEL,
                  row.getAs("name") + "=" + row.getAs("level"),
                  new Measured(share, null, null, share),
                  state(share, 0, 0.01, 0.05),
                  null,
                  tonight.leads());
            });
  }

  /** Leads that converted in the days before an instant. */
  private long conversions(Instant before) {
    return lake.read(Outcomes.TABLE)
        .where(
            col("is_conversion")
                .and(col("occurred_at").lt(lit(Timestamp.from(before))))
                .and(col("occurred_at").geq(lit(Timestamp.from(before.minus(RATE_WINDOW))))))
        .agg(countDistinct("lead_id"))
        .head()
        .getLong(0);
  }

  private static String state(double value, double noise, double moved, double drifted) {
    if (value <= noise || value < moved) {
      return STEADY;
    }
    return value < drifted ? "moved" : DRIFTED;
  }

  /** The first date that the model scored: it is remembered, so that old scores are not read. */
  LocalDate referenceDate(String version, LocalDate date) {
    Column isOfModel = col("model_version").equalTo(lit(version));
    Row known =
        rows(Drift.TABLE)
            .where(isOfModel.and(col("score_date").leq(lit(Date.valueOf(date)))))
            .agg(min("reference_date"))
            .head();
    // Another run may have written over its scores and not have been published.
    if (!known.isNullAt(0) && counting.hasScores(known.getDate(0).toLocalDate())) {
      return known.getDate(0).toLocalDate();
    }
    return rows(LeadScores.TABLE)
        .where(isOfModel.and(col("score_date").leq(lit(Date.valueOf(date)))))
        .agg(min("score_date"))
        .head()
        .getDate(0)
        .toLocalDate();
  }

  private Night night(LocalDate date) {
    Row scored = scores(date).agg(max("scored_as_of"), count(lit(1))).head();
    return new Night(date, scored.getTimestamp(0).toInstant(), scored.getLong(1));
  }

  private Dataset<Row> scores(LocalDate date) {
    return rows(LeadScores.TABLE).where(col("score_date").equalTo(lit(Date.valueOf(date))));
  }

  /** Those of nights that were published, and of this run. */
  private Dataset<Row> rows(TableContract table) {
    return counting.only(lake.read(table));
  }

  /** Features and probability of a sample of leads: name (kind:name), value. */
  private Dataset<Row> distributions(Night night) {
    long kept = Math.max(1, HASH_STEPS * MOST_LEADS / Math.max(1, night.leads()));
    Column isSampled = pmod(xxhash64(col("lead_id")), lit(HASH_STEPS)).lt(kept);
    Dataset<Row> features =
        rows(LeadFeatures.TABLE)
            .where(col("score_date").equalTo(lit(Date.valueOf(night.date()))).and(isSampled))
            .select(explode(col("features")).as(new String[] {"feature", "value"}))
            .select(concat(lit(FEATURE + ":"), col("feature")).as("name"), col("value"));
    Dataset<Row> probabilities =
        scores(night.date())
            .where(isSampled.and(col("probability").isNotNull()))
            .select(lit(SCORE + ":probability").as("name"), col("probability").as("value"));
    return features.unionByName(probabilities).where(col("value").isNotNull());
  }

  /** Numbers of one row; null where there are none. */
  private record Measured(double value, Double noise, Double before, double now) {}

  /** Adds rows for one date. */
  private final class Writer {
    private final List<Row> rows;
    private final String version;
    private final Night reference;
    private final Night tonight;

    Writer(List<Row> rows, String version, Night reference, Night tonight) {
      this.rows = rows;
      this.version = version;
      this.reference = reference;
      this.tonight = tonight;
    }

    void add(String kind, String name, Measured measured, String state, Long referenceN, long n) {
      rows.add(
          RowFactory.create(
              Date.valueOf(tonight.date()),
              kind,
              name,
              measured.value(),
              measured.noise(),
              measured.before(),
              measured.now(),
              state,
              n,
              referenceN,
              Date.valueOf(reference.date()),
              version,
              Timestamp.from(tonight.scoredAsOf()),
              run.runId()));
    }
  }
}
