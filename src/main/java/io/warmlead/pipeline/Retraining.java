package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.ModelSettings;
import io.warmlead.lake.Lake;
import io.warmlead.model.ModelEntry;
import io.warmlead.model.Registry;
import io.warmlead.table.Drift;
import io.warmlead.table.Outcomes;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** When a new model is due: by age, by drift, by new outcomes, or by other settings. */
final class Retraining {
  /** Leads known to have converted, now and when the newest model was trained. */
  private static final double GROWN = 1.5;

  private final Lake lake;
  private final ModelSettings settings;
  private final ModelStore store;
  private final List<ModelEntry> entries;

  Retraining(RunContext run) {
    this.lake = run.lake();
    this.settings = run.settings().model();
    this.store = new ModelStore(run);
    this.entries = store.entries();
  }

  /**
   * Why a training is due, in words; empty where it is not. It is due at the age that the settings
   * give; at half of it where the newest night that was measured and published had drifted; and one
   * snapshot after the last training where half again as many leads are known to have converted.
   * What a gate refused is tried again after one snapshot; every night where there is no champion,
   * or none that fits today's settings: that one is waited for.
   */
  Optional<String> due(Instant asOf) {
    Optional<ModelEntry> champion = Registry.championAsOf(entries, asOf);
    Optional<String> misfit = champion.flatMap(entry -> store.misfit(entry.version()));
    if (misfit.isPresent()) {
      return misfit;
    }
    if (champion.isPresent() && Registry.wasTried(entries, asOf, settings.snapshotEveryDays())) {
      return Optional.empty();
    }
    if (isOlderThan(settings.retrainAfterDays(), asOf)) {
      return Optional.of("there is no model, or the newest is as old as the settings allow");
    }
    if (isOlderThan(Math.max(1, settings.retrainAfterDays() / 2), asOf)) {
      Optional<String> drifted = drifted(asOf);
      if (drifted.isPresent()) {
        return drifted;
      }
    }
    return grown(asOf);
  }

  private boolean isOlderThan(int days, Instant asOf) {
    return Registry.isRetrainingDue(entries, asOf, days);
  }

  private Optional<String> drifted(Instant asOf) {
    String champion = Registry.championAsOf(entries, asOf).orElseThrow().version();
    Column isKnown =
        col("model_version")
            .equalTo(lit(champion))
            .and(col("as_of").lt(lit(Timestamp.from(asOf))))
            .and(col("kind").isin(DriftStage.SCORE, DriftStage.BASE_RATE));
    Dataset<Row> measured = new PublishedRuns(lake).only(lake.read(Drift.TABLE).where(isKnown));
    Row newest = measured.agg(max("as_of")).head();
    if (newest.isNullAt(0)) {
      return Optional.empty();
    }
    return measured
        .where(
            col("as_of")
                .equalTo(lit(newest.getTimestamp(0)))
                .and(col("state").equalTo(DriftStage.DRIFTED)))
        .select("kind")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0).replace('_', ' '))
        .sorted()
        .findFirst()
        .map(kind -> "the " + kind + " drifted since " + champion + " took over");
  }

  private Optional<String> grown(Instant asOf) {
    Instant trained =
        entries.stream()
            .filter(entry -> entry.isStored() && !entry.trainedAsOf().isAfter(asOf))
            .map(ModelEntry::trainedAsOf)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    Column before = col("occurred_at").lt(lit(Timestamp.from(trained)));
    Row leads =
        lake.read(Outcomes.TABLE)
            .where(col("is_conversion").and(col("occurred_at").lt(lit(Timestamp.from(asOf)))))
            .agg(countDistinct(when(before, col("lead_id"))), countDistinct("lead_id"))
            .head();
    return leads.getLong(1) >= GROWN * leads.getLong(0)
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%,d leads are known to have converted, %,d were when the newest model was trained",
                leads.getLong(1),
                leads.getLong(0)))
        : Optional.empty();
  }
}
