package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.DecaySettings;
import io.warmlead.config.Settings;
import io.warmlead.decay.DurationCounts;
import io.warmlead.decay.EffectHalfLives;
import io.warmlead.decay.GroupComparison;
import io.warmlead.decay.HalfLives;
import io.warmlead.decay.KaplanMeier;
import io.warmlead.decay.Lifetimes;
import io.warmlead.decay.SilenceTable;
import io.warmlead.decay.TouchEffect;
import io.warmlead.decay.TouchEffects;
import io.warmlead.feature.PointInTime;
import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.DecayCurves;
import io.warmlead.table.DecayHalfLives;
import io.warmlead.table.DecayTests;
import io.warmlead.table.Engagements;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import io.warmlead.table.Silence;
import io.warmlead.table.TableContract;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/** Measures how the chance to convert falls with time and with silence. */
final class DecayStage {
  private final RunContext run;
  private final Settings settings;
  private final Lake lake;

  DecayStage(RunContext run) {
    this.run = run;
    this.settings = run.settings();
    this.lake = run.lake();
  }

  /** Writes decay_curves, decay_half_lives, decay_tests and silence as of an instant. */
  void analyze(Instant asOf) {
    DecaySettings decay = settings.decay();
    SideBySide.run(
        () -> writeLifetimes(decay, asOf),
        () -> write(Silence.TABLE, SilenceTable.of(silentLeads(asOf), decay), asOf));
  }

  private void writeLifetimes(DecaySettings decay, Instant asOf) {
    Lifetimes.History history = history(asOf);
    double heldOutDays = HalfLives.heldOutDays(history.logBegins(), asOf);
    Dataset<Row> counts =
        DurationCounts.of(Lifetimes.of(history), heldOutDays)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      SideBySide.run(
          () -> write(DecayCurves.TABLE, KaplanMeier.curves(counts, decay), asOf),
          () -> writeHalfLives(counts, touched(history), asOf),
          () -> write(DecayTests.TABLE, GroupComparison.of(counts, decay), asOf));
    } finally {
      counts.unpersist();
    }
  }

  private void writeHalfLives(Dataset<Row> counts, TouchEffects.History touched, Instant asOf) {
    Dataset<Row> halfLives = HalfLives.fit(counts, settings.decay());
    List<TouchEffect> effects = TouchEffects.of(touched, settings.decay().minGroupConversions());
    write(DecayHalfLives.TABLE, EffectHalfLives.in(halfLives, effects), asOf);
  }

  private TouchEffects.History touched(Lifetimes.History history) {
    Column hasArrived =
        col("arrived_day").lt(lit(Date.valueOf(AsOf.date(history.asOf(), settings.run()))));
    return new TouchEffects.History(
        history.leads(),
        history.outcomes(),
        lake.read(DailyActivity.TABLE).where(hasArrived),
        history.engagementsBegin(),
        history.asOf());
  }

  private Lifetimes.History history(Instant asOf) {
    List<Instant> instants = List.of(asOf);
    Instant engagementsBegin =
        EngagementLog.tellsFrom(lake, AsOf.date(asOf, settings.run()))
            .map(date -> AsOf.start(date, settings.run()))
            .orElse(asOf);
    Dataset<Row> activity =
        PointInTime.activity(
            lake.read(DailyActivity.TABLE), lake.read(Engagements.TABLE), instants, settings.run());
    return new Lifetimes.History(
        PointInTime.leadsAsOf(
            lake.read(Leads.TABLE), PointInTime.instants(lake.spark(), instants, settings.run())),
        lake.read(Outcomes.TABLE),
        activity
            .groupBy("lead_id", "signal", "channel", "direction")
            .agg(min("first_at").as("first_at")),
        activity
            .where("is_inbound")
            .select(col("lead_id"), functions.unix_date(col("day")).as("day"))
            .distinct(),
        outcomesBegin(asOf).filter(engagementsBegin::isAfter).orElse(engagementsBegin),
        engagementsBegin,
        asOf,
        settings.outcomes().zone(),
        settings.run().zone(),
        settings.temperature().warmWindowDays(),
        settings.conversion().reopensOnInbound());
  }

  /** Start of the first day of which an outcome tells, engagements or not; empty where none. */
  private Optional<Instant> outcomesBegin(Instant asOf) {
    Column day = DailyActivities.localTime(col("occurred_at"), settings.run()).cast("date");
    return EngagementLog.firstDay(
            lake.read(Outcomes.TABLE).where(col("occurred_at").lt(lit(Timestamp.from(asOf)))),
            day,
            // There are few of them: one mistyped year would count.
            1)
        .map(date -> AsOf.start(date, settings.run()));
  }

  /**
   * From when on silence can be told: a day after the first lead came; where leads are older than
   * the log of what they do by a warm window, one after that begins, since before it nobody knows
   * whether they were silent.
   */
  private Optional<Instant> firstKnown(Instant asOf) {
    Row first = lake.read(Leads.TABLE).agg(min("created_at")).head();
    if (first.isNullAt(0)) {
      return Optional.empty();
    }
    Instant created = first.getTimestamp(0).toInstant().plus(Duration.ofDays(1));
    Duration window = Duration.ofDays(settings.temperature().warmWindowDays());
    return EngagementLog.begins(lake, AsOf.date(asOf, settings.run()))
        .map(date -> AsOf.start(date, settings.run()))
        .filter(begins -> created.plus(window).isBefore(begins))
        .map(begins -> begins.plus(window))
        .or(() -> Optional.of(created));
  }

  /** One row per open lead and rolling snapshot whose horizon has passed. */
  private Dataset<Row> silentLeads(Instant asOf) {
    int horizon = settings.conversion().horizonDays();
    Instant newest = asOf.atZone(settings.run().zone()).minusDays(horizon).toInstant();
    List<Instant> snapshots =
        firstKnown(asOf)
            .map(
                oldest ->
                    AsOf.backwards(
                        newest,
                        settings.decay().snapshotEveryDays(),
                        settings.decay().maxSnapshots(),
                        oldest,
                        settings.run()))
            .orElse(List.of());
    Dataset<Row> lastInbound =
        PointInTime.lastInbound(
            lake.read(DailyActivity.TABLE),
            lake.read(Engagements.TABLE),
            snapshots,
            settings.run());
    Dataset<Row> open =
        PointInTime.openLeads(
            lake.read(Leads.TABLE),
            lake.read(Outcomes.TABLE),
            lastInbound,
            snapshots,
            settings.conversion(),
            settings.run());
    return PointInTime.withLabel(
        open,
        PointInTime.conversions(
            lake.read(Outcomes.TABLE), snapshots, horizon, asOf, settings.run()));
  }

  private void write(TableContract table, Dataset<Row> rows, Instant asOf) {
    Column instant = lit(Timestamp.from(asOf));
    lake.replaceWhere(
        table,
        rows.withColumn("as_of", instant).withColumn("run_id", lit(run.runId())),
        "as_of = TIMESTAMP'" + asOf + "'");
  }
}
