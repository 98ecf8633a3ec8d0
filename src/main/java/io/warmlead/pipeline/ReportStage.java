package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.desc_nulls_last;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.lake.Lake;
import io.warmlead.pipeline.InputAccounts.InputAccount;
import io.warmlead.report.NightView;
import io.warmlead.report.NightView.Account;
import io.warmlead.report.NightView.Counted;
import io.warmlead.report.NightView.HalfLife;
import io.warmlead.report.NightView.HotLead;
import io.warmlead.report.NightView.Model;
import io.warmlead.report.NightView.NextStep;
import io.warmlead.report.NightView.Point;
import io.warmlead.report.NightView.SaveLead;
import io.warmlead.report.NightView.SilenceRate;
import io.warmlead.report.NightView.TierCount;
import io.warmlead.table.DecayCurves;
import io.warmlead.table.DecayHalfLives;
import io.warmlead.table.Engagements;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Models;
import io.warmlead.table.Rejects;
import io.warmlead.table.Silence;
import io.warmlead.table.TierTransitions;
import io.warmlead.temperature.LeadList;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Collects what a person wants to see of one night; bounded, whatever the number of leads. */
final class ReportStage {
  private static final int MOST_HOT = 12;
  private static final int MOST_NAMES = 12;

  private final RunContext run;
  private final Lake lake;

  ReportStage(RunContext run) {
    this.run = run;
    this.lake = run.lake();
  }

  /** The night of a run. */
  NightView view(
      Instant asOf,
      Optional<LocalDate> scoreDate,
      Optional<IngestStage.Result> ingested,
      Optional<TrainStage.Result> trained,
      Optional<String> modelVersion) {
    try (SideBySide queries = new SideBySide()) {
      Supplier<List<HotLead>> hot = queries.start(() -> scoreDate.map(this::hot).orElse(List.of()));
      Supplier<List<SaveLead>> saveToday =
          queries.start(() -> scoreDate.map(this::saveToday).orElse(List.of()));
      Supplier<List<TierCount>> tiers =
          queries.start(() -> scoreDate.map(this::tiers).orElse(List.of()));
      Supplier<Optional<Model>> model =
          queries.start(
              () ->
                  modelVersion
                      .or(() -> trained.flatMap(TrainStage.Result::version))
                      .map(this::model));
      Supplier<List<Counted>> moves =
          queries.start(() -> scoreDate.map(this::moves).orElse(List.of()));
      Supplier<List<HalfLife>> halfLives = queries.start(() -> halfLives(asOf));
      Supplier<Map<String, List<Point>>> curves = queries.start(() -> curves(asOf));
      Supplier<List<SilenceRate>> silence = queries.start(() -> silence(asOf));
      Supplier<List<String>> warnings = queries.start(() -> new QualityStage(run).warnings(asOf));
      Supplier<Optional<String>> drift =
          queries.start(() -> scoreDate.flatMap(new DriftStage(run)::summary));
      // A run that read nothing refused nothing: no need to look.
      boolean hasRows =
          ingested.map(result -> result.total(InputAccount::rowsIn) > 0).orElse(false);
      Supplier<List<Counted>> rejectReasons =
          queries.start(() -> hasRows ? rejectReasons() : List.of());
      Supplier<List<Counted>> unmapped = queries.start(() -> hasRows ? unmapped() : List.of());
      return new NightView(
          run.runId(),
          asOf,
          scoreDate,
          ingested.map(ReportStage::accounts).orElse(List.of()),
          rejectReasons.get(),
          unmapped.get(),
          model.get(),
          trained.flatMap(TrainStage.Result::championStays),
          tiers.get(),
          moves.get(),
          hot.get(),
          saveToday.get(),
          halfLives.get(),
          curves.get(),
          silence.get(),
          warnings.get(),
          drift.get(),
          lake.describe(LeadScores.CURRENT));
    }
  }

  private static List<Account> accounts(IngestStage.Result result) {
    return result.accounts().stream()
        .map(
            a ->
                new Account(
                    a.input(),
                    a.files(),
                    a.rowsIn(),
                    a.accepted(),
                    a.duplicates(),
                    a.rejected(),
                    a.ignored(),
                    a.unknownLeads()))
        .toList();
  }

  private List<Counted> rejectReasons() {
    return counted(
        lake.read(Rejects.TABLE)
            .where(col("run_id").equalTo(run.runId()))
            .select(explode(col("reasons")).as("name")));
  }

  private List<Counted> unmapped() {
    return counted(
        lake.read(Engagements.TABLE)
            .where(col("run_id").equalTo(run.runId()).and(col("is_mapped").equalTo(false)))
            .select(col("event").as("name")));
  }

