package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.warmlead.config.UserFailure;
import io.warmlead.report.NightView;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;

/** A night that was published, to be looked at again. */
public final class PastNight {
  private static final LocalDate ANY = LocalDate.of(9999, 12, 31);

  private final RunContext run;

  public PastNight(RunContext run) {
    this.run = run;
  }

  /**
   * What was published of a night, from the tables alone. What its files held is not told again:
   * {@code ingested_files} has that.
   *
   * @param asOf any instant of its date; empty: the newest night
   * @throws UserFailure when no such night was published; names the newest before it
   */
  public Nightly.Result of(Optional<Instant> asOf) {
    Optional<LocalDate> wanted = asOf.map(at -> AsOf.date(at, run.settings().run()));
    Optional<Row> found =
        new PublishedRuns(run.lake())
            .newestScores(wanted.orElse(ANY))
            .map(
                scores ->
                    scores
                        .agg(
                            max("score_date"),
                            max("scored_as_of"),
                            max("model_version"),
                            count(lit(1)))
                        .head());
    Row night = found.orElseThrow(() -> none(wanted, Optional.empty()));
    LocalDate date = night.<Date>getAs(0).toLocalDate();
    if (!date.equals(wanted.orElse(date))) {
      throw none(wanted, Optional.of(date));
    }
    Instant scoredAsOf = night.getTimestamp(1).toInstant();
    Optional<String> model = Optional.ofNullable(night.getString(2));
    Supplier<NightView> view =
        () ->
            new ReportStage(run)
                .view(scoredAsOf, Optional.of(date), Optional.empty(), Optional.empty(), model);
    return new Nightly.Result(
        run,
        "report",
        model.isPresent() ? RunLedger.SUCCEEDED : RunLedger.WITHOUT_MODEL,
        scoredAsOf,
        Optional.of(date),
        Optional.empty(),
        night.getLong(3),
        model,
        view);
  }

  private static UserFailure none(Optional<LocalDate> wanted, Optional<LocalDate> before) {
    return UserFailure.input(
        "No night"
            + wanted.map(date -> " of " + date).orElse("")
            + " was published in this lake. "
            + before
                .map(date -> "The newest before it is that of " + date + ": give --as-of " + date)
                .orElse(
                    wanted.isPresent()
                        ? "Without --as-of the newest one is taken"
                        : "Run `warmlead nightly` first")
            + ".");
  }
}
