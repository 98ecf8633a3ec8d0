package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;

import io.warmlead.export.TierLabels;
import io.warmlead.lake.Lake;
import io.warmlead.pipeline.InputAccounts.InputAccount;
import io.warmlead.pipeline.ReportLeads.Transition;
import io.warmlead.report.Insights;
import io.warmlead.report.NightView;
import io.warmlead.report.NightView.Counted;
import io.warmlead.report.NightView.Curve;
import io.warmlead.report.NightView.HalfLife;
import io.warmlead.report.NightView.HotLead;
import io.warmlead.report.NightView.Model;
import io.warmlead.report.NightView.SaveLead;
import io.warmlead.report.NightView.SilenceRate;
import io.warmlead.report.NightView.TierCount;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Models;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;

/** Collects what a person wants to see of one night; bounded, whatever the number of leads. */
final class ReportStage {
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
    ReportLeads leads = new ReportLeads(lake);
    ReportDecay decay = new ReportDecay(lake);
    ReportInput input = new ReportInput(run);
    try (SideBySide queries = new SideBySide()) {
      Supplier<List<HotLead>> hot = queries.start(() -> ifScored(scoreDate, leads::hot));
      Supplier<List<SaveLead>> saveToday =
          queries.start(() -> ifScored(scoreDate, leads::saveToday));
      Supplier<List<TierCount>> tiers = queries.start(() -> ifScored(scoreDate, leads::tiers));
      Supplier<List<Transition>> transitions =
          queries.start(() -> ifScored(scoreDate, leads::transitions));
      Optional<String> scoring = modelVersion.or(() -> trained.flatMap(TrainStage.Result::version));
      Supplier<Optional<Model>> model = queries.start(() -> scoring.map(this::model));
      Supplier<Insights> insights =
          scoreDate
              .map(date -> new ReportInsights(queries, run).start(asOf, date, scoring, transitions))
              .orElse(Insights::none);
      Supplier<List<HalfLife>> halfLives = queries.start(() -> decay.halfLives(asOf));
      Supplier<List<Curve>> curves = queries.start(() -> decay.curves(asOf));
      Supplier<List<SilenceRate>> silence = queries.start(() -> decay.silence(asOf));
      Supplier<List<String>> warnings = queries.start(() -> new QualityStage(run).warnings(asOf));
      Supplier<Optional<String>> drift =
          queries.start(() -> scoreDate.flatMap(new DriftStage(run)::summary));
      // A run that read nothing refused nothing: no need to look.
      boolean hasRows =
          ingested.map(result -> result.total(InputAccount::rowsIn) > 0).orElse(false);
      Supplier<List<Counted>> rejectReasons =
          queries.start(() -> hasRows ? input.rejectReasons() : List.of());
      Supplier<List<Counted>> unmapped =
          queries.start(() -> hasRows ? input.unmapped() : List.of());
      return new NightView(
              run.runId(),
              asOf,
              scoreDate,
              ingested.map(ReportInput::accounts).orElse(List.of()),
              rejectReasons.get(),
              unmapped.get(),
              model.get(),
              trained.flatMap(TrainStage.Result::championStays),
              tiers.get(),
              ReportLeads.moves(transitions.get()),
              hot.get(),
              saveToday.get(),
              halfLives.get(),
              curves.get(),
              silence.get(),
              warnings.get(),
              drift.get(),
              insights.get(),
              lake.describe(LeadScores.CURRENT))
          .labelled(labels());
    }
  }

  /** English ones are the names of the tables. */
  private Map<String, String> labels() {
    String language = run.settings().report().language();
    return language.equals("en") ? Map.of() : TierLabels.of(language).labels();
  }

  private static <T> List<T> ifScored(
      Optional<LocalDate> scoreDate, Function<LocalDate, List<T>> rows) {
    return scoreDate.map(rows).orElse(List.of());
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
}
