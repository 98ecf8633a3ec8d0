package io.warmlead.pipeline;

import io.warmlead.config.UserFailure;
import io.warmlead.lake.PublishedViews;
import io.warmlead.report.HtmlReport;
import io.warmlead.report.NightView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One run, from raw files to published tables.
 *
 * <ol>
 *   <li>ingest: new files become engagements, leads, outcomes, rejects
 *   <li>activity: new engagements are summed up by lead and day
 *   <li>train: when there is no champion as of the instant, or it is old
 *   <li>score: features, probability, reasons, tiers, transitions
 *   <li>decay: survival curves, half-lives, silence
 *   <li>insight: response times, cadence, sources, funnel, economics, moves between tiers
 *   <li>quality: promised conversions beside those that came
 *   <li>publish: the newest night, whole
 * </ol>
 */
public final class Nightly {

  /** Parts of a run; a command chooses some of them. */
  public enum Part {
    INGEST,
    TRAIN_IF_DUE,
    TRAIN,
    SCORE,
    DECAY
  }

  /** All parts of a night. */
  public static final Set<Part> NIGHT =
      Set.of(Part.INGEST, Part.TRAIN_IF_DUE, Part.SCORE, Part.DECAY);

  private final RunContext run;
  private final String command;

  public Nightly(RunContext run, String command) {
    this.run = run;
    this.command = command;
  }

  /**
   * What a run came to.
   *
   * @param status as in the run ledger
   * @param refusedBecause why training published no model; empty when it did or was not due
   * @param leads leads scored
   * @param modelVersion model behind the scores; empty when behaviour rules alone decided
   */
  public record Result(
      RunContext run,
      String command,
      String status,
      Instant asOf,
      Optional<LocalDate> scoreDate,
      Optional<String> refusedBecause,
      long leads,
      Optional<String> modelVersion,
      Supplier<NightView> view) {

    /**
     * Writes the report.
     *
     * @return where it is
     */
    public String writeReport(NightView night) {
      String name = "reports/" + AsOf.date(asOf, run.settings().run()) + ".html";
      return run.artefacts().write(name, HtmlReport.render(night));
    }
  }

  /**
   * Runs.
   *
   * @param asOf the instant; empty: the day after the newest engagement
   * @param mayPrecede see {@code ScoreStage}
   * @throws UserFailure when an input, a setting or the order of dates forbids it
   */
  public Result run(Set<Part> parts, Optional<Instant> asOf, Optional<LocalDate> mayPrecede) {
    RunLedger ledger = new RunLedger(run, command);
    ResultsBefore before = new ResultsBefore(run.lake(), ledger.underWay());
    mayPrecede.ifPresent(
        last ->
            asOf.ifPresent(first -> ledger.within(AsOf.date(first, run.settings().run()), last)));
    Set<Part> chosen = EnumSet.copyOf(parts);
    run.progress().plan(() -> RunPlan.of(chosen, run.lake()));
    try {
      if (chosen.contains(Part.SCORE) && mayPrecede.isEmpty()) {
        asOf.ifPresent(new ScoreStage(run)::requireMayBeScored);
      }
      Optional<IngestStage.Result> ingested =
          chosen.contains(Part.INGEST)
              ? Optional.of(ingest(ledger, asOf, mayPrecede))
              : Optional.empty();
      Instant instant = asOf.orElseGet(() -> AsOf.afterNewest(run.lake(), run.settings().run()));
      if (chosen.contains(Part.SCORE)) {
        new QualityGate(run).requireUsualWeek(AsOf.date(instant, run.settings().run()));
      }
      Optional<TrainStage.Result> trained =
          chosen.contains(Part.TRAIN)
                  || (chosen.contains(Part.TRAIN_IF_DUE) && isTrainingDue(instant))
              ? Optional.of(train(ledger, instant))
              : Optional.empty();
      if (chosen.contains(Part.SCORE) || chosen.contains(Part.DECAY)) {
        before.note();
      }
      Optional<ScoreStage.Result> scored =
          chosen.contains(Part.SCORE)
              ? Optional.of(score(ledger, instant, mayPrecede))
              : Optional.empty();
      if (chosen.contains(Part.DECAY)) {
        ledger.stage(
            "decay",
            "survival curves, half-lives, silence",
            Optional.of(instant),
            () -> {
              new DecayStage(run).analyze(instant);
              return true;
            });
        ledger.stage(
            "insight",
            "response times, cadence, sources, funnel, economics, moves",
            Optional.of(instant),
            () -> {
              new InsightStage(run, instant).analyze();
              return true;
            });
        ledger.stage(
            "quality",
            "promised conversions beside those that came",
            Optional.of(instant),
            () -> {
              new QualityStage(run).judge(instant);
              return true;
            });
      }
      scored.ifPresent(
          score ->
              ledger.stage(
                  "drift",
                  "how far the world has moved since the model took over",
                  Optional.of(instant),
                  () -> {
                    new DriftStage(run).measure(score.scoreDate());
                    return true;
                  }));
      scored.ifPresent(
          score ->
              ledger.stage(
                  "publish",
                  "the tables of the newest night",
                  Optional.of(instant),
                  () -> {
                    new PublishStage(run).publish(score.scoreDate());
                    return true;
                  }));
      Optional<String> refused = trained.flatMap(TrainStage.Result::refusedBecause);
      Optional<String> model = scored.flatMap(ScoreStage.Result::modelVersion);
      Optional<LocalDate> scoreDate = scored.map(ScoreStage.Result::scoreDate);
      String status = status(refused, scored.isPresent(), model.isPresent());
      ledger.close(Optional.of(instant), scoreDate, status, refused.orElse(null));
      showPublished();
      return new Result(
          run,
          command,
          status,
          instant,
          scoreDate,
          refused,
          scored.map(ScoreStage.Result::leads).orElse(0L),
          model,
          () -> new ReportStage(run).view(instant, scoreDate, ingested, trained, model));
    } catch (Exception e) {
      // Spark throws checked exceptions undeclared.
      noteFailure(ledger, before, asOf, e);
      throw e;
    }
  }

