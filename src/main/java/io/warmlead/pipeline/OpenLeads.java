package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.config.Settings;
import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.Fingerprint;
import io.warmlead.feature.PointInTime;
import io.warmlead.lake.Lake;
import io.warmlead.table.Engagements;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import io.warmlead.temperature.Behaviour;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The leads that are open as of an instant, as they were known then. */
final class OpenLeads {
  private final Settings settings;
  private final Lake lake;
  private final LeadHistory history;
  private final List<Instant> instants;
  private final boolean wasScoredBefore;
  private final Optional<LocalDate> dateBefore;

  /**
   * The leads open as of an instant.
   *
   * @param dateBefore date of the scoring before, which {@link Fingerprint} looks back to
   */
  OpenLeads(RunContext run, LeadHistory history, Instant asOf, Optional<LocalDate> dateBefore) {
    this.settings = run.settings();
    this.lake = run.lake();
    this.history = history;
    this.instants = List.of(asOf);
    this.wasScoredBefore = dateBefore.isPresent();
    // Else all is taken for new since then.
    this.dateBefore = dateBefore.filter(history::tells);
  }

  /**
   * One row per lead: its attributes, {@code as_of}, {@code preferred_channel}, {@code features},
   * the numbers of its behaviour, its {@link Fingerprint} and {@code was_closed}, which is false
   * where no scoring came before that could have seen the lead close.
   */
  Dataset<Row> with(FeatureSet features, Behaviour behaviour) {
    Dataset<Row> activity =
        PointInTime.activity(
            history.rows(), lake.read(Engagements.TABLE), instants, settings.run());
    Dataset<Row> aggregated =
        LeadSums.of(features).and(behaviour).andFingerprint(dateBefore).over(activity);
    // The sums behind the features end here: every later step works on narrow rows.
    List<Column> kept = new ArrayList<>();
    Leads.TABLE.columnNames().stream()
        .filter(name -> !name.equals("run_id") && !name.equals("file"))
        .forEach(name -> kept.add(col(name)));
    kept.add(col("as_of"));
    kept.add(features.preferredChannel().as("preferred_channel"));
    kept.add(features.vector().as("features"));
    behaviour.names().forEach(name -> kept.add(col(name)));
    kept.addAll(Fingerprint.columns());
    kept.add(col("was_closed").and(lit(wasScoredBefore)).as("was_closed"));
    return PointInTime.openLeads(
            lake.read(Leads.TABLE),
            lake.read(Outcomes.TABLE),
            aggregated,
            instants,
            settings.conversion(),
            settings.run())
        .select(kept.toArray(Column[]::new));
  }
}