  private static List<Counted> counted(Dataset<Row> names) {
    return names
        .groupBy("name")
        .agg(count(lit(1)).as("rows"))
        .orderBy(desc("rows"), col("name"))
        .limit(MOST_NAMES)
        .collectAsList()
        .stream()
        .map(row -> new Counted(row.getString(0), row.getLong(1)))
        .toList();
  }

  private Model model(String version) {
    Row row =
        lake.read(Models.TABLE)
            .where(col("version").equalTo(version))
            .select(
                "family",
                "trained_as_of",
                "snapshots",
                "converting_leads",
                "metrics",
                "notes",
                "excluded.feature")
            .head();
    return new Model(
        version,
        row.getString(0),
        row.getTimestamp(1).toInstant(),
        row.getLong(2),
        row.getLong(3),
        row.getJavaMap(4),
        row.getList(5),
        row.getList(6));
  }

  private List<TierCount> tiers(LocalDate date) {
    return on(lake.read(LeadScores.TABLE), date)
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
            java.util.Comparator.comparingInt(
                tier -> List.of("hot", "warm", "cold").indexOf(tier.tier())))
        .toList();
  }

  private List<Counted> moves(LocalDate date) {
    return counted(on(lake.read(TierTransitions.TABLE), date).select(col("kind").as("name")));
  }

  private List<HotLead> hot(LocalDate date) {
    return on(lake.read(LeadScores.TABLE), date)
        .where(col("tier").equalTo("hot"))
        .orderBy(desc_nulls_last("probability"), col("lead_id"))
        .limit(MOST_HOT)
        .select(
            "lead_id",
            "probability",
            "temperature",
            "tier_reason",
            "tier_since",
            "trend",
            "next_action",
            "next_action_asset",
            "reasons")
        .collectAsList()
        .stream()
        .map(
            row ->
                new HotLead(
                    row.getString(0),
                    number(row, 1),
                    number(row, 2),
                    row.getString(3),
                    row.getDate(4).toLocalDate(),
                    row.getString(5),
                    next(row, 6),
                    reasons(row, 8)))
        .toList();
  }

  private List<SaveLead> saveToday(LocalDate date) {
    return on(lake.read(LeadScores.TABLE), date)
        .where(LeadList.SAVE_TODAY.rule())
        .orderBy(LeadList.SAVE_TODAY.order())
        .limit(MOST_HOT)
        .select(
            "lead_id",
            "tier",
            "probability",
            "probability_at_risk",
            "days_to_cold",
            "next_action",
            "next_action_asset")
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
    return new NextStep(row.getString(column), Optional.ofNullable(row.getString(column + 1)));
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

  private List<HalfLife> halfLives(Instant asOf) {
    return asOf(lake.read(DecayHalfLives.TABLE), asOf)
        .orderBy(col("dimension"), desc("n"), col("value"))
        .select(
            "dimension",
            "value",
            "shape",
            "half_life_days",
            "ci_low",
            "ci_high",
            "never_converts_share",
            "n",
            "method")
        .collectAsList()
        .stream()
        .map(
            row ->
                new HalfLife(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    number(row, 3),
                    number(row, 4),
                    number(row, 5),
                    number(row, 6),
                    row.getLong(7),
                    row.getString(8)))
        .toList();
  }

  private Map<String, List<Point>> curves(Instant asOf) {
    Map<String, List<Point>> curves = new LinkedHashMap<>();
    asOf(lake.read(DecayCurves.TABLE), asOf)
        .where(col("dimension").isin("overall", "segment"))
        .orderBy("dimension", "value", "day")
        .select("value", "day", "survival", "ci_low", "ci_high")
        .collectAsList()
        .forEach(
            row ->
                curves
                    .computeIfAbsent(row.getString(0), name -> new ArrayList<>())
                    .add(
                        new Point(
                            row.getDouble(1),
                            row.getDouble(2),
                            number(row, 3).orElse(null),
                            number(row, 4).orElse(null))));
    return curves;
  }

  private List<SilenceRate> silence(Instant asOf) {
    return asOf(lake.read(Silence.TABLE), asOf)
        .where(col("dimension").equalTo("overall"))
        .orderBy("bucket_order")
        .select("bucket", "leads", "conversions", "rate", "ci_low", "ci_high")
        .collectAsList()
        .stream()
        .map(
            row ->
                new SilenceRate(
                    row.getString(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getDouble(3),
                    row.getDouble(4),
                    row.getDouble(5)))
        .toList();
  }

  private static Optional<Double> number(Row row, int column) {
    return row.isNullAt(column) ? Optional.empty() : Optional.of(row.getDouble(column));
  }

  private static Dataset<Row> on(Dataset<Row> rows, LocalDate date) {
    Column isDate = col("score_date").equalTo(lit(Date.valueOf(date)));
    return rows.where(isDate);
  }

  private static Dataset<Row> asOf(Dataset<Row> rows, Instant asOf) {
    return rows.where(col("as_of").equalTo(lit(Timestamp.from(asOf))));
  }
}