  /** For readers of a catalog. The night is published by now, whether they can be made or not. */
  private void showPublished() {
    try {
      PublishedViews.make(run.lake(), Queries.PUBLISHED, PublishedRuns.IS_PUBLISHED);
    } catch (Exception e) {
      // Spark throws checked exceptions undeclared.
      run.progress()
          .note(
              "The views TABLE_published were not all made: "
                  + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                  + " Let the user of the job make views in the schema; until then readers keep to"
                  + " rows of runs that succeeded (table runs).");
    }
  }

  private IngestStage.Result ingest(
      RunLedger ledger, Optional<Instant> asOf, Optional<LocalDate> mayPrecede) {
    Optional<Instant> last =
        mayPrecede.map(date -> AsOf.start(date, run.settings().run())).or(() -> asOf);
    IngestStage.Result result =
        ledger.stage(
            "ingest",
            "new files",
            asOf,
            () -> new IngestStage(run).ingest(last, mayPrecede.isPresent()));
    ledger.detail(
        RunLedger.SUCCEEDED,
        null,
        new RunLedger.Count(
            result.total(InputAccounts.InputAccount::rowsIn),
            result.total(InputAccounts.InputAccount::accepted),
            result.total(InputAccounts.InputAccount::rejected)));
    ledger.stage(
        "activity",
        "daily activity of new engagements",
        asOf,
        () -> {
          new ActivityStage(run).update();
          return true;
        });
    return result;
  }

  private TrainStage.Result train(RunLedger ledger, Instant asOf) {
    TrainStage.Result result =
        ledger.stage(
            "train",
            "snapshots, candidates, out-of-time evaluation",
            Optional.of(asOf),
            () -> new TrainStage(run).train(asOf));
    result
        .refusedBecause()
        .ifPresent(
            reason -> {
              ledger.detail(RunLedger.REFUSED, reason, RunLedger.Count.NONE);
              run.progress().note("No new model: " + reason);
            });
    result
        .staysChallenger()
        .ifPresent(reason -> ledger.detail(RunLedger.SUCCEEDED, reason, RunLedger.Count.NONE));
    return result;
  }

  private ScoreStage.Result score(RunLedger ledger, Instant asOf, Optional<LocalDate> mayPrecede) {
    ScoreStage.Result result =
        ledger.stage(
            "score",
            "every open lead as of " + AsOf.date(asOf, run.settings().run()),
            Optional.of(asOf),
            () -> new ScoreStage(run).score(asOf, mayPrecede));
    ledger.detail(
        RunLedger.SUCCEEDED, null, new RunLedger.Count(result.leads(), result.leads(), null));
    if (mayPrecede.isEmpty()) {
      new StaleDates(run.lake())
          .told(result.scoreDate(), result.scoreDate())
          .ifPresent(run.progress()::note);
    }
    return result;
  }

  private boolean isTrainingDue(Instant asOf) {
    Optional<String> due = new Retraining(run).due(asOf);
    due.ifPresent(reason -> run.progress().note("Training is due: " + reason + "."));
    return due.isPresent();
  }

  private static String status(Optional<String> refused, boolean scored, boolean hasModel) {
    if (scored) {
      return hasModel ? RunLedger.SUCCEEDED : RunLedger.WITHOUT_MODEL;
    }
    return refused.isPresent() ? RunLedger.REFUSED : RunLedger.SUCCEEDED;
  }

  /**
   * A crash leaves the previous state. Where the lake cannot be written, the next run sees to it.
   * Nothing is done where the run was published all the same, and only what came after failed.
   */
  private void noteFailure(
      RunLedger ledger, ResultsBefore before, Optional<Instant> asOf, Exception e) {
    try {
      if (before.isPublished()) {
        return;
      }
      before.putBack().ifPresent(run.progress()::note);
    } catch (Exception unwritten) {
      e.addSuppressed(unwritten);
      return;
    }
    ledger.fail(asOf, String.valueOf(e.getMessage()), e);
  }
}
